import { z } from 'zod';
import type { RefusalCode } from '../domain/refusal.ts';
import { id, operation, resultOf } from './operation.ts';

/** Somebody was there and a rule said no. */
export interface AttemptView {
  seq: number;
  at: string;
  /** Which taking place of a daily activity: its local date. */
  takingPlace?: string;
  personId: string;
  name: string;
  /** The person was erased, and the name is empty. */
  erased?: true;
  /** Wrote themselves down as a guest. */
  guest?: true;
  postId: string | null;
  /** Which rule: the code of the refusal. */
  code: RefusalCode;
}

/** Refused attempts, kept so that the organiser can explain. */
export const attemptsApi = {
  /** Those of an activity, latest first. */
  'attempts.list': operation(
    'editor',
    z.strictObject({ activityId: id }),
    resultOf<{ attempts: AttemptView[] }>(),
  ),
};
