import { RULES_SAY_NO } from '../../domain/admission.ts';
import type { Attempted } from '../../domain/attempt.ts';
import { Refusal, type RefusalReason } from '../../domain/refusal.ts';
import type { Ledger } from '../ledger.ts';

/** Waits for what lets somebody in or moves them; a "no" by a rule is kept before it reaches the caller. */
export async function keepingAttempt<Answer>(
  ledger: Ledger,
  attempted: () => Attempted | undefined,
  answer: Promise<Answer>,
): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    const what = error instanceof Refusal ? attempted() : undefined;
    if (what) await keepAttempt(ledger, what, (error as Refusal).reason);
    throw error;
  }
}

/**
 * Keeps that a rule of the activity said no to somebody who was there; any other "no" is not kept. A note that cannot be
 * saved is reported and takes nothing from the "no", which is what the person needs to hear.
 */
export async function keepAttempt(
  ledger: Ledger,
  attempted: Attempted,
  { code }: RefusalReason,
): Promise<void> {
  if (!RULES_SAY_NO.has(code)) return;
  try {
    await ledger.note({ type: 'note-attempt', ...attempted, code });
  } catch (error) {
    ledger.onFault(error);
  }
}
