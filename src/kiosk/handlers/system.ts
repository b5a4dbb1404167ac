import type { Health } from '../../api/system-api.ts';
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
  function health(): Health {
    const { trouble, store, state } = ledger;
    return {
      status: trouble ? 'cannot-save' : 'ok',
      trouble: trouble ? { code: trouble.code, message: trouble.words } : null,
      version,
      gateId: store.gate,
      lastSeq: state.lastSeq,
      recovery: store.report,
    };
  }

  /** On a disk that fails again the answer says so, as it does when nobody tries. */
  async function reopen(): Promise<void> {
    try {
      await ledger.reopen();
    } catch (error) {
      if (!ledger.trouble) throw error;
      ledger.onFault(error);
    }
  }

  return {
    'system.health': health,
    async 'system.details'() {
      const { freeBytes, level } = await ledger.measureSpace();
      const { state, store } = ledger;
      const { lastMs, slowestMs, waitingMs } = store.pace;
      const { damage } = store;
      return {
        dataFolder,
        startedAt,
        people: [...state.people.values()].filter(({ left }) => !left).length,
        visits: state.visits.size,
        photos: state.photos.size,
        sample: hasSample(state),
        disk: {
          freeBytes,
          level,
          lastSaveMs: Math.round(Math.max(lastMs, waitingMs)),
          slowestSaveMs: Math.round(Math.max(slowestMs, waitingMs)),
          resumed: store.resumed,
        },
        damage: damage ? { missing: damage.missing, files: damage.files, words: damage.words } : null,
        repairs: state.repairs,
        clockShiftMs: state.clockShiftMs,
        clockJumps: [...state.clockJumps.values()].reverse(),
        erased: state.receipts.size,
      };
    },
    async 'system.resume'({ withoutDamaged }) {
      if (!ledger.store.damage) await reopen();
      if (withoutDamaged) await ledger.goOn();
      await ledger.look();
      return health();
    },
    async 'system.correctClock'(input, { role }) {
      const { jumpId, right } = input;
      return ledger.run({ type: 'correct-clock', jumpId, right }, input, role);
    },
    'sample.remove': (input, { role }) => removeSample(ledger, files, input, role),
  };
}
