import { crc32c } from '@node-rs/crc32';

/*
 * One line of a journal: JSON whose first field is the checksum of all that follows it in the line, chained
 * to the checksum of the line before. Eight lower-case hex digits, compared as text.
 */

/** What every line starts with, and nothing inside a line contains: JSON escapes quotes in text. */
export const LINE_START = '{"crc":"';
const CRC_END = LINE_START.length + 8;
const AFTER_CRC = '",';
const BODY_START = CRC_END + AFTER_CRC.length;

/** The checksum a chain starts with. */
export const CHAIN_START = '00000000';

/** One line with its checksum, ending in a newline, and the checksum the next line is chained to. */
export function encodeLine(record: object, chain: string): { line: Buffer; chain: string } {
  const line = Buffer.from(`${LINE_START}${CHAIN_START}${AFTER_CRC}${JSON.stringify(record).slice(1)}\n`);
  const crc = checksum(line.subarray(BODY_START, -1), chain);
  line.write(crc, LINE_START.length, 'latin1');
  return { line, chain: crc };
}

/** The record and checksum of one line without its newline; undefined when the line does not check. */
export function decodeLine(
  line: Buffer,
  chain: string | undefined,
): { record: unknown; chain: string } | undefined {
  if (line.length <= BODY_START || line.toString('latin1', 0, LINE_START.length) !== LINE_START)
    return undefined;
  if (line.toString('latin1', CRC_END, BODY_START) !== AFTER_CRC) return undefined;
  const crc = line.toString('latin1', LINE_START.length, CRC_END);
  if (chain === undefined || checksum(line.subarray(BODY_START), chain) !== crc) return undefined;
  return { record: JSON.parse(line.toString()), chain: crc };
}

/** The checksum that stands in a line, whether or not it fits: what the next line may still be chained to. */
export function checksumIn(line: Buffer): string | undefined {
  const start = line.toString('latin1', 0, CRC_END);
  return start.startsWith(LINE_START) && /^[0-9a-f]{8}$/.test(start.slice(LINE_START.length))
    ? start.slice(LINE_START.length)
    : undefined;
}

function checksum(bytes: Buffer, chain: string): string {
  return crc32c(bytes, Number.parseInt(chain, 16)).toString(16).padStart(8, '0');
}

/** The complete lines of a file with their offsets, and where the last complete one ends. */
export function* linesOf(file: Buffer): Generator<{ line: Buffer; start: number; end: number }> {
  let start = 0;
  for (;;) {
    const newline = file.indexOf(10, start);
    if (newline === -1) return;
    yield { line: file.subarray(start, newline), start, end: newline + 1 };
    start = newline + 1;
  }
}
