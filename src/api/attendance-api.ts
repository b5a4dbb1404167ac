import { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import type { Counts } from '../domain/counts.ts';
import type { Signature } from '../domain/evidence.ts';
import type { SignOut } from '../domain/visit.ts';
import type { ActivityView } from './activities-api.ts';
import { changing, id, isoTime, line, localDate, operation, resultOf } from './operation.ts';

/** The end of a visit as it is shown. */
export interface SignOutView extends SignOut {
  /** Measured for several in one step, by whoever signed everybody out. */
  together?: true;
}

/** A visit with the name of its person. */
export interface VisitView {
  visitId: string;
  seq: number;
  personId: string;
  name: string;
  /** The person was erased, and the name is empty. */
  erased?: true;
  /** Somebody else on the roster has the same name; for staff. As at the gate (`PersonView`). */
  distinguish?: { team: string | null; staffNoTail: string | null };
  categoryId: string | null;
  postId: string | null;
  /** The posts before this one, in order. */
  earlierPosts?: (string | null)[];
  signedInAt: string;
  /** Which taking place of a daily activity: its local date. */
  takingPlace?: string;
  overLimit?: true;
  /** The whole activity was already full. */
  overCapacity?: true;
  reason?: string;
  /** Why somebody was moved to a full post, where `reason` says why staff entered the visit. */
  postReason?: string;
  /** Read from a badge, not chosen by name. */
  by?: 'badge';
  /** Who vouched for it in a roll-call, by name; empty for staff. */
  vouchedBy?: string;
  /** A guest, or somebody who was one when they came. */
  guest?: true;
  /** The version of the privacy notice that was on the screen. */
  notice?: number;
  /** What was left behind with it. */
  evidence?: { signature: boolean; photo: boolean };
  /** Said that they stay to the end. */
  staysToEnd?: true;
  signOut?: SignOutView;
  /** Whole minutes, once it is over. */
  minutes?: number;
  /** Whole minutes after the start, or before the end; left out where it is none. */
  lateMinutes?: number;
  earlyMinutes?: number;
  undoneAt?: string;
  /** When staff entered it for somebody; `reason` says why. */
  enteredAt?: string;
  /** Why staff declared it void, empty where that is not kept any more; it is undone, too. */
  voidReason?: string;
  /** Its times were moved because the clock had been wrong. */
  timeCorrected?: true;
  /** By the right clock it was a second sign-in; it is undone, too. */
  doubled?: true;
  /** Only the dates of its times are kept: they say midnight. */
  timeDropped?: true;
}

/** Whom a line of an attendance sheet is about. */
export interface SheetPerson {
  name: string;
  /** As in `VisitView`. */
  erased?: true;
  staffNo: string;
  team: string;
  category: Bilingual | null;
  /** Where they are or were; of somebody who did not come, where they were told to go. */
  post: Bilingual | null;
}

/** One row of an attendance sheet: one visit. */
export interface AttendanceRow extends SheetPerson {
  number: number;
  /** Of a guest. */
  organisation?: string;
  signedInAt: string;
  /** The posts before this one, in order. */
  earlierPosts?: (Bilingual | null)[];
  /** As in `VisitView`, as is what follows. */
  signOut?: SignOutView;
  minutes?: number;
  lateMinutes?: number;
  earlyMinutes?: number;
  vouchedBy?: string;
  staysToEnd?: true;
  signature?: Signature;
  undoneAt?: string;
  overLimit?: true;
  reason?: string;
  postReason?: string;
  enteredAt?: string;
  voidReason?: string;
  timeCorrected?: true;
  doubled?: true;
  timeDropped?: true;
}

/** Somebody who was expected by name and did not come; with `leave`, excused. */
export interface MissingRow extends SheetPerson {
  /** The reason is empty where it is not kept any more. */
  leave?: { notedOn: string; reason: string };
}

/** Visits that count and are over, and how long they were together. */
export interface HoursSum {
  visits: number;
  minutes: number;
}

/** An attendance sheet: one taking place of an activity with every visit, void ones included. */
export interface AttendanceSheet {
  activity: ActivityView;
  rows: AttendanceRow[];
  /** Who did not come, those on leave first; without names of expected people only those on leave. */
  missing: MissingRow[];
  /** Of the visits that stand; people and not visits are counted, each at their last post. */
  totals: {
    /** All five as on the board (`Counts`). */
    expected: number;
    present: number;
    inside: number;
    onLeave: number;
    absent: number;
    categories: {
      category: Bilingual | null;
      expected: number | null;
      present: number;
      onLeave: number;
      absent: number | null;
    }[];
    posts: { post: Bilingual; wanted: number; present: number }[];
    hours: Record<SignOut['how'], HoursSum>;
    /** Planned ends that nobody has looked at yet (`signOuts.review`). */
    unreviewed: number;
  };
}

/** What can be asked about who is there. Refusals: `already-signed-in`, `undo-too-late` and what does not exist. */
export const attendanceApi = {
  /**
   * Signs somebody in. A full post accepts one more and marks the visit, unless its limit is hard; at the gate with a
   * `reason` only (`reason-missing`). `notice`: the version of the privacy notice on the screen. `name`: the whole one, whatever bystanders see:
   * it is said to whom it belongs. `minutesSoFar`: of all visits that are over. A
   * "no" by a rule of the activity (`not-open`, `not-eligible`, `activity-full`, `post-full`) is kept as an attempt, here
   * as at every other way in. Who is signed in at another activity is told so (`open-elsewhere`); with `leaveOther` they
   * are signed out there in the same step.
   */
  'attendance.signIn': operation(
    'screen',
    changing({
      activityId: id,
      personId: id,
      postId: id.exactOptional(),
      leaveOther: z.literal(true).exactOptional(),
      reason: line(200).exactOptional(),
      by: z.literal('badge').exactOptional(),
      notice: z.int().min(1).exactOptional(),
    }),
    resultOf<{ visitId: string; seq: number; signedInAt: string; name: string; minutesSoFar: number }>(),
  ),
  /** Moves somebody who is signed in to another post. */
  'attendance.changePost': operation(
    'screen',
    changing({ visitId: id, postId: id, reason: line(200).exactOptional() }),
    resultOf<{ visitId: string }>(),
  ),
  /** Undoes a sign-in: for 30 seconds by anyone at the screen, later by staff. The visit stays, marked. */
  'attendance.undo': operation('screen', changing({ visitId: id }), resultOf<{ visitId: string }>()),
  /** All visits of an activity in order of arrival, undone ones included; reasons only for staff, whole names as bystanders may see them. */
  'attendance.list': operation(
    'screen',
    z.strictObject({ activityId: id }),
    resultOf<{ visits: VisitView[] }>(),
  ),
  /** Declares a sign-in void, at any time, with the reason. It stays in the list. */
  'attendance.void': operation(
    'editor',
    changing({ visitId: id, reason: line(200) }),
    resultOf<{ visitId: string }>(),
  ),
  /**
   * Enters somebody who was there but is not in the list; `at` is when they came, now without it, `leftAt` when they left.
   * Nobody is in two visits at a time (`visits-overlap`).
   */
  'attendance.add': operation(
    'editor',
    changing({
      activityId: id,
      personId: id,
      postId: id.exactOptional(),
      at: isoTime.exactOptional(),
      leftAt: isoTime.exactOptional(),
      reason: line(200),
    }),
    resultOf<{ visitId: string; seq: number }>(),
  ),
  /** The attendance sheet of one taking place: of a daily activity that of `takingPlace`, else the present one. */
  'attendance.sheet': operation(
    'editor',
    z.strictObject({ activityId: id, takingPlace: localDate.exactOptional() }),
    resultOf<AttendanceSheet>(),
  ),
  'attendance.counts': operation('screen', z.strictObject({ activityId: id }), resultOf<Counts>()),
};
