import { join } from 'node:path';
import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';
import { BEYOND_ALL, type Damage } from './damage.ts';
import type { FileSystem } from './file-system.ts';
import {
  confirmedBefore,
  FORMAT_VERSION,
  segmentName,
  seqInName,
  snapshotName,
  SUSPECT,
  type JournalPosition,
  type JournalRecord,
  type SegmentHeader,
} from './journal-format.ts';
import { damaged } from './problems.ts';
import { readSegment, type SegmentRead } from './read-segment.ts';
import { CHAIN_START } from './record.ts';
import { readSnapshot, type Snapshot } from './snapshot-file.ts';
import { freeName, type TornTail } from './torn-tail.ts';

/** What a store on disk amounts to. */
export interface Recovered {
  /** Undefined when not even the first header was written. */
  gate: string | undefined;
  position: JournalPosition;
  snapshotSeq: number;
  /** The segment to append to, and the event before its first; undefined when a new one must be started. */
  segment: { name: string; size: number; start: JournalPosition } | undefined;
  /** What is told, in words. A torn tail is told by whoever cuts it. */
  report: Bilingual[];
  tornTails: TornTail[];
  /** Where the segment's last bytes begin that nobody has said were confirmed, and these bytes. */
  unsure?: { at: number; bytes: Buffer };
  /** What is broken beyond that: what was folded is only to be looked at. */
  damage?: Damage;
}

/** Where recovered records go, in order. */
export interface Fold {
  restore(record: unknown): void;
  apply(record: JournalRecord): void;
  /** Called when there is nothing to go on from and a new store would be begun; may throw to refuse that. */
  begin?(): void;
}

/** A header is never longer than this: more broken bytes are no header that was cut short. */
const LONGEST_HEADER = 512;

/**
 * Reads the newest good snapshot and the journal behind it into `fold`. Only reads; a torn tail is left to
 * `cutTail`. Undefined for a folder without a store. Where something other than the tail is broken, all that checks
 * is folded and `damage` says what is missing.
 * @throws Problem `store-damaged` where there is nothing to go on from, or two histories; `store-newer` for a format
 * of a later version. Nothing on disk is changed.
 */
export async function recover(fs: FileSystem, folder: string, fold: Fold): Promise<Recovered | undefined> {
  const names = (await fs.list(folder)).sort();
  const report: Bilingual[] = [];
  const snapshot = await newestGoodSnapshot(fs, folder, names, report);
  const all = names.filter((name) => seqInName(name, 'journal') !== undefined);
  if (!snapshot && all.length === 0 && report.length === 0) {
    fold.begin?.();
    return undefined;
  }
  if (!snapshot && seqInName(all[0] ?? '', 'journal') !== 1) throw damaged(folder, JOURNAL_MISSING);
  for (const record of snapshot?.records() ?? []) fold.restore(record);

  const from = snapshot?.position ?? { lastSeq: 0, chain: CHAIN_START };
  const replay: Replay = {
    names,
    fold,
    from,
    gate: snapshot?.gate,
    seq: 0,
    end: undefined,
    segment: undefined,
    tornTails: [],
    unsure: undefined,
    report,
    broken: new Map(),
    missing: [],
    highestSeq: from.lastSeq,
  };
  const segments = segmentsBehind(all, from.lastSeq);
  let next = segments[0] && (await readFile(fs, folder, segments[0]));
  while (next) {
    const current: SegmentFile = next;
    const name = segments[segments.indexOf(current.name) + 1];
    next = name && (await readFile(fs, folder, name));
    // A segment that was only about to be begun leaves the one before it as the last.
    if (next && name === segments.at(-1) && isHeaderCutShort(replay, next)) {
      replay.tornTails.push(tornTail(replay, next, true));
      next = undefined;
    }
    replaySegment(replay, current, next || undefined);
  }
  requireSegments(replay, segments.at(-1));
  if (replay.gate === undefined && replay.broken.size === 0) fold.begin?.();
  // Where the segment behind the snapshot was left as suspect, the one before it has ended.
  const ended = replay.end === undefined || (replay.segment?.start.lastSeq ?? 0) < from.lastSeq;
  const position = ended && (replay.end?.lastSeq ?? 0) <= from.lastSeq ? from : replay.end!;
  return {
    gate: replay.gate,
    position,
    snapshotSeq: from.lastSeq,
    segment: position === from && ended ? undefined : replay.segment,
    report,
    tornTails: replay.tornTails,
    ...(replay.unsure && { unsure: replay.unsure }),
    ...(replay.broken.size > 0 && { damage: damageOf(replay) }),
  };
}

