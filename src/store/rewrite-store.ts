import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createFile, type FileSystem } from './file-system.ts';
import { seqInName, snapshotName, type JournalRecord, type SegmentHeader } from './journal-format.ts';
import { damaged } from './problems.ts';
import { BREATH, readHeader, readSegment, type SegmentRead, type SegmentRecord } from './read-segment.ts';
import { CHAIN_START, encodeLine } from './record.ts';
import { isTail, segmentsBehind } from './recovery.ts';
import { readSnapshot, writeSnapshot } from './snapshot-file.ts';

/** What is written in the place of each event and of each record of a snapshot; undefined where a record goes. */
export interface Rewriting {
  event(record: JournalRecord): JournalRecord;
  record(stored: unknown): unknown;
}

/**
 * Writes the closed store in `from` once more into the empty folder `to`, with new checksums: the same numbers, other
 * contents. What recovery passes over stays behind: events that were never confirmed, bytes behind the last event,
 * broken snapshots, broken files from before the newest good snapshot, and files that are no part of the store.
 * `lastSeq` is the event that the store ends with, where the caller knows.
 * @throws Problem `store-damaged` where an event that counts could not be read.
 */
export async function rewriteStore(
  fs: FileSystem,
  from: string,
  to: string,
  rewriting: Rewriting,
  lastSeq?: number,
): Promise<void> {
  const { segments, snapshots, since } = await partsOf(fs, from);
  const chains: Chains = { events: new Map(), ends: new Map() };
  let last = since;
  for (const [index, segment] of segments.entries()) {
    const next = segments[index + 1];
    last = Math.max(last, await rewriteSegment(fs, from, to, { segment, next, since, rewriting, chains }));
  }
  if (lastSeq !== undefined && last !== lastSeq) throw damaged(segments.at(-1)?.name ?? from, BROKEN);
  for (const name of snapshots) {
    const snapshot = readSnapshot(await fs.read(join(from, name)));
    if (!snapshot) throw damaged(name, BROKEN);
    const { lastSeq, chain } = snapshot.position;
    const position = { lastSeq, chain: chainBehind(chains, lastSeq, chain) };
    await writeSnapshot(fs, to, snapshot.gate, position, () => rewritten(snapshot.records(), rewriting));
  }
  await fs.syncFolder(to);
}

interface Segment {
  name: string;
  header: SegmentHeader;
}

/** The files of a store that are worth writing again, and the event of the newest good snapshot, 0 where there is none. */
interface Parts {
  segments: Segment[];
  snapshots: string[];
  since: number;
}

async function partsOf(fs: FileSystem, from: string): Promise<Parts> {
  const names = (await fs.list(from)).sort();
  const snapshots: string[] = [];
  for (const name of names.filter((one) => seqInName(one, 'snapshot') !== undefined)) {
    if (readSnapshot(await fs.read(join(from, name)))) snapshots.push(name);
  }
  const since = seqInName(snapshots.at(-1) ?? '', 'snapshot') ?? 0;
  const all = names.filter((name) => seqInName(name, 'journal') !== undefined);
  const needed = segmentsBehind(all, since);
  if ((seqInName(needed[0] ?? '', 'journal') ?? 0) > since + 1) throw damaged(from, JOURNAL_MISSING);
  const segments: Segment[] = [];
  for (const name of all) {
    const header = readHeader(await fs.read(join(from, name)));
    if (header) segments.push({ name, header });
    else if (!needed.includes(name)) {
      // What came before cannot be told apart from here on; the newest snapshot holds all of it.
      segments.length = 0;
      snapshots.splice(0, snapshots.length - 1);
      // The power was cut while the first line was written; a snapshot would show that it had been on disk.
    } else if (name !== all.at(-1) || names.includes(snapshotName(seqInName(name, 'journal')! - 1))) {
      throw damaged(name, BROKEN);
    }
  }
  return { segments, snapshots, since };
}

interface SegmentRewriting {
  segment: Segment;
  next: Segment | undefined;
  /** Events up to this one are in a snapshot, too. */
  since: number;
  rewriting: Rewriting;
  chains: Chains;
}

/** The new checksums: of each event by its number, of the last line of each segment by its old one. */
interface Chains {
  events: Map<number, string>;
  ends: Map<string, string>;
}

/** What follows the event `seq` is chained to; where numbers have jumped, to the line before them, whose checksum was `old`. */
function chainBehind({ events, ends }: Chains, seq: number, old: string): string {
  return events.get(seq) ?? ends.get(old) ?? old;
}

/** Resolves with the number of its last event. */
async function rewriteSegment(
  fs: FileSystem,
  from: string,
  to: string,
  { segment: { name, header }, next, since, rewriting, chains }: SegmentRewriting,
): Promise<number> {
  const read = await readSegment(await fs.read(join(from, name)));
  const reached = read.good.at(-1)?.record.seq ?? header.firstSeq - 1;
  if (!next && !isTail(read, reached)) throw damaged(name, BROKEN);
  const records = next ? confirmedIn(read, header, next.header) : read.good;
  const ended = lastWithoutGap(records, Math.max(since, header.firstSeq - 1));
  if (ended < Math.max(records.at(-1)?.record.seq ?? 0, next ? next.header.firstSeq - 1 : 0)) {
    throw damaged(name, BROKEN);
  }

  const { cuts: _, ...rest } = header;
  const follows = chainBehind(chains, header.firstSeq - 1, header.follows);
  let { line, chain } = encodeLine({ ...rest, follows }, CHAIN_START);
  const lines = [line];
  for (const [index, { record }] of records.entries()) {
    if (index % BREATH === BREATH - 1) await setImmediate();
    ({ line, chain } = encodeLine(rewriting.event(record), chain));
    lines.push(line);
    chains.events.set(record.seq, chain);
  }
  chains.ends.set(records.at(-1)?.chain ?? read.headerChain!, chain);
  await createFile(fs, join(to, name), [Buffer.concat(lines)]);
  return ended;
}

/** The events of a closed segment that count: without those that the next one cuts off, with those that recovery finds behind a broken place. */
function confirmedIn(
  { good, behind }: SegmentRead,
  { gate, firstSeq }: SegmentHeader,
  next: SegmentHeader,
): SegmentRecord[] {
  const until = next.cuts ? next.firstSeq - 1 : Infinity;
  const records = good.filter(({ record }) => record.seq <= until);
  for (const one of behind) {
    const { seq, id } = one.record;
    const last = records.at(-1)?.record.seq ?? firstSeq - 1;
    if (seq > last && seq <= until && id.startsWith(`${gate}-`)) records.push(one);
  }
  return records;
}

/** The last event that has every one before it, from the one behind `from` on. */
function lastWithoutGap(records: readonly SegmentRecord[], from: number): number {
  let last = from;
  for (const { record } of records) if (record.seq === last + 1) last++;
  return last;
}

function* rewritten(records: Iterable<unknown>, rewriting: Rewriting): Generator<unknown> {
  for (const stored of records) {
    const kept = rewriting.record(stored);
    if (kept !== undefined) yield kept;
  }
}

const BROKEN = { en: 'it does not check', zh: '校验失败' };
const JOURNAL_MISSING = { en: 'a journal file is missing', zh: '缺少日志文件' };
