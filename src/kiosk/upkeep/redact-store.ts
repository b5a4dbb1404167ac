import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { erasePeople } from '../../domain/erase-people.ts';
import { dropTimes } from '../../domain/drop-times.ts';
import type { Event } from '../../domain/event.ts';
import { blankGesturesOf } from '../../domain/gesture.ts';
import type { Receipt } from '../../domain/person.ts';
import { redactEvent, redactRecord } from '../../domain/redact.ts';
import type { SnapshotRecord } from '../../domain/snapshot.ts';
import { emptyState, type State, type TimesDropped } from '../../domain/state.ts';
import { beginExchange, exchangeStore } from '../../store/exchange-store.ts';
import type { FileSystem } from '../../store/file-system.ts';
import type { JournalPosition, JournalRecord } from '../../store/journal-format.ts';
import { storeDamaged } from '../../store/damage.ts';
import { recover } from '../../store/recovery.ts';
import { rewriteStore, type Rewriting } from '../../store/rewrite-store.ts';
import { foldInto } from '../ledger.ts';

/** What must not be found in any file any more. */
export interface Redaction {
  /** Who was erased, by personId. */
  receipts: ReadonlyMap<string, Receipt>;
  /** Up to which day visits keep no exact times; null where all may. */
  timesDropped: TimesDropped | null;
}

/** Everything that a state says is gone. */
export function redactionOf({ receipts, timesDropped }: State): Redaction {
  return { receipts, timesDropped };
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

/** Applies to a state what is to be redacted. */
function redactState(state: State, { receipts, timesDropped }: Redaction): void {
  const here = [...receipts.values()].filter(
    ({ personId }) => state.people.get(personId)?.erased === undefined,
  );
  const known = here.filter(({ personId }) => state.people.has(personId));
  for (const { personId, seq, erasedAt } of known) erasePeople(state, [personId], { seq, at: erasedAt });
  // Who had been removed is written nowhere again; what was made from their names is left.
  const removed = here.filter(({ personId }) => state.removedPeople.has(personId));
  if (removed.length > 0) blankGesturesOf(state, new Set(removed.map(({ personId }) => personId)));
  // A store that knows of it has none of these times; those of visits entered since stay.
  if (timesDropped && (state.timesDropped?.seq ?? 0) < timesDropped.seq)
    dropTimes(state, timesDropped.before);
}

/**
 * Writes the closed store in `folder` once more without what is to be redacted into the empty folder `to`. Resolves
 * with what it amounts to now, and whether that differs from what was there: what the state does not show may still
 * stand in an event.
 * @throws Problem `store-damaged`, `store-newer`.
 */
async function redactInto(
  fs: FileSystem,
  folder: string,
  to: string,
  redaction: Redaction,
): Promise<StoreRead & { changed: boolean }> {
  const read = await readStore(fs, folder);
  redactState(read.state, redaction);
  const { event, record } = rewritingBy(read.state);
  let changed = false;
  const seen = <Was, Is>(was: Was, is: Is): Is => {
    changed ||= !isDeepStrictEqual(was, is);
    return is;
  };
  const rewriting: Rewriting = {
    event: (stored) => seen(stored, event(stored)),
    record: (stored) => seen(stored, record(stored)),
  };
  await rewriteStore(fs, folder, to, rewriting, read.position.lastSeq);
  const names = [await fs.list(folder), await fs.list(to)].map((list) => list.sort());
  return { ...read, changed: changed || !isDeepStrictEqual(names[0], names[1]) };
}

/**
 * Writes the closed store in `folder` once more without what is to be redacted, in its place; nothing of the old one
 * is left. For a folder that nobody depends on: a backup that was unpacked.
 * @returns what the store amounts to now, and whether anything was to be done.
 * @throws Problem `store-damaged`, `store-newer`.
 */
export async function redactStore(
  fs: FileSystem,
  folder: string,
  redaction: Redaction,
): Promise<StoreRead & { changed: boolean }> {
  if (redaction.receipts.size === 0 && !redaction.timesDropped) {
    return { ...(await readStore(fs, folder)), changed: false };
  }
  const beside = `${folder}.redacted`;
  await fs.removeFolder(beside);
  await fs.makeFolder(beside);
  const redacted = await redactInto(fs, folder, beside, redaction);
  await fs.removeFolder(redacted.changed ? folder : beside);
  if (redacted.changed) await fs.rename(beside, folder);
  return redacted;
}

/**
 * Writes the store in `<folder>/store`, which a restore has kept, once more without what is to be redacted. It is
 * exchanged as the kiosk's own: a power cut leaves the old one or the new one.
 * @throws Problem `store-damaged`, `store-newer`.
 */
export async function redactKeptStore(fs: FileSystem, folder: string, redaction: Redaction): Promise<void> {
  const to = await beginExchange(fs, folder);
  const { changed } = await redactInto(fs, join(folder, 'store'), to, redaction);
  if (changed) await exchangeStore(fs, folder);
  else await fs.removeFolder(to);
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