interface SegmentFile {
  name: string;
  bytes: Buffer;
  read: SegmentRead;
}

/** Where the replay of the journal stands. */
interface Replay {
  names: readonly string[];
  fold: Fold;
  /** Where the snapshot stands. */
  from: JournalPosition;
  gate: string | undefined;
  /** The last event number that the journal has shown. */
  seq: number;
  /** What the next segment must follow; undefined before the first. */
  end: JournalPosition | undefined;
  segment: Recovered['segment'];
  tornTails: TornTail[];
  unsure: Recovered['unsure'];
  report: Bilingual[];
  /** Broken and missing files, with what is the matter. */
  broken: Map<string, Bilingual>;
  missing: Damage['missing'];
  highestSeq: number;
}

function replaySegment(replay: Replay, current: SegmentFile, next: SegmentFile | undefined): void {
  const { name, bytes, read } = current;
  const { header } = read;
  if (!next && isHeaderCutShort(replay, current)) {
    replay.tornTails.push(tornTail(replay, current, true));
    return;
  }
  if (header) enter(replay, name, header);
  else replay.broken.set(name, FIRST_LINE_BROKEN);
  replay.gate ??= gateIn(read);

  const until = lastBefore(next);
  const start = header && { lastSeq: header.firstSeq - 1, chain: read.headerChain!, end: 0 };
  const records = read.good.filter(({ record }) => record.seq <= until);
  for (const { record, chain } of records) take(replay, name, record, chain);
  const isTorn = header && !next && isTail(read, replay.seq);
  for (const one of read.behind) {
    if (isTorn || one.record.seq > until || !isNews(replay, one.record)) continue;
    take(replay, name, one.record, one.chain);
    records.push(one);
  }

  if (!header && !next && read.highestBehind === 0) lose(replay, name, null);
  const last = records.at(-1);
  const end = last ? { lastSeq: last.record.seq, chain: last.chain } : start;
  const cutHere = until !== Infinity && (end?.lastSeq ?? 0) === until;
  const isBroken = read.goodSize < bytes.length && !(cutHere && !replay.broken.has(name));
  if (isBroken && isTorn) {
    replay.tornTails.push(tornTail(replay, current, false));
  } else if (isBroken) {
    judgeBroken(replay, current, next, until);
  }
  if (end) replay.end = { lastSeq: end.lastSeq, chain: end.chain };
  const size = last?.end ?? read.goodSize;
  replay.segment = header && {
    name,
    size,
    start: { lastSeq: header.firstSeq - 1, chain: header.follows },
  };
  const at = (last && records.findLast(({ record }) => record.seq <= confirmedBefore(last.record))?.end) ?? 0;
  replay.unsure = { at, bytes: bytes.subarray(at, size) };
}

/** Is what is broken at the end of the journal something that was never confirmed? */
export function isTail({ highestBehind, confirmedBehind, unwritten }: SegmentRead, reached: number): boolean {
  return highestBehind <= reached || (unwritten && confirmedBehind <= reached);
}

/** The last event that counts before the next segment begins, where that cuts or may cut; else whatever there is. */
function lastBefore(next: SegmentFile | undefined): number {
  if (!next || (next.read.header && !next.read.header.cuts)) return Infinity;
  return seqInName(next.name, 'journal')! - 1;
}

/** Behind a broken place a disk may also show what it held before: events seen already, or those of another kiosk. */
function isNews({ seq, gate }: Replay, record: JournalRecord): boolean {
  return record.seq > seq && gateOf(record) === gate;
}

