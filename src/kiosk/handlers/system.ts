import { removeSample } from '../sample.ts';
import type { HandlersOf, Parts } from './parts.ts';

/** Answers `system.*` and `sample.*`. */
export function systemHandlers({
  ledger,
  files,
  version,
}: Parts): HandlersOf<'system'> & HandlersOf<'sample'> {
  return {
    'system.health': () => ({
      status: ledger.store.failed ? 'read-only' : 'ok',
      version,
      gateId: ledger.store.gate,
      lastSeq: ledger.state.lastSeq,
      recovery: ledger.store.report,
    }),
    'sample.remove': (input, { role }) => removeSample(ledger, files, input, role),
  };
}
