import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createFile, type FileSystem } from './file-system.ts';
import { seqInName, type JournalRecord, type SegmentHeader } from './journal-format.ts';
import { damaged } from './problems.ts';
import { BREATH, readHeader, readSegment } from './read-segment.ts';
import { CHAIN_START, encodeLine } from './record.ts';
import { readSnapshot, writeSnapshot } from './snapshot-file.ts';

/** What is written in the place of each event and of each record of a snapshot; undefined where a record goes. */
export interface Rewriting {
  event(record: JournalRecord): JournalRecord;
  record(stored: unknown): unknown;
}

/**
 * Writes the closed store in `from` once more into the empty folder `to`, with new checksums: the same numbers, other
 * contents. Events that were never confirmed and files that are no part of the store stay behind.
 * @throws Problem `store-damaged` where something does not check.
 */
export async function rewriteStore(
  fs: FileSystem,
  from: string,
  to: string,
  rewriting: Rewriting,
): Promise<void> {
  const names = (await fs.list(from)).sort();
  const segments = names.filter((name) => seqInName(name, 'journal') !== undefined);
  const headers = new Map<string, SegmentHeader>();
  for (const name of segments) headers.set(name, await headerOf(fs, from, name));

  const chains: Chains = { events: new Map(), ends: new Map() };
  for (const [index, name] of segments.entries()) {
    const header = headers.get(name)!;
    const next = headers.get(segments[index + 1] ?? '');
    const upTo = next?.cuts ? next.firstSeq - 1 : Infinity;
    await rewriteSegment(fs, from, to, { name, header, upTo, rewriting, chains });
  }
  for (const name of names.filter((one) => seqInName(one, 'snapshot') !== undefined)) {
    const snapshot = readSnapshot(await fs.read(join(from, name)));
    if (!snapshot) throw damaged(name, BROKEN);
    const { lastSeq, chain } = snapshot.position;
    const position = { lastSeq, chain: chainBehind(chains, lastSeq, chain) };
    await writeSnapshot(fs, to, snapshot.gate, position, () => rewritten(snapshot.records(), rewriting));
  }
  await fs.syncFolder(to);
}

async function headerOf(fs: FileSystem, folder: string, name: string): Promise<SegmentHeader> {
  const header = readHeader(await fs.read(join(folder, name)));
  if (!header) throw damaged(name, BROKEN);
  return header;
}

interface SegmentRewriting {
  name: string;
  header: SegmentHeader;
  /** The last event that counts. */
  upTo: number;
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

async function rewriteSegment(
  fs: FileSystem,
  from: string,
  to: string,
  { name, header, upTo, rewriting, chains }: SegmentRewriting,
): Promise<void> {
  const bytes = await fs.read(join(from, name));
  const { good, goodSize, headerChain } = await readSegment(bytes);
  const records = good.filter(({ record }) => record.seq <= upTo);
  if (goodSize < bytes.length && upTo === Infinity) throw damaged(name, BROKEN);

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
  chains.ends.set(records.at(-1)?.chain ?? headerChain!, chain);
  await createFile(fs, join(to, name), [Buffer.concat(lines)]);
}

function* rewritten(records: Iterable<unknown>, rewriting: Rewriting): Generator<unknown> {
  for (const stored of records) {
    const kept = rewriting.record(stored);
    if (kept !== undefined) yield kept;
  }
}

const BROKEN = { en: 'it does not check', zh: '校验失败' };
