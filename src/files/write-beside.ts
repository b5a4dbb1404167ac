import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file for its owner only beside `path`, synced, and calls `place` to put it where it belongs in the same
 * folder, which is synced then. Resolves with what `place` gave.
 * @throws what the disk or `place` throws; nothing half written stays behind where the disk still lets it be removed.
 */
export async function writeBeside<Placed>(
  path: string,
  content: string | Uint8Array,
  place: (beside: string) => Promise<Placed>,
): Promise<Placed> {
  const beside = `${path}.${randomBytes(4).toString('hex')}.new`;
  const file = await open(beside, 'wx', 0o600);
  try {
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    const placed = await place(beside);
    await syncFolder(dirname(path));
    return placed;
  } finally {
    // On a stick that was pulled out this fails, too: what the disk said first is what counts.
    await rm(beside, { force: true }).catch(() => undefined);
  }
}

/** Syncs a folder: names that were made, changed or removed in it stay so. @throws what the disk says. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot sync a folder and makes renames durable by itself.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    // Some network disks cannot sync a folder; the file itself is synced.
    if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
  } finally {
    await folder.close();
  }
}
