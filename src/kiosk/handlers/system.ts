import { statfs } from 'node:fs/promises';
import { hasSample } from '../../domain/sample.ts';
import { removeSample } from '../sample.ts';
import type { HandlersOf, Parts } from './parts.ts';

/** Answers `system.*` and `sample.*`. */
export function systemHandlers({
  ledger,
  files,
  version,
  dataFolder,
  startedAt,
}: Parts): HandlersOf<'system'> & HandlersOf<'sample'> {
  return {
    'system.health': () => ({
      status: ledger.store.failed ? 'read-only' : 'ok',
      version,
      gateId: ledger.store.gate,
      lastSeq: ledger.state.lastSeq,
      recovery: ledger.store.report,
    }),
    async 'system.details'() {
      const { bavail, bsize } = await statfs(dataFolder);
      const { state } = ledger;
      return {
        dataFolder,
        freeBytes: bavail * bsize,
        startedAt,
        people: [...state.people.values()].filter(({ left }) => !left).length,
        visits: state.visits.size,
        photos: state.photos.size,
        sample: hasSample(state),
      };
    },
    'sample.remove': (input, { role }) => removeSample(ledger, files, input, role),
  };
}
