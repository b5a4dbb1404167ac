import { join } from 'node:path';
import { writeAll, type AppendFile, type FileSystem } from './file-system.ts';
import { segmentName, type JournalPosition, type SegmentHeader } from './journal-format.ts';
import { CHAIN_START, encodeLine } from './record.ts';

/** The journal file that is written to: each write is on the disk once it resolves. */
export interface OpenSegment {
  name: string;
  file: AppendFile;
  /** Bytes that are on disk for certain. */
  size: number;
  /** The event before its first, with that event's own checksum. */
  start: JournalPosition;
  position: JournalPosition;
}

/** A journal file that could not be begun, and may lie there all the same: nothing may be acknowledged any more. */
export class SegmentLeftBehind extends AggregateError {}

/**
 * Starts the segment that follows `start`; the folder is synced, so that the file itself survives.
 * @throws what the disk answered, with nothing left of the file; `SegmentLeftBehind` where that is not certain.
 */
export async function createSegment(
  fs: FileSystem,
  folder: string,
  start: JournalPosition,
  gate: string,
  { cuts }: { cuts?: true } = {},
): Promise<OpenSegment> {
  const firstSeq = start.lastSeq + 1;
  const header: SegmentHeader = {
    format: 'muster-journal',
    version: 1,
    gate,
    firstSeq,
    follows: start.chain,
    ...(cuts && { cuts }),
  };
  const { line, chain } = encodeLine(header, CHAIN_START);
  const name = segmentName(firstSeq);
  const file = await fs.openForAppend(join(folder, name), { exclusive: true, synced: true });
  try {
    await writeAll(file, line);
    await fs.syncFolder(folder);
  } catch (error) {
    await leaveNothing(fs, folder, name, file, error);
    throw error;
  }
  return { name, file, size: line.length, start, position: { lastSeq: start.lastSeq, chain } };
}

/** The segment before may go on: one beside it with the same next number would contradict it. */
async function leaveNothing(
  fs: FileSystem,
  folder: string,
  name: string,
  file: AppendFile,
  cause: unknown,
): Promise<void> {
  try {
    await file.close();
    await fs.remove(join(folder, name));
    await fs.syncFolder(folder);
  } catch (error) {
    throw new SegmentLeftBehind([cause, error], `${name} could not be begun, nor removed`);
  }
}

/**
 * Opens a segment to append to. What it holds is synced first, and `unsure`, its end, written once more: it may have
 * come back from memory only.
 */
export async function continueSegment(
  fs: FileSystem,
  folder: string,
  { name, size, start }: Pick<OpenSegment, 'name' | 'size' | 'start'>,
  position: JournalPosition,
  unsure?: { at: number; bytes: Buffer },
): Promise<OpenSegment> {
  if (unsure) await fs.rewrite(join(folder, name), unsure.at, unsure.bytes);
  const file = await fs.openForAppend(join(folder, name), { exclusive: false, synced: true });
  try {
    await file.datasync();
    await fs.syncFolder(folder);
  } catch (error) {
    await file.close();
    throw error;
  }
  return { name, file, size, start, position };
}
