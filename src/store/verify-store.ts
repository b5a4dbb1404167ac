import { join } from 'node:path';
import type { Bilingual } from '../domain/bilingual.ts';
import type { FileSystem } from './file-system.ts';
import { seqInName, snapshotName, type JournalPosition } from './journal-format.ts';
import { readHeader, readSegment } from './read-segment.ts';
import { segmentsLost } from './recovery.ts';
import { readSnapshot } from './snapshot-file.ts';

/** What a check of every file of a store found. */
export interface StoreCheck {
  events: number;
  snapshots: number;
  /** What is wrong, in words; empty when all is well. */
  problems: Bilingual[];
}

/**
 * Checks every line of every journal file and every snapshot. Changes nothing. `open` is the segment that a running
 * kiosk writes to, with the bytes of it that are confirmed.
 */
export async function verifyStore(
  fs: FileSystem,
  folder: string,
  open?: { name: string; size: number },
): Promise<StoreCheck> {
  const check: StoreCheck = { events: 0, snapshots: 0, problems: [] };
  const names = (await fs.list(folder)).sort();
  const segments = names.filter((name) => seqInName(name, 'journal') !== undefined);
  let before: JournalPosition | undefined;
  for (const [index, name] of segments.entries()) {
    const bytes = await fs.read(join(folder, name));
    const confirmed = open?.name === name ? bytes.subarray(0, open.size) : bytes;
    const cut = await cutBy(fs, folder, segments[index + 1]);
    const jumped = names.includes(snapshotName((seqInName(name, 'journal') ?? 0) - 1));
    before = await checkSegment(name, confirmed, { before, jumped, cut }, check);
  }
  for (const name of names.filter((name) => seqInName(name, 'snapshot') !== undefined)) {
    check.snapshots++;
    if (readSnapshot(await fs.read(join(folder, name)))) continue;
    check.problems.push({ en: `${name}: its hash does not fit`, zh: `${name}：校验值不符` });
  }
  check.problems.push(
    ...segmentsLost(names).map((name) => ({ en: `${name}: it is missing`, zh: `${name}：文件缺失` })),
  );
  return check;
}

/** The last event that a following segment lets stand, where it cuts. */
async function cutBy(fs: FileSystem, folder: string, name: string | undefined): Promise<number | undefined> {
  const header = name === undefined ? undefined : readHeader(await fs.read(join(folder, name)));
  return header?.cuts ? header.firstSeq - 1 : undefined;
}

/** Where a segment stands among the others. */
interface Neighbours {
  before: JournalPosition | undefined;
  /** Is there a snapshot right before it? Then numbers may have jumped on purpose (`advanceStore`). */
  jumped: boolean;
  cut: number | undefined;
}

/** Checks one segment and that it follows the one before; where it ends, or undefined where it is broken. */
async function checkSegment(
  name: string,
  bytes: Buffer,
  { before, jumped, cut }: Neighbours,
  check: StoreCheck,
): Promise<JournalPosition | undefined> {
  const { header, headerChain, good, goodSize } = await readSegment(bytes);
  if (!header) return report(check, lineBroken(name, 0));
  const isNextNumber = !before || before.lastSeq === header.firstSeq - 1 || jumped;
  if (!isNextNumber || (before && before.chain !== header.follows)) report(check, notFollowing(name));
  let last: JournalPosition = { lastSeq: header.firstSeq - 1, chain: headerChain! };
  for (const { record, chain } of good) {
    if (cut !== undefined && record.seq > cut) break;
    if (record.seq !== last.lastSeq + 1) return report(check, eventMissing(name, last.lastSeq + 1));
    last = { lastSeq: record.seq, chain };
    check.events++;
  }
  if (last.lastSeq === cut || goodSize === bytes.length) return last;
  const newline = bytes.indexOf(10, goodSize);
  return report(
    check,
    newline === -1 ? noWholeLine(name, bytes.length - goodSize) : lineBroken(name, goodSize),
  );
}

function report(check: StoreCheck, words: Bilingual): undefined {
  check.problems.push(words);
}

function lineBroken(name: string, byte: number): Bilingual {
  return {
    en: `${name}: the line at byte ${byte} does not check`,
    zh: `${name}：第 ${byte} 字节处的记录校验失败`,
  };
}

function notFollowing(name: string): Bilingual {
  return {
    en: `${name}: it does not follow the journal file before it`,
    zh: `${name}：与前一个日志文件不衔接`,
  };
}

function eventMissing(name: string, seq: number): Bilingual {
  return { en: `${name}: event ${seq} is missing`, zh: `${name}：缺少事件 ${seq}` };
}

function noWholeLine(name: string, bytes: number): Bilingual {
  return {
    en: `${name}: ${bytes} bytes at the end are no whole line`,
    zh: `${name}：末尾 ${bytes} 字节不是完整的记录`,
  };
}