/** Does the segment follow what came before it? @throws Problem where it is of another kiosk or another history. */
function enter(replay: Replay, name: string, { gate, firstSeq, follows }: SegmentHeader): void {
  replay.gate ??= gate;
  if (gate !== replay.gate) throw damaged(name, OTHER_KIOSK);
  const before = replay.end ?? (firstSeq === replay.from.lastSeq + 1 ? replay.from : undefined);
  if (before && firstSeq <= before.lastSeq) throw damaged(name, NOT_FOLLOWING);
  const unbroken = before?.lastSeq === firstSeq - 1 && replay.broken.size === 0;
  if (unbroken && before.chain !== follows) throw damaged(name, NOT_FOLLOWING);
  lose(replay, name, firstSeq - 1);
  replay.seq = Math.max(replay.seq, firstSeq - 1);
}

/** Folds one event, and notes what is missing before it. */
function take(replay: Replay, name: string, record: JournalRecord, chain: string): void {
  if (record.seq <= replay.seq) throw damaged(name, NOT_FOLLOWING);
  lose(replay, name, record.seq - 1);
  replay.seq = record.seq;
  if (record.seq > replay.from.lastSeq) replay.fold.apply(record);
  else if (record.seq === replay.from.lastSeq && chain !== replay.from.chain) {
    throw damaged(name, NOT_OF_SNAPSHOT);
  }
}

/** Events up to `to` should have been there by now. */
function lose(replay: Replay, name: string, to: number | null): void {
  const from = Math.max(replay.seq, replay.from.lastSeq) + 1;
  if (to !== null && to < from) return;
  if (to === null && replay.missing.at(-1)?.to === null) return;
  replay.missing.push({ from, to });
  if (!replay.broken.has(name)) replay.broken.set(name, EVENTS_MISSING);
}

/** A broken place that is no torn tail: are events lost, or is there only something that does not belong? */
function judgeBroken(
  replay: Replay,
  { name, bytes, read }: SegmentFile,
  next: SegmentFile | undefined,
  until: number,
): void {
  const firstSeqBehind = next && seqInName(next.name, 'journal');
  const highest = Math.min(read.highestBehind, until, (firstSeqBehind ?? Infinity) - 1);
  if (firstSeqBehind === replay.seq + 1 && highest <= replay.seq && !replay.broken.has(name)) {
    const [en, zh] = [`${bytes.length - read.goodSize} bytes`, `${bytes.length - read.goodSize} 字节`];
    replay.report.push({
      en: `${name}: ${en} behind the last event do not belong there. No event is missing.`,
      zh: `${name}：最后一个事件之后有 ${zh} 不属于日志。没有事件缺失。`,
    });
    return;
  }
  replay.broken.set(name, brokenAt(read.goodSize));
  if (highest > replay.seq + BEYOND_ALL) {
    lose(replay, name, null);
  } else if (highest > replay.seq) {
    lose(replay, name, highest);
    replay.seq = highest;
  }
}

/** A snapshot is written after the segment behind it, so that must be there. */
function requireSegments(replay: Replay, lastName: string | undefined): void {
  const lost = segmentsLost(replay.names).filter((name) => lastName === undefined || name > lastName);
  if (replay.seq < replay.from.lastSeq && lost.length === 0 && replay.broken.size === 0 && lastName) {
    lost.push(segmentName(replay.from.lastSeq + 1));
  }
  for (const name of lost) replay.broken.set(name, JOURNAL_MISSING);
  if (lost.length > 0 || (replay.seq < replay.from.lastSeq && replay.broken.size > 0)) {
    lose(replay, lost[0] ?? lastName!, null);
  }
}

function damageOf({ broken, missing, highestSeq, seq }: Replay): Damage {
  return {
    files: [...broken.keys()],
    missing,
    words: Array.from(broken, ([name, { en, zh }]) => ({ en: `${name}: ${en}.`, zh: `${name}：${zh}。` })),
    highestSeq: Math.max(highestSeq, seq),
  };
}

