import { z } from 'zod';
import { changing, id, line, localDate, operation, resultOf } from './operation.ts';

/** Somebody who is excused. */
export interface LeaveView {
  personId: string;
  name: string;
  /** The person was erased, and the name is empty. */
  erased?: true;
  takingPlace?: string;
  notedOn: string;
  /** Empty where it is not kept any more. */
  reason: string;
}

/** `takingPlace`: the date of a daily activity; the present one without it. */
const place = { activityId: id, personId: id, takingPlace: localDate.exactOptional() };

/** Leave: expected, but excused. The reason is for the office only. Refusal: `leave-unknown`. */
export const leavesApi = {
  'leaves.note': operation(
    'leader',
    changing({ ...place, reason: line(200) }),
    resultOf<{ personId: string }>(),
  ),
  'leaves.withdraw': operation('leader', changing(place), resultOf<{ personId: string }>()),
  /** Who is excused from one taking place. `days`: the dates of a daily activity that anybody is excused from, in order. */
  'leaves.list': operation(
    'editor',
    z.strictObject({ activityId: id, takingPlace: localDate.exactOptional() }),
    resultOf<{ leaves: LeaveView[]; days: string[] }>(),
  ),
};
