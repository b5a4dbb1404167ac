import { crc32c } from '@node-rs/crc32';

/*
 * One line of a journal: JSON whose first field is the checksum of all that follows it in the line, chained
 * to the checksum of the line before. Eight lower-case hex digits, compared as text.
 */

/** What every line starts with, and nothing inside a line contains: JSON escapes quotes in text. */
export const LINE_START = '{"crc":"';
const CRC_START = LINE_START.length;
const CRC_END = CRC_START + 8;
const AFTER_CRC = '",';
const BODY_START = CRC_END + AFTER_CRC.length;

/** The checksum a chain starts with. */
export const CHAIN_START = '00000000';

const HEAD = `${LINE_START}${CHAIN_START}${AFTER_CRC}`;
const HEAD_BYTES = Buffer.from(HEAD);
const DIGITS = Buffer.from('0123456789abcdef');
const NEWLINE = 10;

/** Lines with their checksums, each ending in a newline, and the checksum the next line is chained to. */
export function encodeLines(records: readonly object[], chain: string): { bytes: Buffer; chain: string } {
  const bytes = Buffer.from(records.map((record) => `${HEAD}${JSON.stringify(record).slice(1)}\n`).join(''));
  let crc = numberOf(chain);
  // JSON escapes the newlines in text: each that is left ends a line.
  for (let start = 0, end; (end = bytes.indexOf(NEWLINE, start)) !== -1; start = end + 1) {
    crc = crc32c(bytes.subarray(start + BODY_START, end), crc);
    putChecksum(bytes, start + CRC_START, crc);
  }
  return { bytes, chain: textOf(crc) };
}

/** One line, as `encodeLines` writes many. */
export function encodeLine(record: object, chain: string): { line: Buffer; chain: string } {
  const { bytes, chain: next } = encodeLines([record], chain);
  return { line: bytes, chain: next };
}

/** The record, without its checksum, and the checksum of one line without its newline; undefined when it does not check. */
export function decodeLine(
  line: Buffer,
  chain: string | undefined,
): { record: unknown; chain: string } | undefined {
  return decodeLineIn(line, 0, line.length, chain);
}

/** The same of the line from `start` to `end` in a file: a hundred thousand lines need no buffers of their own. */
export function decodeLineIn(
  file: Buffer,
  start: number,
  end: number,
  chain: string | undefined,
): { record: unknown; chain: string } | undefined {
  const body = start + BODY_START;
  if (chain === undefined || end <= body) return undefined;
  const crc = crc32c(file.subarray(body, end), numberOf(chain));
  if (!hasHead(file, start, crc)) return undefined;
  return {
    record: JSON.parse(`{${file.toString('utf8', body, end)}`),
    chain: file.toString('latin1', start + CRC_START, start + CRC_END),
  };
}

/** The checksum that stands in a line, whether or not it fits: what the next line may still be chained to. */
export function checksumIn(line: Buffer): string | undefined {
  const start = line.toString('latin1', 0, CRC_END);
  return start.startsWith(LINE_START) && /^[0-9a-f]{8}$/.test(start.slice(CRC_START))
    ? start.slice(CRC_START)
    : undefined;
}

/** Does the line at `start` begin as one with that checksum does, byte by byte? */
function hasHead(file: Buffer, start: number, crc: number): boolean {
  for (let at = 0; at < BODY_START; at++) {
    const isDigit = at >= CRC_START && at < CRC_END;
    if (file[start + at] !== (isDigit ? digitOf(crc, at - CRC_START) : HEAD_BYTES[at])) return false;
  }
  return true;
}

function putChecksum(bytes: Buffer, at: number, crc: number): void {
  for (let place = 0; place < 8; place++) bytes[at + place] = digitOf(crc, place);
}

function textOf(crc: number): string {
  return crc.toString(16).padStart(8, '0');
}

function numberOf(chain: string): number {
  return Number.parseInt(chain, 16);
}

/** The byte of one of the eight hex digits, from the left. */
function digitOf(crc: number, place: number): number {
  return DIGITS[(crc >>> (28 - 4 * place)) & 15]!;
}

/** The complete lines of a file with their offsets, and where the last complete one ends. */
export function* linesOf(file: Buffer): Generator<{ line: Buffer; start: number; end: number }> {
  let start = 0;
  for (;;) {
    const newline = file.indexOf(NEWLINE, start);
    if (newline === -1) return;
    yield { line: file.subarray(start, newline), start, end: newline + 1 };
    start = newline + 1;
  }
}
