import { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import type { Counts } from '../domain/counts.ts';
import type { ActivityView } from './activities-api.ts';
import { changing, id, line, operation, resultOf } from './operation.ts';

/** A visit with the name of its person. */
export interface VisitView {
  visitId: string;
  seq: number;
  personId: string;
  name: string;
  categoryId: string | null;
  postId: string | null;
  signedInAt: string;
  /** Which taking place of a daily activity: its local date. */
  takingPlace?: string;
  overLimit?: true;
  reason?: string;
  undoneAt?: string;
}

/** One row of an attendance sheet. */
export interface AttendanceRow {
  number: number;
  name: string;
  staffNo: string;
  team: string;
  category: Bilingual | null;
  post: Bilingual | null;
  signedInAt: string;
  undoneAt?: string;
  overLimit?: true;
  reason?: string;
}

/** What can be asked about who is there. Refusals: `already-signed-in`, `undo-too-late` and what does not exist. */
export const attendanceApi = {
  /** Signs somebody in. A full post accepts one more and marks the visit; the screen asks for a reason. */
  'attendance.signIn': operation(
    'screen',
    changing({ activityId: id, personId: id, postId: id.exactOptional(), reason: line(200).exactOptional() }),
    resultOf<{ visitId: string; seq: number }>(),
  ),
  /** Undoes a sign-in: for 30 seconds by anyone at the screen, later by staff. The visit stays, marked. */
  'attendance.undo': operation('screen', changing({ visitId: id }), resultOf<{ visitId: string }>()),
  /** All visits of an activity in order of arrival, undone ones included. */
  'attendance.list': operation(
    'screen',
    z.strictObject({ activityId: id }),
    resultOf<{ visits: VisitView[] }>(),
  ),
  /** The attendance sheet: every visit with what the roster knows of the person. */
  'attendance.sheet': operation(
    'admin',
    z.strictObject({ activityId: id }),
    resultOf<{ activity: ActivityView; rows: AttendanceRow[] }>(),
  ),
  'attendance.counts': operation('screen', z.strictObject({ activityId: id }), resultOf<Counts>()),
};
