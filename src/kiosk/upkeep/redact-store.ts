import { erasePeople } from '../../domain/erase-people.ts';
import { dropTimes, timesToDrop } from '../../domain/drop-times.ts';
import type { Event } from '../../domain/event.ts';
import { redactEvent, redactRecord } from '../../domain/redact.ts';
import type { SnapshotRecord } from '../../domain/snapshot.ts';
import { emptyState, type State } from '../../domain/state.ts';
import type { FileSystem } from '../../store/file-system.ts';
import type { JournalPosition, JournalRecord } from '../../store/journal-format.ts';
import { storeDamaged } from '../../store/damage.ts';
import { recover } from '../../store/recovery.ts';
import { rewriteStore, type Rewriting } from '../../store/rewrite-store.ts';
import { foldInto } from '../ledger.ts';

/** What must not be found in any file any more. */
export interface Redaction {
  /** When each of these people was erased, by personId. */
  erased: ReadonlyMap<string, string>;
  /** Visits before this local date keep no exact times; undefined where all may. */
  timesBefore?: string | undefined;
}

/** A store as it was read. */
export interface StoreRead {
  state: State;
  gate: string;
  position: JournalPosition;
}

/** Reads a store that nobody has open. @throws Problem `store-damaged` where it is not whole. */
export async function readStore(fs: FileSystem, folder: string): Promise<StoreRead> {
  const state = emptyState();
  const { restore, apply } = foldInto(state, folder);
  const recovered = await recover(fs, folder, { restore, apply });
  if (recovered?.damage) throw storeDamaged(recovered.damage);
  const position = recovered?.position ?? { lastSeq: 0, chain: '' };
  state.lastSeq = position.lastSeq;
  return { state, gate: recovered?.gate ?? '', position };
}

/** Applies to a state what is to be redacted. Resolves with whether that changed anything. */
function redactState(state: State, { erased, timesBefore }: Redaction): boolean {
  const known = [...erased].filter(([personId]) => {
    const person = state.people.get(personId);
    return person !== undefined && !person.erased;
  });
  for (const [personId, erasedAt] of known) erasePeople(state, [personId], erasedAt);
  const before = timesBefore ?? '';
  const times = timesToDrop(state, before).size;
  if (times > 0) dropTimes(state, before);
  return known.length > 0 || times > 0;
}

/**
 * Writes the closed store in `folder` once more without what is to be redacted, in its place; nothing of the old one
 * is left. For a folder that no kiosk depends on: a backup that was unpacked, a store that is kept.
 * @returns what the store amounts to now, and whether anything was to be done.
 */
export async function redactStore(
  fs: FileSystem,
  folder: string,
  redaction: Redaction,
): Promise<StoreRead & { changed: boolean }> {
  const read = await readStore(fs, folder);
  const changed = redactState(read.state, redaction);
  if (changed) {
    const beside = `${folder}.redacted`;
    await fs.removeFolder(beside);
    await fs.makeFolder(beside);
    await rewriteStore(fs, folder, beside, rewritingBy(read.state));
    await fs.removeFolder(folder);
    await fs.rename(beside, folder);
  }
  return { ...read, changed };
}

/** How a store is written once more, when `state` is what it folds to with everything redacted. */
export function rewritingBy(state: State): Rewriting {
  return {
    event(record) {
      const redacted = redactEvent(record as JournalRecord & Event, state) as JournalRecord & Event;
      return redacted.at === record.at ? redacted : { ...redacted, mono: 0 };
    },
    record: (stored) => redactRecord(stored as SnapshotRecord, state),
  };
}
