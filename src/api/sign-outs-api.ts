import { z } from 'zod';
import type { SignOut } from '../domain/visit.ts';
import type { LeftAsItIsView } from './roll-call-api.ts';
import { changing, id, isoTime, line, operation, resultOf } from './operation.ts';

const visitIds = z.array(id).min(1).max(10_000);

/** A visit whose end nobody has measured or accepted. */
export interface PlannedVisit {
  visitId: string;
  activityId: string;
  personId: string;
  name: string;
  /** The person was erased, and the name is empty. */
  erased?: true;
  postId: string | null;
  /** Local date; only of daily activities. */
  takingPlace?: string;
  signedInAt: string;
  signOut: SignOut;
  minutes: number;
}

/** What can be asked about the end of visits. Refusals: `signed-out`, `undo-too-late`, `times-dropped` and what does not exist. */
export const signOutsApi = {
  /** Signs somebody out. `name` is whole; `minutes` is this visit, `minutesSoFar` all that count of that person. */
  'signOuts.one': operation(
    'screen',
    changing({ visitId: id }),
    resultOf<{ visitId: string; name: string; minutes: number; minutesSoFar: number }>(),
  ),
  /** Says in advance that somebody stays to the end; the visit then ends by itself. */
  'signOuts.stay': operation('screen', changing({ visitId: id }), resultOf<{ visitId: string }>()),
  /** Signs out everybody who is still there, or at one post: one step, which `signOuts.undo` takes back. */
  'signOuts.all': operation(
    'leader',
    changing({ activityId: id, postId: id.exactOptional() }),
    resultOf<{ visitIds: string[] }>(),
  ),
  /**
   * Takes sign-outs back: one's own for 30 seconds at the screen, later leaders and staff. What can be is one step; the
   * others, as of who came again, are named and left. With none left it is refused as the first of them.
   */
  'signOuts.undo': operation(
    'screen',
    changing({ visitIds }),
    resultOf<{ visitIds: string[]; leftOut: LeftAsItIsView[] }>(),
  ),
  /** Says when somebody left; what was noted before is kept with it, and `signOuts.undo` by staff brings it back. */
  'signOuts.correct': operation(
    'editor',
    changing({ visitId: id, at: isoTime, reason: line(200) }),
    resultOf<{ visitId: string; minutes: number }>(),
  ),
  /** Ends that nobody measured: to be corrected or accepted before a sheet is handed in; those of `activityId` only where it is named. */
  'signOuts.review': operation(
    'editor',
    z.strictObject({ activityId: id.exactOptional() }),
    resultOf<{ visits: PlannedVisit[] }>(),
  ),
  /** Lets planned ends stand. */
  'signOuts.accept': operation('editor', changing({ visitIds }), resultOf<{ visitIds: string[] }>()),
};
