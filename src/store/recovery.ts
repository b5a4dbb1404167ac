import { join } from 'node:path';
import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';
import { writeAll, type FileSystem } from './file-system.ts';
import {
  FORMAT_VERSION,
  segmentName,
  seqInName,
  snapshotName,
  type JournalRecord,
  type SegmentHeader,
} from './journal-format.ts';
import type { JournalPosition } from './journal-writer.ts';
import { CHAIN_START, decodeLine, LINE_START, linesOf } from './record.ts';
import { readSnapshot, type Snapshot } from './snapshot-file.ts';

/** What a store on disk amounts to. */
export interface Recovered {
  /** Undefined when not even the first header was written. */
  gate: string | undefined;
  position: JournalPosition;
  snapshotSeq: number;
  /** The segment to append to, and the event before its first; undefined when a new one must be started. */
  segment: { name: string; size: number; start: JournalPosition } | undefined;
  /** What had to be repaired, in words. */
  report: Bilingual[];
  tornTail?: TornTail;
}

/** Where recovered records go, in order. */
export interface Fold {
  restore(record: unknown): void;
  apply(record: JournalRecord): void;
  /** Called when there is nothing to go on from and a new store would be begun; may throw to refuse that. */
  begin?(): void;
}

/**
 * Reads the newest good snapshot and the journal behind it into `fold`. Only reads; a torn tail is left to
 * `cutTail`. Undefined for a folder without a store.
 * @throws Problem `store-damaged` when something other than the tail is broken, `store-newer` for a format of
 * a later version. Nothing is skipped and nothing on disk is changed.
 */
export async function recover(fs: FileSystem, folder: string, fold: Fold): Promise<Recovered | undefined> {
  const names = (await fs.list(folder)).sort();
  const report: Bilingual[] = [];
  const snapshot = await newestGoodSnapshot(fs, folder, names, report);
  const all = names.filter((name) => seqInName(name, 'journal') !== undefined);
  const segments = segmentsBehind(all, snapshot?.position.lastSeq ?? 0);
  if (segments.length === 0) {
    if (!snapshot && report.length === 0 && all.length === 0) {
      fold.begin?.();
      return undefined;
    }
    throw damaged(folder, 'a journal file is missing');
  }
  const missing = segmentsLost(names).find((name) => name > segments[0]!);
  if (missing) throw damaged(missing, 'it is missing');
  for (const record of snapshot?.records() ?? []) fold.restore(record);

  let gate = snapshot?.gate;
  const from = snapshot?.position ?? { lastSeq: 0, chain: CHAIN_START };
  let position: JournalPosition | undefined;
  let segment: Recovered['segment'];
  let tornTail: TornTail | undefined;
  for (const [index, name] of segments.entries()) {
    const bytes = await fs.read(join(folder, name));
    const isLast = index === segments.length - 1;
    const read = readSegment(bytes, name, position, from, (record) => fold.apply(record));
    if (read.header) gate ??= read.header.gate;
    if (read.header && gate !== read.header.gate) throw damaged(name, 'it belongs to another kiosk');
    if (read.goodSize < bytes.length || !read.header) {
      if (!isLast || goodRecordBehind(bytes, read.goodSize, read.position)) {
        throw damaged(name, `it is broken at byte ${read.goodSize}, with good records behind`);
      }
      if (!read.header && names.includes(snapshotName(seqInName(name, 'journal')! - 1))) {
        throw damaged(name, 'its first line is broken, though it was on disk before its snapshot');
      }
      tornTail = {
        name,
        bytes: bytes.subarray(read.goodSize),
        copyName: freeName(names, `${name}.broken`),
        goodSize: read.goodSize,
        headerless: !read.header,
      };
      report.push(tornWords(tornTail));
    }
    position = read.position ?? position;
    segment = read.header ? { name, size: read.goodSize, start: startOf(read.header) } : undefined;
  }
  position ??= from;
  if (position.lastSeq < from.lastSeq) throw damaged(folder, 'the journal ends before the snapshot does');
  if (gate === undefined) fold.begin?.();
  return {
    gate,
    position,
    snapshotSeq: from.lastSeq,
    segment,
    report,
    ...(tornTail && { tornTail }),
  };
}

/** Bytes at the end of the last segment that are no good record. */
export interface TornTail {
  name: string;
  bytes: Buffer;
  /** The file that keeps a copy of the bytes; none is written where there are none. */
  copyName: string;
  goodSize: number;
  /** Not even the segment's header was written: the file is removed. */
  headerless: boolean;
}

/** Cuts a torn tail away, after keeping a copy beside the segment. */
export async function cutTail(fs: FileSystem, folder: string, tail: TornTail): Promise<void> {
  if (tail.bytes.length > 0) await keepCopy(fs, folder, tail);
  if (tail.headerless) {
    await fs.remove(join(folder, tail.name));
  } else {
    const file = await fs.openForAppend(join(folder, tail.name), { exclusive: false });
    try {
      await file.truncate(tail.goodSize);
      await file.datasync();
    } finally {
      await file.close();
    }
  }
  await fs.syncFolder(folder);
}

async function keepCopy(fs: FileSystem, folder: string, tail: TornTail): Promise<void> {
  const copy = await fs.openForAppend(join(folder, tail.copyName), { exclusive: true });
  try {
    await writeAll(copy, tail.bytes);
    await copy.datasync();
  } finally {
    await copy.close();
  }
}

