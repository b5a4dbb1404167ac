import type { FileSystem } from './file-system.ts';
import type { JournalPosition } from './journal-format.ts';
import { createSegment } from './segment.ts';
import { writeSnapshot } from './snapshot-file.ts';

/**
 * Ends the store in `folder`, which nobody has open, at the event number `at.lastSeq` with a snapshot of `records` and
 * an empty segment behind it: whatever comes next gets numbers that were never given before.
 */
export async function advanceStore(
  fs: FileSystem,
  folder: string,
  gate: string,
  at: JournalPosition,
  records: () => Iterable<unknown>,
): Promise<void> {
  const { file } = await createSegment(fs, folder, at, gate);
  await file.close();
  await writeSnapshot(fs, folder, gate, at, records);
}
