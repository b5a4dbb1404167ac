import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { extractBackup } from '../../backup/extract-backup.ts';
import type { BackupManifest } from '../../backup/manifest.ts';
import { writeBackup, type WrittenBackup } from '../../backup/write-backup.ts';
import type { FileSystem } from '../../store/file-system.ts';
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
  signal?: AbortSignal,
): Promise<WrittenBackup | undefined> {
  const folder = await mkdtemp(join(dataFolder, 'redacting-'));
  try {
    const options = signal ? { signal } : {};
    const isStore = (name: string) => name.startsWith('store/');
    const manifest = await extractBackup(
      path,
      (name) => (isStore(name) ? join(folder, name) : undefined),
      options,
    );
    const { changed } = await redactStore(fs, join(folder, 'store'), redaction);
    if (!changed) return undefined;
    const elsewhere = await notOnDisk(manifest, dataFolder);
    if (elsewhere.size > 0) {
      await extractBackup(path, (name) => (elsewhere.has(name) ? join(folder, name) : undefined), options);
    }
    const placeOf = (name: string) => join(isStore(name) || elsewhere.has(name) ? folder : dataFolder, name);
    const sources = manifest.files.map(async ({ name }) => ({
      name,
      path: placeOf(name),
      size: (await stat(placeOf(name))).size,
    }));
    const { files: _, ...about } = manifest;
    const beside = `${path}.${randomBytes(4).toString('hex')}.redacted`;
    const written = await writeBackup(beside, about, await Promise.all(sources), options);
    await putInPlace(beside, path);
    return written;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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

async function putInPlace(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    await rm(from, { force: true });
    throw error;
  }
  if (process.platform === 'win32') return;
  const folder = await open(dirname(to), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
