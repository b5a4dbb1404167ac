import type { RefusalCode } from './refusal.ts';
import type { Visit } from './visit.ts';

/** Somebody was there and a rule of the activity said no: kept, so that the organiser can explain (DESIGN.md section 5). */
export interface Attempt extends AttemptData {
  /** Number and time of its event. */
  seq: number;
  at: string;
}

/** Who was refused what, and why. */
export type AttemptData = Pick<Visit, 'activityId' | 'takingPlace' | 'personId'> & {
  postId?: string;
  code: RefusalCode;
};
