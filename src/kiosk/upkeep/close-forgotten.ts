import { forgottenVisits } from '../../domain/decide-sign-outs.ts';
import type { UpkeepParts } from './parts.ts';

/**
 * Ends the visits of whoever forgot to sign out, as the activity's rule says; those too that were forgotten while the
 * kiosk was off. To be called each minute.
 */
export async function closeForgotten({ ledger, clock }: UpkeepParts): Promise<void> {
  if (ledger.trouble || forgottenVisits(ledger.state, clock.now()).length === 0) return;
  await ledger.note({ type: 'close-forgotten' });
}