async function readFile(fs: FileSystem, folder: string, name: string): Promise<SegmentFile> {
  const bytes = await fs.read(join(folder, name));
  refuseNewer(bytes, name);
  return { name, bytes, read: await readSegment(bytes) };
}

/** The kiosk's id as the events carry it, where the header that names it is broken. */
function gateIn({ good, behind }: SegmentRead): string | undefined {
  const { record } = good[0] ?? behind[0] ?? {};
  return record && gateOf(record);
}

function gateOf({ id }: JournalRecord): string {
  return id.slice(0, id.lastIndexOf('-'));
}

/** Was the power cut while the first line was written? Not where a snapshot shows that it had been on disk. */
function isHeaderCutShort({ names }: Replay, { name, bytes, read }: SegmentFile): boolean {
  if (read.header || bytes.length > LONGEST_HEADER || read.highestBehind > 0) return false;
  return !names.includes(snapshotName(seqInName(name, 'journal')! - 1));
}

function tornTail(replay: Replay, { name, bytes, read }: SegmentFile, headerless: boolean): TornTail {
  return {
    name,
    bytes: bytes.subarray(read.goodSize),
    copyName: freeName(replay.names, `${name}.broken`),
    goodSize: read.goodSize,
    headerless,
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
    refuseNewer(bytes, name);
    report.push({
      en: `The snapshot ${name} is damaged: the one before it and the journal are used.`,
      zh: `快照 ${name} 已损坏：改用之前的快照和日志。`,
    });
  }
  return undefined;
}

/** The segments needed after `lastSeq`: from the one that holds the next event on. */
export function segmentsBehind(segments: string[], lastSeq: number): string[] {
  const first = segments.findLastIndex((name) => seqInName(name, 'journal')! <= lastSeq + 1);
  return segments.slice(Math.max(0, first));
}

/** The segments that snapshots say must be there (a snapshot is written after the segment behind it) and are not. */
export function segmentsLost(names: readonly string[]): string[] {
  const wanted = names.flatMap((name) => {
    const seq = seqInName(name, 'snapshot');
    return seq === undefined ? [] : segmentName(seq + 1);
  });
  const isThere = (name: string) => names.some((one) => one === name || one.startsWith(`${name}${SUSPECT}`));
  return wanted.filter((name) => !isThere(name));
}

function refuseNewer(bytes: Buffer, name: string): void {
  const newline = bytes.indexOf(10);
  const header = bytes.toString('utf8', 0, Math.min(newline === -1 ? bytes.length : newline, LONGEST_HEADER));
  const version = /"format":"muster-(?:journal|snapshot)","version":(\d+)/.exec(header)?.[1];
  if (version === undefined || Number(version) <= FORMAT_VERSION) return;
  throw new Problem('store-newer', {
    en: `${name} was written by a newer version of Muster (format ${version}). Please start that version; nothing was changed.`,
    zh: `${name} 由更新版本的集结写入（格式 ${version}）。请使用该版本启动；未做任何改动。`,
  });
}

const JOURNAL_MISSING: Bilingual = { en: 'a journal file is missing', zh: '缺少日志文件' };
const FIRST_LINE_BROKEN: Bilingual = { en: 'its first line is broken', zh: '首行已损坏' };
const EVENTS_MISSING: Bilingual = { en: 'events before it are missing', zh: '其之前的事件缺失' };
const OTHER_KIOSK: Bilingual = { en: 'it belongs to another kiosk', zh: '属于另一台主机' };
const NOT_FOLLOWING: Bilingual = {
  en: 'it does not follow the journal file before it',
  zh: '与前一个日志文件不衔接',
};
const NOT_OF_SNAPSHOT: Bilingual = { en: 'it does not fit the snapshot', zh: '与快照不符' };

function brokenAt(byte: number): Bilingual {
  return { en: `it is broken at byte ${byte}`, zh: `在第 ${byte} 字节处损坏` };
}
