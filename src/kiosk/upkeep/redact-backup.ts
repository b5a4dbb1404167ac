import { randomBytes } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { extractBackup } from '../../backup/extract-backup.ts';
import type { BackupAbout, BackupManifest } from '../../backup/manifest.ts';
import { writeBackup, type WrittenBackup } from '../../backup/write-backup.ts';
import { syncFolder } from '../../files/write-beside.ts';
import type { FileSystem } from '../../store/file-system.ts';
import { verifyStore } from '../../store/verify-store.ts';
import { presentStoreSources } from './backup-files.ts';
import { emptyWorkFolder } from './redact-leftovers.ts';
import { redactStore, type Redaction } from './redact-store.ts';

/**
 * Writes a backup once more without what is to be redacted, in its place. Photos are taken from the data folder, where
 * they lie under the same names, and from the backup where they do not.
 * @returns undefined where there was nothing to do.
 * @throws Problem as `extractBackup`, `redactStore` and `writeBackup`; the old backup is untouched then.
 */
export async function redactBackup(
  fs: FileSystem,
  path: string,
  redaction: Redaction,
  dataFolder: string,
  signal: AbortSignal,
): Promise<WrittenBackup | undefined> {
  const folder = await emptyWorkFolder(dataFolder);
  try {
    const manifest = await extractBackup(
      path,
      (name) => (name.startsWith('store/') ? join(folder, name) : undefined),
      { signal },
    );
    const { changed } = await redactStore(fs, join(folder, 'store'), redaction);
    if (!changed) return undefined;
    const elsewhere = await notOnDisk(manifest, dataFolder);
    if (elsewhere.size > 0) {
      await extractBackup(path, (name) => (elsewhere.has(name) ? join(folder, name) : undefined), { signal });
    }
    const photos = manifest.files.filter(({ name }) => !name.startsWith('store/'));
    const sources = [
      ...(await presentStoreSources(folder)),
      ...photos.map(({ name, size }) => ({
        name,
        size,
        path: join(elsewhere.has(name) ? folder : dataFolder, name),
      })),
    ];
    const beside = `${path}.${randomBytes(4).toString('hex')}.redacted`;
    const written = await writeBackup(beside, await aboutAgain(fs, folder, manifest), sources, { signal });
    await replace(path, beside);
    return written;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the backup says of itself once its store is written again: old events that nothing needs may be gone. */
async function aboutAgain(
  fs: FileSystem,
  folder: string,
  { files: _, ...about }: BackupManifest,
): Promise<BackupAbout> {
  const { events } = await verifyStore(fs, join(folder, 'store'));
  return { ...about, counts: { ...about.counts, events } };
}

/** The photos of a backup that the data folder does not have in that size. */
async function notOnDisk({ files }: BackupManifest, dataFolder: string): Promise<Set<string>> {
  const missing = new Set<string>();
  for (const { name, size } of files) {
    if (name.startsWith('store/')) continue;
    try {
      if ((await stat(join(dataFolder, name))).size === size) continue;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    missing.add(name);
  }
  return missing;
}

async function replace(path: string, by: string): Promise<void> {
  try {
    await rename(by, path);
  } catch (error) {
    await rm(by, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}
