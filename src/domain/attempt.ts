import type { Guest } from './guest.ts';
import type { RefusalCode } from './refusal.ts';
import type { Visit } from './visit.ts';

/** Somebody was there and a rule of the activity said no: kept, so that the organiser can explain (DESIGN.md section 5). */
export interface Attempt extends Omit<AttemptData, 'guest'> {
  /** Number and time of its event. */
  seq: number;
  at: string;
}

/** Who was refused what, and why. */
export type AttemptData = Pick<Visit, 'activityId' | 'takingPlace' | 'personId'> & {
  postId?: string;
  code: RefusalCode;
  /** Somebody who is on no roster; `personId` is new then. */
  guest?: Guest;
};

/** What somebody wanted: a person of the roster or a guest, at an activity and perhaps at a post. */
export type Attempted = Pick<AttemptData, 'activityId' | 'postId'> &
  ({ personId: string } | { guest: Guest });
