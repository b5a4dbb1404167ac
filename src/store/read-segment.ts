import { setImmediate } from 'node:timers/promises';
import { confirmedBefore, type JournalRecord, type SegmentHeader } from './journal-format.ts';
import { CHAIN_START, checksumIn, decodeLine, decodeLineIn, LINE_START } from './record.ts';

/** One event of a segment with its own checksum and the byte behind it. */
export interface SegmentRecord {
  record: JournalRecord;
  chain: string;
  end: number;
}

/** What the bytes of a segment amount to. */
export interface SegmentRead {
  /** Undefined when the first line does not check. */
  header: SegmentHeader | undefined;
  /** Checksum of the first line. */
  headerChain: string | undefined;
  /** Events that check, from the first on without a gap in the file. */
  good: SegmentRecord[];
  /** Bytes up to the first broken place; all of them where there is none. */
  goodSize: number;
  /** Events behind a broken place that check against the checksum that stands before them. */
  behind: SegmentRecord[];
  /**
   * The highest event number in anything behind the first broken line that reads like an event, checked or not; 0
   * where there is none, as behind a torn tail.
   */
  highestBehind: number;
  /** The highest event number that anything behind the first broken line says was confirmed before it; 0 for none. */
  confirmedBehind: number;
  /** Is the first broken place one that was never written? A line of text holds no zero bytes. */
  unwritten: boolean;
}

/** Lines after which other work may run: some milliseconds. */
export const BREATH = 500;

/** What JSON of an event begins and ends with: `{` and `}`. */
const OPENING = 0x7b;
const CLOSING = 0x7d;

/** What a disk shows where it has a place for bytes that never came; no single broken bit looks like it. */
const UNWRITTEN = Buffer.alloc(2);

/** A line longer than this is no event: longer texts cannot be made of it. */
const LONGEST_LINE = 256 * 1024 * 1024;

/** The first line of a journal file; undefined when it does not check. */
export function readHeader(bytes: Buffer): SegmentHeader | undefined {
  const newline = bytes.indexOf(10);
  if (newline === -1) return undefined;
  return decodeLine(bytes.subarray(0, newline), CHAIN_START)?.record as SegmentHeader | undefined;
}

/**
 * Reads the bytes of one journal file, and lets other work run in between. Judges nothing: what a broken place means
 * is up to `recover`.
 */
export async function readSegment(bytes: Buffer): Promise<SegmentRead> {
  const read: SegmentRead = {
    header: undefined,
    headerChain: undefined,
    good: [],
    goodSize: 0,
    behind: [],
    highestBehind: 0,
    confirmedBehind: 0,
    unwritten: false,
  };
  let chain: string = CHAIN_START;
  for (let start = 0, end; (end = bytes.indexOf(10, start) + 1) > 0; start = end) {
    const decoded = decodeLineIn(bytes, start, end - 1, chain);
    if (!decoded) break;
    chain = decoded.chain;
    if (read.header) read.good.push({ record: decoded.record as JournalRecord, chain, end });
    else {
      read.header = decoded.record as SegmentHeader;
      read.headerChain = chain;
    }
    read.goodSize = end;
    if (read.good.length % BREATH === BREATH - 1) await setImmediate();
  }
  if (read.goodSize < bytes.length) await readBehind(bytes, read);
  return read;
}

/** Looks for events behind the first broken place, each against the checksum that stands in the line before it. */
async function readBehind(bytes: Buffer, read: SegmentRead): Promise<void> {
  let chain: string | undefined;
  read.unwritten = bytes.includes(UNWRITTEN, read.goodSize);
  let lines = 0;
  for (const { line, start, end } of piecesOf(bytes, read.goodSize)) {
    if (++lines % BREATH === 0) await setImmediate();
    const decoded = decodeLine(line, chain);
    chain = decoded?.chain ?? checksumIn(line);
    const event = eventIn(decoded?.record ?? parse(line));
    if (event === undefined || start === read.goodSize) continue;
    read.highestBehind = Math.max(read.highestBehind, event.seq);
    read.confirmedBehind = Math.max(read.confirmedBehind, confirmedBefore(event));
    if (decoded) read.behind.push({ record: decoded.record as JournalRecord, chain: decoded.chain, end });
  }
}

/** Lines, and lines that a lost line end has run together: what a line starts with stands nowhere else in it. */
function* piecesOf(bytes: Buffer, from: number): Generator<{ line: Buffer; start: number; end: number }> {
  const newlines = findFrom(bytes, '\n');
  const starts = findFrom(bytes, LINE_START);
  let start = from;
  while (start < bytes.length) {
    const newline = newlines(start);
    const stop = Math.min(newline, starts(start + 1));
    const end = stop === newline ? Math.min(stop + 1, bytes.length) : stop;
    if (stop - start <= LONGEST_LINE) yield { line: bytes.subarray(start, stop), start, end };
    start = end;
  }
}

/** Where the text next stands, from places that only grow; the end where it does not. Each byte is looked at once. */
function findFrom(bytes: Buffer, text: string): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) found = bytes.indexOf(text, from);
    if (found === -1) found = bytes.length;
    return found;
  };
}

function parse(line: Buffer): unknown {
  if (line[0] !== OPENING || line.at(-1) !== CLOSING) return undefined;
  try {
    return JSON.parse(line.toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function eventIn(record: unknown): Pick<JournalRecord, 'seq' | 'since'> | undefined {
  const { seq, since } = (record ?? {}) as Partial<JournalRecord>;
  if (!Number.isSafeInteger(seq) || seq! <= 0) return undefined;
  return { seq: seq!, ...(Number.isSafeInteger(since) && { since: since! }) };
}
