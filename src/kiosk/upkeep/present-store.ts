import { join } from 'node:path';
import { Problem } from '../../domain/problem.ts';
import { emptyState, type State } from '../../domain/state.ts';
import { lastSeqBehind, type Damage } from '../../store/damage.ts';
import type { FileSystem } from '../../store/file-system.ts';
import { seqInName } from '../../store/journal-format.ts';
import { recover } from '../../store/recovery.ts';
import { foldInto, type Ledger } from '../ledger.ts';

/** The store that a restored one takes the place of. */
export interface PresentStore {
  /** Undefined where that cannot be read any more. */
  gate: string | undefined;
  /** What it holds; undefined where it cannot be read any more. */
  state: State | undefined;
  /** The highest number that may have been given; to be asked when nothing is written any more. */
  lastSeq(): Promise<number>;
  /** Closes it, calls `work`, and opens what is there then. */
  exchange(work: () => Promise<void>): Promise<void>;
}

/** The store of a kiosk that is open. */
export function openPresentStore(fs: FileSystem, dataFolder: string, ledger: Ledger): PresentStore {
  return {
    gate: ledger.store.gate,
    state: ledger.state,
    async lastSeq() {
      const { damage } = ledger.store;
      const { lastSeq } = ledger.state;
      if (!damage) return lastSeq;
      return Math.max(lastSeq, lastSeqBehind(damage, await fs.list(join(dataFolder, 'store'))));
    },
    exchange: (work) => ledger.reopen(work),
  };
}

/**
 * The store of a kiosk that is closed and locked by the caller; undefined where there is none. Only reads.
 * @throws Problem `store-newer`; what is damaged beyond reading is taken as it is.
 */
export async function closedPresentStore(
  fs: FileSystem,
  dataFolder: string,
): Promise<PresentStore | undefined> {
  if (!(await fs.list(dataFolder)).includes('store')) return undefined;
  const folder = join(dataFolder, 'store');
  const names = await fs.list(folder);
  const state = emptyState();
  const { restore, apply } = foldInto(state, dataFolder);
  const exchange = (work: () => Promise<void>) => work();
  try {
    const recovered = await recover(fs, folder, { restore, apply });
    if (!recovered) return undefined;
    const { gate, damage, position } = recovered;
    const lastSeq = damage ? lastSeqBehind(damage, names) : position.lastSeq;
    return { gate, state, lastSeq: () => Promise.resolve(lastSeq), exchange };
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'store-damaged') throw error;
    const lastSeq = lastSeqBehind(nothingReadable(names), names);
    return { gate: undefined, state: undefined, lastSeq: () => Promise.resolve(lastSeq), exchange };
  }
}

/** All that is known are the names of the files. */
function nothingReadable(names: readonly string[]): Damage {
  const seqs = names.map((name) => seqInName(name, 'journal') ?? seqInName(name, 'snapshot') ?? 0);
  return { files: [...names], missing: [{ from: 1, to: null }], words: [], highestSeq: Math.max(0, ...seqs) };
}
