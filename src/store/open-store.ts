import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Bilingual } from '../domain/bilingual.ts';
import type { FileSystem } from './file-system.ts';
import {
  seqInName,
  segmentName,
  snapshotName,
  type JournalRecord,
  type NewRecord,
} from './journal-format.ts';
import { JournalWriter } from './journal-writer.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { CHAIN_START } from './record.ts';
import { cutTail, recover, type Fold } from './recovery.ts';
import { writeSnapshot } from './snapshot-file.ts';
import { lockStore } from './store-lock.ts';

/** The open store: the only writer of its folder. */
export interface Store {
  gate: string;
  lastSeq: number;
  /** What opening had to repair, in words. */
  report: Bilingual[];
  /** Why nothing more is accepted; undefined while all is well. */
  readonly failed: Error | undefined;
  /** The number that the next appended event will get; it falls back when an append fails. */
  readonly nextSeq: number;
  /** Resolves once the record is on disk. */
  append(entry: NewRecord): Promise<JournalRecord>;
  /** Resolves when everything appended so far is on disk or rejected. */
  settled(): Promise<void>;
  /**
   * Writes a snapshot of `records` (called twice) at the last event and starts a new segment. Nothing may be
   * appended meanwhile. The snapshot before and its journal stay; older ones go.
   */
  snapshot(records: () => Iterable<unknown>): Promise<void>;
  /** Events since the last snapshot. */
  sinceSnapshot(): number;
  close(): Promise<void>;
}

/**
 * Opens the store in `<dataFolder>/store`, creating it where there is none: lock, recover into `fold`, then
 * append.
 * @throws Problem when the folder is in use, damaged or of a newer version.
 */
export async function openStore(
  dataFolder: string,
  fold: Fold,
  fs: FileSystem = nodeFileSystem,
): Promise<Store> {
  const folder = join(dataFolder, 'store');
  await fs.makeFolder(folder);
  const unlock = lockStore(folder, dataFolder);
  try {
    return await openLocked(fs, folder, fold, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function openLocked(fs: FileSystem, folder: string, fold: Fold, unlock: () => void): Promise<Store> {
  const run = randomBytes(6).toString('hex');
  const recovered = await recover(fs, folder, fold);
  if (recovered?.tornTail) await cutTail(fs, folder, recovered.tornTail);
  const gate = recovered?.gate ?? newGateId();
  const position = recovered?.position ?? { lastSeq: 0, chain: CHAIN_START };
  const segment = recovered?.segment;
  let snapshotSeq = recovered?.snapshotSeq ?? 0;
  /** Where the segment begins: the last event before it, with that event's own checksum. */
  let start = segment?.start ?? position;
  let journal = segment
    ? new JournalWriter(
        await fs.openForAppend(join(folder, segment.name), { exclusive: false }),
        segment.size,
        position,
        gate,
        run,
      )
    : await JournalWriter.create(fs, folder, position, gate, run);

  return {
    gate,
    lastSeq: position.lastSeq,
    report: recovered?.report ?? [],
    get failed() {
      return journal.failed;
    },
    get nextSeq() {
      return journal.nextSeq;
    },
    append: (entry) => journal.append(entry),
    settled: () => journal.settled(),
    sinceSnapshot: () => journal.position.lastSeq - snapshotSeq,
    async snapshot(records) {
      await journal.settled();
      const at = journal.position.lastSeq === start.lastSeq ? start : journal.position;
      if (at.lastSeq === snapshotSeq) return;
      // The segment comes first, so that a snapshot with none behind it is known to have lost one.
      if (at !== start) {
        const next = await JournalWriter.create(fs, folder, at, gate, run);
        await journal.close();
        journal = next;
        start = at;
      }
      await writeSnapshot(fs, folder, gate, at, records);
      await dropBefore(fs, folder, snapshotSeq);
      snapshotSeq = at.lastSeq;
    },
    async close() {
      await journal.close();
      unlock();
    },
  };
}

/** Removes what the snapshot at `seq` and its journal do not need: older snapshots, older segments. */
async function dropBefore(fs: FileSystem, folder: string, seq: number): Promise<void> {
  const names = (await fs.list(folder)).sort();
  const segments = names.filter((name) => seqInName(name, 'journal') !== undefined);
  const firstNeeded = segments.findLast((name) => seqInName(name, 'journal')! <= seq + 1) ?? segmentName(1);
  const needless = [
    ...segments.filter((name) => name < firstNeeded),
    ...names.filter((name) => seqInName(name, 'snapshot') !== undefined && name < snapshotName(seq)),
    ...names.filter((name) => name.endsWith('.new')),
  ];
  for (const name of needless) await fs.remove(join(folder, name));
  if (needless.length > 0) await fs.syncFolder(folder);
}

/** A kiosk's stable short id: six letters and digits that are not easily mistaken for each other. */
function newGateId(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  return Array.from(randomBytes(6), (byte) => letters[byte % letters.length]).join('');
}
