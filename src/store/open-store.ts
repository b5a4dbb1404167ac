import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';
import { Ballast, type Space } from './ballast.ts';
import {
  beginGoingOn,
  finishGoingOn,
  keepDamaged,
  lastSeqBehind,
  storeDamaged,
  type Damage,
} from './damage.ts';
import { finishExchange, removeLeftovers } from './exchange-store.ts';
import { createFile, removeIfThere, type FileSystem } from './file-system.ts';
import {
  seqInName,
  segmentName,
  snapshotName,
  SUSPECT,
  type JournalPosition,
  type JournalRecord,
  type NewRecord,
} from './journal-format.ts';
import { Journal, type DiskPace } from './journal.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { isFull, isUnwritable, notWritable, readOnly, unsaved } from './problems.ts';
import { CHAIN_START } from './record.ts';
import { recover, type Fold, type Recovered } from './recovery.ts';
import { continueSegment, createSegment, type OpenSegment } from './segment.ts';
import { writeSnapshot } from './snapshot-file.ts';
import { lockDataFolder } from './store-lock.ts';
import { cutTail, freeName, tornWords } from './torn-tail.ts';

/** The open store: the only writer of its folder. */
export interface Store {
  readonly gate: string;
  /** The last event that is on disk. */
  readonly lastSeq: number;
  /** What opening had to repair, in words. */
  readonly report: Bilingual[];
  /** Why nothing is accepted; undefined while all is well. */
  readonly failed: Problem | undefined;
  /** What is broken; nothing is accepted until `goOn`. */
  readonly damage: Damage | undefined;
  /** Did a sync fail since it was opened, and was that mended by a new segment? */
  readonly resumed: boolean;
  readonly pace: DiskPace;
  /** The segment that is written to, and its bytes that are confirmed. */
  readonly openSegment: { name: string; size: number } | undefined;
  /** The number that the next appended event will get; it falls back when an append fails. */
  readonly nextSeq: number;
  /** Resolves once the record is on disk. */
  append(entry: NewRecord): Promise<JournalRecord>;
  /** Resolves when everything appended so far is on disk or rejected. */
  settled(): Promise<void>;
  /** Closes the segment that is written to and begins another; resolves with the last event before that. */
  rotate(): Promise<JournalPosition>;
  /**
   * Writes a snapshot of `records` (called twice) as they were at `at`, which `rotate` gave. The snapshot before and
   * its journal stay; older ones go.
   */
  snapshot(at: JournalPosition, records: () => Iterable<unknown>): Promise<void>;
  /** Events since the last snapshot. */
  sinceSnapshot(): number;
  /** The names of the files that hold everything confirmed up to the last `rotate`, none of which changes any more. */
  closedFiles(): Promise<string[]>;
  /** Looks at the room on the disk, and keeps the reserve for a full one. */
  look(): Promise<Space>;
  /** Tries whether the disk takes a file. @throws Problem `store-not-writable`, `cannot-save`. */
  probe(): Promise<void>;
  /**
   * Goes on without what is broken: puts the damaged files aside, appends `entry` (which says so) behind everything
   * ever seen, and writes a snapshot of `records`, the state as it was folded.
   */
  goOn(entry: NewRecord, records: () => Iterable<unknown>): Promise<JournalRecord>;
  /**
   * Closes the files, lets `work` change the folder, reads everything again into `fold` and goes on. When `work`
   * fails the store is open again as it was, and the failure is thrown.
   */
  reopen(fold: Fold, work?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the store in `<dataFolder>/store`, creating it where there is none: lock, recover into `fold`, then append.
 * A store that is damaged or cannot be written to is opened to be looked at; `failed` says why.
 * @throws Problem when the folder is in use, of a newer version, or nothing of it can be read.
 */
export async function openStore(
  dataFolder: string,
  fold: Fold,
  { fs = nodeFileSystem }: { fs?: FileSystem } = {},
): Promise<Store> {
  const folder = join(dataFolder, 'store');
  const hold = await prepare(fs, dataFolder, folder);
  try {
    return await openHeld(fs, dataFolder, fold, hold);
  } catch (error) {
    hold.unlock?.();
    throw error;
  }
}

/** The lock of the data folder, or why it cannot be taken: then nothing may be written. */
type Hold =
  | { unlock: () => void; untidy: Bilingual[]; unwritable?: never }
  | { unlock?: never; untidy?: never; unwritable: unknown };

/** Takes the lock, ends an exchange that was interrupted, and makes the folder. */
async function prepare(fs: FileSystem, dataFolder: string, folder: string): Promise<Hold> {
  let unlock: (() => void) | undefined;
  try {
    await fs.makeFolder(dataFolder);
    unlock = await lockDataFolder(fs, dataFolder);
    const untidy = await finishExchange(fs, dataFolder);
    await fs.makeFolder(folder);
    await fs.syncFolder(dataFolder);
    return { unlock, untidy };
  } catch (error) {
    unlock?.();
    if (!isUnwritable(error)) throw error;
    return { unwritable: error };
  }
}

/** What an open store consists of; exchanged as a whole when it is opened again. */
interface Opened {
  gate: string;
  report: Bilingual[];
  snapshotSeq: number;
  position: JournalPosition;
  damage: Damage | undefined;
  /** Undefined while nothing can be written. */
  journal: Journal | undefined;
  failed: Problem | undefined;
}

async function openHeld(fs: FileSystem, dataFolder: string, fold: Fold, hold: Hold): Promise<Store> {
  const folder = join(dataFolder, 'store');
  const run = randomBytes(6).toString('hex');
  let ballast: Ballast;
  /** The last confirmed event, while there may be something on disk behind it. */
  let confirmed: JournalPosition | undefined;
  let opened = await open(fold);
  opened.report.push(...(hold.untidy ?? []));

  async function open(into: Fold, gate?: string): Promise<Opened> {
    ballast = new Ballast(fs, folder, await namesIn(fs, folder, hold));
    const recovered = await recover(fs, folder, into);
    const found: Opened = {
      gate: recovered?.gate ?? gate ?? newGateId(),
      report: recovered?.report ?? [],
      snapshotSeq: recovered?.snapshotSeq ?? 0,
      position: recovered?.position ?? { lastSeq: 0, chain: CHAIN_START },
      damage: recovered?.damage,
      journal: undefined,
      failed: recovered?.damage && storeDamaged(recovered.damage),
    };
    if (found.failed) return found;
    try {
      if (hold.unwritable) throw hold.unwritable;
      await finishGoingOn(fs, folder, found.snapshotSeq);
      found.journal = journalOn(found.gate, await segmentOf(found, recovered));
    } catch (error) {
      if (!isUnwritable(error) && !isFull(error)) throw error;
      if (recovered === undefined) throw unsaved(error);
      found.failed = unsaved(error);
    }
    return found;
  }

  async function segmentOf(found: Opened, recovered: Recovered | undefined): Promise<OpenSegment> {
    try {
      return await openSegment(fs, folder, found, recovered);
    } catch (error) {
      if (!isFull(error) || !(await ballast.giveUp())) throw error;
      return openSegment(fs, folder, found, recovered);
    }
  }

  function journalOn(gate: string, segment: OpenSegment): Journal {
    return new Journal({ fs, folder, gate, run, makeRoom: () => ballast.giveUp() }, segment);
  }

  function journal(): Journal {
    if (opened.failed) throw opened.failed;
    return opened.journal!;
  }

  return {
    get gate() {
      return opened.gate;
    },
    get lastSeq() {
      return opened.journal?.position.lastSeq ?? opened.position.lastSeq;
    },
    get report() {
      return opened.report;
    },
    get failed() {
      return opened.failed ?? opened.journal?.failed;
    },
    get damage() {
      return opened.damage;
    },
    get resumed() {
      return opened.journal?.resumed ?? false;
    },
    get pace() {
      return opened.journal?.pace ?? { lastMs: 0, slowestMs: 0, waitingMs: 0 };
    },
    get openSegment() {
      return opened.journal?.segment;
    },
    get nextSeq() {
      return opened.journal?.nextSeq ?? opened.position.lastSeq + 1;
    },
    append(entry) {
      const { failed, journal } = opened;
      return failed ? Promise.reject(failed) : journal!.append(entry);
    },
    settled: async () => opened.journal?.settled(),
    rotate: async () => journal().rotate(),
    sinceSnapshot: () => (opened.journal?.position.lastSeq ?? 0) - opened.snapshotSeq,
    async snapshot(at, records) {
      if (at.lastSeq === opened.snapshotSeq) return;
      await writeSnapshot(fs, folder, opened.gate, at, records);
      await dropBefore(fs, folder, opened.snapshotSeq);
      opened.snapshotSeq = at.lastSeq;
    },
    async closedFiles() {
      const current = opened.journal?.segment.name;
      const names = (await fs.list(folder)).sort();
      return names.filter((name) => isOurs(name) && name !== current);
    },
    look: () => ballast.look(),
    probe: () => probe(fs, folder),
    async goOn(entry, records) {
      const { damage, gate, position } = opened;
      if (!damage) throw new Error('there is no damage to go on from');
      let next: Journal | undefined;
      try {
        if (hold.unwritable) throw hold.unwritable;
        await keepDamaged(fs, folder, damage);
        const at = { lastSeq: lastSeqBehind(damage, await fs.list(folder)), chain: position.chain };
        await beginGoingOn(fs, folder, at.lastSeq);
        next = journalOn(gate, await createSegment(fs, folder, at, gate));
        const record = await next.append(entry);
        await writeSnapshot(fs, folder, gate, at, records);
        await finishGoingOn(fs, folder, at.lastSeq);
        opened = {
          ...opened,
          snapshotSeq: at.lastSeq,
          damage: undefined,
          journal: next,
          failed: undefined,
        };
        return record;
      } catch (error) {
        await next?.close();
        throw error instanceof Problem ? error : unsaved(error);
      }
    },
    async reopen(into, work) {
      const { journal: closing, gate, report } = opened;
      if (closing?.failed) confirmed = closing.confirmed;
      opened = {
        ...opened,
        position: closing?.position ?? opened.position,
        journal: undefined,
        failed: opened.failed ?? closing?.failed ?? readOnly('it is being opened again'),
      };
      if (hold.unwritable) hold = await prepare(fs, dataFolder, folder);
      let failure: { error: unknown } | undefined;
      try {
        await closing?.close();
      } catch (error) {
        // What a journal that has failed says at its end changes nothing: nothing unconfirmed counts.
        if (!closing?.failed) failure = { error };
      }
      if (confirmed) await leaveUnconfirmed(fs, folder, confirmed, gate);
      confirmed = undefined;
      try {
        if (!failure) await work?.();
      } catch (error) {
        failure = { error };
        await finishExchange(fs, dataFolder);
      }
      const again = await open({ restore: into.restore, apply: into.apply }, gate);
      opened = { ...again, report: joined(report, again.report) };
      if (!hold.unwritable) opened.report = joined(opened.report, await removeLeftovers(fs, dataFolder));
      if (failure) throw failure.error;
    },
    async close() {
      try {
        await opened.journal?.close();
      } finally {
        hold.unlock?.();
      }
    },
  };
}

/** What was told before and what is new, nothing twice. */
function joined(before: readonly Bilingual[], now: readonly Bilingual[]): Bilingual[] {
  const known = new Set(before.map(({ en }) => en));
  return [...before, ...now.filter(({ en }) => !known.has(en))];
}

/** @throws Problem where there is no store and none can be made. */
async function namesIn(fs: FileSystem, folder: string, { unwritable }: Hold): Promise<string[]> {
  try {
    return await fs.list(folder);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw unwritable !== undefined && isMissing ? notWritable(unwritable) : error;
  }
}

async function openSegment(
  fs: FileSystem,
  folder: string,
  { gate, position, report }: Opened,
  recovered: Recovered | undefined,
): Promise<OpenSegment> {
  for (const tail of recovered?.tornTails ?? []) {
    await cutTail(fs, folder, tail);
    report.push(tornWords(tail));
  }
  if (!recovered?.segment) return createSegment(fs, folder, position, gate);
  return continueSegment(fs, folder, recovered.segment, position, recovered.unsure);
}

/**
 * After a journal has failed: begins a segment behind the last confirmed event, so that nothing behind that counts.
 * Segments that begin there or later hold nothing else, and their names are wanted.
 */
async function leaveUnconfirmed(
  fs: FileSystem,
  folder: string,
  confirmed: JournalPosition,
  gate: string,
): Promise<void> {
  const names = await fs.list(folder);
  const unconfirmed = names.filter((name) => (seqInName(name, 'journal') ?? 0) > confirmed.lastSeq);
  for (const name of unconfirmed) {
    await fs.rename(join(folder, name), join(folder, freeName(names, `${name}${SUSPECT}`)));
  }
  const { file } = await createSegment(fs, folder, confirmed, gate, { cuts: true });
  await file.close();
}

/** Writes, syncs and removes a small file. */
async function probe(fs: FileSystem, folder: string): Promise<void> {
  const path = join(folder, 'probe');
  try {
    await removeIfThere(fs, path);
    await createFile(fs, path, [Buffer.from('probe')]);
    await fs.remove(path);
  } catch (error) {
    throw unsaved(error);
  }
}

function isOurs(name: string): boolean {
  return seqInName(name, 'journal') !== undefined || seqInName(name, 'snapshot') !== undefined;
}

/** Removes what the snapshot at `seq` and its journal do not need: older snapshots, older segments. */
async function dropBefore(fs: FileSystem, folder: string, seq: number): Promise<void> {
  const names = (await fs.list(folder)).sort();
  const segments = names.filter((name) => seqInName(name, 'journal') !== undefined);
  const firstNeeded = segments.findLast((name) => seqInName(name, 'journal')! <= seq + 1) ?? segmentName(1);
  const needless = [
    ...segments.filter((name) => name < firstNeeded),
    ...names.filter((name) => name.includes(SUSPECT) && name < firstNeeded),
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