function freeName(names: string[], wanted: string): string {
  let name = wanted;
  for (let n = 2; names.includes(name); n++) name = `${wanted}-${n}`;
  return name;
}

function tornWords({ name, bytes, copyName }: TornTail): Bilingual {
  if (bytes.length === 0) {
    return {
      en: `${name} was empty, as a power cut can leave it: it was started again.`,
      zh: `${name} 为空（断电可能造成），已重新开始。`,
    };
  }
  return {
    en: `The end of ${name} was torn (${bytes.length} bytes that were most likely never confirmed): cut, a copy is kept as ${copyName}.`,
    zh: `${name} 的末尾不完整（${bytes.length} 字节，很可能从未确认过）：已截去，副本保存为 ${copyName}。`,
  };
}

async function newestGoodSnapshot(
  fs: FileSystem,
  folder: string,
  names: string[],
  report: Bilingual[],
): Promise<Snapshot | undefined> {
  for (const name of names.filter((name) => seqInName(name, 'snapshot') !== undefined).reverse()) {
    const bytes = await fs.read(join(folder, name));
    const snapshot = readSnapshot(bytes);
    if (snapshot) return snapshot;
    refuseNewer(bytes.toString('utf8', 0, Math.max(0, bytes.indexOf(10))), name);
    report.push({
      en: `The snapshot ${name} is damaged: the one before it and the journal are used.`,
      zh: `快照 ${name} 已损坏：改用之前的快照和日志。`,
    });
  }
  return undefined;
}

/** The segments needed after `lastSeq`: from the one that holds the next event on. */
function segmentsBehind(segments: string[], lastSeq: number): string[] {
  const first = segments.findLastIndex((name) => seqInName(name, 'journal')! <= lastSeq + 1);
  return first === -1 ? [] : segments.slice(first);
}

/** The segments that snapshots say must be there (a snapshot is written after the segment behind it) and are not. */
export function segmentsLost(names: string[]): string[] {
  const wanted = names.flatMap((name) => {
    const seq = seqInName(name, 'snapshot');
    return seq === undefined ? [] : segmentName(seq + 1);
  });
  return wanted.filter((name) => !names.includes(name));
}

function startOf({ firstSeq, follows }: SegmentHeader): JournalPosition {
  return { lastSeq: firstSeq - 1, chain: follows };
}

interface SegmentRead {
  header: SegmentHeader | undefined;
  position: JournalPosition | undefined;
  goodSize: number;
}

function readSegment(
  bytes: Buffer,
  name: string,
  before: JournalPosition | undefined,
  from: JournalPosition,
  apply: (record: JournalRecord) => void,
): SegmentRead {
  let header: SegmentHeader | undefined;
  let position: JournalPosition | undefined;
  let goodSize = 0;
  for (const { line, end } of linesOf(bytes)) {
    const decoded = decodeLine(line, position?.chain ?? CHAIN_START);
    if (!decoded) {
      if (!position) refuseNewer(line.toString(), name);
      break;
    }
    if (!position) {
      header = decoded.record as SegmentHeader;
      refuseNewer(line.toString(), name);
      const follows = before ?? (header.firstSeq === from.lastSeq + 1 ? from : undefined);
      if (follows && (header.firstSeq !== follows.lastSeq + 1 || header.follows !== follows.chain)) {
        throw damaged(name, 'it does not follow the journal file before it');
      }
      position = { lastSeq: header.firstSeq - 1, chain: decoded.chain };
    } else {
      const record = decoded.record as JournalRecord;
      if (record.seq !== position.lastSeq + 1)
        throw damaged(name, `event ${position.lastSeq + 1} is missing`);
      position = { lastSeq: record.seq, chain: decoded.chain };
      if (record.seq > from.lastSeq) apply(record);
      else if (record.seq === from.lastSeq && decoded.chain !== from.chain) {
        throw damaged(name, 'it does not fit the snapshot');
      }
    }
    goodSize = end;
  }
  return { header, position, goodSize };
}

/** Does a well-formed later event stand behind the broken place? Then it is no torn tail. */
function goodRecordBehind(bytes: Buffer, from: number, position: JournalPosition | undefined): boolean {
  const tail = bytes.subarray(from);
  // Not by lines: a lost line end may have run the good record together with the one before it.
  for (let start = tail.indexOf(LINE_START, 1); start !== -1; start = tail.indexOf(LINE_START, start + 1)) {
    const newline = tail.indexOf(10, start);
    try {
      const line = tail.toString('utf8', start, newline === -1 ? tail.length : newline);
      const record = JSON.parse(line) as Partial<JournalRecord> | null;
      if (typeof record?.seq === 'number' && record.seq > (position?.lastSeq ?? 0)) return true;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return false;
}

function refuseNewer(headerLine: string, name: string): void {
  const version = /"version":(\d+)/.exec(headerLine)?.[1];
  if (version === undefined || Number(version) <= FORMAT_VERSION) return;
  throw new Problem('store-newer', {
    en: `${name} was written by a newer version of Muster (format ${version}). Please start that version; nothing was changed.`,
    zh: `${name} 由更新版本的集结写入（格式 ${version}）。请使用该版本启动；未做任何改动。`,
  });
}

function damaged(name: string, what: string): Problem {
  return new Problem('store-damaged', {
    en: `The store is damaged: ${name}: ${what}. Nothing was changed. Please keep a copy of the data folder and restore a backup.`,
    zh: `数据存储已损坏：${name}（${what}）。未做任何改动。请先保留数据文件夹的副本，再恢复备份。`,
  });
}
