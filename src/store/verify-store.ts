import { join } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { seqInName, type JournalRecord, type SegmentHeader } from './journal-format.ts';
import type { JournalPosition } from './journal-writer.ts';
import { CHAIN_START, decodeLine, linesOf } from './record.ts';
import { segmentsLost } from './recovery.ts';
import { readSnapshot } from './snapshot-file.ts';

/** What a check of every file of a store found. */
export interface StoreCheck {
  events: number;
  snapshots: number;
  /** What is wrong, in words; empty when all is well. */
  problems: string[];
}

/** Checks every line of every journal file and every snapshot. Changes nothing. */
export async function verifyStore(fs: FileSystem, folder: string): Promise<StoreCheck> {
  const check: StoreCheck = { events: 0, snapshots: 0, problems: [] };
  const names = (await fs.list(folder)).sort();
  let before: JournalPosition | undefined;
  for (const name of names) {
    if (seqInName(name, 'snapshot') !== undefined) {
      check.snapshots++;
      if (!readSnapshot(await fs.read(join(folder, name))))
        check.problems.push(`${name}: its hash does not fit`);
    } else if (seqInName(name, 'journal') !== undefined) {
      before = checkSegment(name, await fs.read(join(folder, name)), before, check);
    }
  }
  check.problems.push(...segmentsLost(names).map((name) => `${name}: it is missing`));
  return check;
}

/** Checks one segment and that it follows the one before; where it ends, or undefined where it is broken. */
function checkSegment(
  name: string,
  bytes: Buffer,
  before: JournalPosition | undefined,
  check: StoreCheck,
): JournalPosition | undefined {
  let chain = CHAIN_START;
  let seq: number | undefined;
  let size = 0;
  for (const { line, start, end } of linesOf(bytes)) {
    const decoded = decodeLine(line, chain);
    if (!decoded) {
      check.problems.push(`${name}: the line at byte ${start} does not check`);
      return undefined;
    }
    const record = decoded.record as Partial<JournalRecord & SegmentHeader>;
    if (seq === undefined) {
      seq = (record.firstSeq ?? 1) - 1;
      if (before && (seq !== before.lastSeq || record.follows !== before.chain)) {
        check.problems.push(`${name}: it does not follow the journal file before it`);
      }
    } else if (record.seq === seq + 1) {
      seq++;
      check.events++;
    } else {
      check.problems.push(`${name}: event ${seq + 1} is missing at byte ${start}`);
      return undefined;
    }
    chain = decoded.chain;
    size = end;
  }
  if (size < bytes.length)
    check.problems.push(`${name}: ${bytes.length - size} bytes at the end are no whole line`);
  return seq === undefined ? undefined : { lastSeq: seq, chain };
}
