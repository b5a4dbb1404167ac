import type { BackupManifest } from './manifest.ts';
import { stepsOf, type BackupOptions } from './progress.ts';
import { filesOf, readFile, withBackup } from './read-backup.ts';

/**
 * Reads a whole backup and compares every name, size and hash with its manifest, which it resolves with. Changes
 * nothing.
 * @throws Problem `backup-unreadable`, `backup-damaged` or `backup-newer`; the signal's reason.
 */
export function checkBackup(path: string, options: BackupOptions = {}): Promise<BackupManifest> {
  return withBackup(path, async (backup, manifest) => {
    const step = stepsOf(
      manifest.files.reduce((sum, { size }) => sum + size, 0),
      options,
    );
    for await (const found of filesOf(backup, manifest)) {
      step(0);
      await readFile(backup, found, (piece) => step(piece.length));
    }
    return manifest;
  });
}
