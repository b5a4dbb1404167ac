import type { Evidence } from './evidence.ts';
import type { Role } from './role.ts';

/** One person's presence at one activity. */
export interface Visit {
  visitId: string;
  /** Sequence number of the sign-in: the order of arrivals, whatever the clock said. */
  seq: number;
  activityId: string;
  personId: string;
  postId: string | null;
  /** The posts before this one, in order. */
  earlierPosts?: (string | null)[];
  signedInAt: string;
  /** Which taking place of a daily activity: its local date. */
  takingPlace?: string;
  /** The guest (personId) who turned out to be this person. */
  guestId?: string;
  /** The version of the privacy notice that was on the screen. */
  notice?: number;
  evidence?: Evidence;
  /** Read from a badge, not chosen by name. */
  by?: 'badge';
  /** Marked when the post, or the whole activity, was already full. */
  overLimit?: true;
  /** Marked when the whole activity was already full: that stays so, whatever the post. */
  overCapacity?: true;
  /** Why somebody chose a full post; of a visit that staff entered, why they did. */
  reason?: string;
  /** Why somebody was moved to a full post, in a visit that staff entered. */
  postReason?: string;
  /** Entered by staff for somebody: when, and why in `reason`. `signedInAt` is then what staff said. */
  enteredAt?: string;
  /** The leader (personId) whose roll-call signed them in; null for staff. */
  vouchedBy?: string | null;
  /** They said that they stay to the end: nobody waits for their sign-out. */
  staysToEnd?: true;
  /** How the visit ended; without it the person is still there. */
  signOut?: SignOut;
  undoneAt?: string;
  /** Sequence number of what undid it. */
  undoneSeq?: number;
  /** Why staff declared the visit void; it counts as undone. Empty where the reason is not kept any more. */
  voidReason?: string;
  /** Its times or its taking place were moved because the clock had been wrong. */
  timeCorrected?: true;
  /** Once the clock was corrected it was a second sign-in of the same taking place; it counts as undone. */
  doubled?: true;
  /** Only the dates of its times are kept: they say midnight, reasons are gone. */
  timeDropped?: true;
}

/** The end of a visit. */
export interface SignOut {
  at: string;
  /** Sequence number of what ended it. */
  seq: number;
  /** Measured at the gate; planned, because nobody signed out; or corrected by staff. */
  how: 'measured' | 'planned' | 'corrected';
  /** Why staff corrected it. */
  reason?: string;
  /** As whom they corrected it. */
  by?: Role;
  /** The end that was noted before it was corrected, measured or planned as it was; undoing brings it back. */
  replaced?: SignOut;
  /** Staff looked at a planned end and let it stand. */
  accepted?: true;
  /** How long the visit was, once the times are dropped. */
  minutes?: number;
}

/** For how long a person may undo their own sign-in (DESIGN.md section 5). Afterwards only staff may. */
export const UNDO_SECONDS = 30;

/** The key of one taking place of an activity: one open visit per person there. */
export function takingPlaceKey({
  activityId,
  takingPlace,
}: Pick<Visit, 'activityId' | 'takingPlace'>): string {
  return `${activityId}\n${takingPlace ?? ''}`;
}
