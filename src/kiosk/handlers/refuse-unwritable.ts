import { CallError } from '../../api/call-error.ts';
import { Problem } from '../../domain/problem.ts';

/** A disk that is full or protected is a "no" to whoever chose it or sends to it, no fault of the kiosk. */
export function refuseUnwritable(error: unknown): never {
  if (!(error instanceof Problem) || error.code !== 'target-unwritable') throw error;
  throw new CallError('refused', error.code, error.words);
}
