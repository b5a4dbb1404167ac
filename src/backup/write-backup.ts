import { randomBytes } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Problem } from '../domain/problem.ts';
import { isThere } from '../files/is-there.ts';
import { targetUnwritable } from '../files/target-unwritable.ts';
import { syncFolder } from '../files/write-beside.ts';
import { putWhereFree } from '../files/write-new.ts';
import { backupExists, notAsWritten, tooManyFiles } from './backup-problems.ts';
import { checkBackup } from './check-backup.ts';
import {
  isManifest,
  manifestText,
  MAX_ENTRIES,
  MAX_MANIFEST,
  type BackupAbout,
  type BackupManifest,
} from './manifest.ts';
import { stepsOf, type BackupOptions } from './progress.ts';
import { writeZip, type BackupSource } from './write-zip.ts';

/** A backup that was written and checked; its size is in bytes. */
export interface WrittenBackup {
  manifest: BackupManifest;
  size: number;
}

/**
 * Writes a backup beside `target`, syncs it, reads all of it back and only then gives it its name. The progress is
 * over both writing and reading. The files must keep the sizes that are given.
 * @throws Problem `backup-exists`, `backup-file-changed`, `backup-file-unreadable`, `backup-too-many-files`,
 *   `backup-not-as-written` or `target-unwritable`; the signal's reason. Nothing stays behind then.
 */
export async function writeBackup(
  target: string,
  about: BackupAbout,
  files: readonly BackupSource[],
  { onProgress, signal }: BackupOptions = {},
): Promise<WrittenBackup> {
  signal?.throwIfAborted();
  checkPlan(about, files);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const step = stepsOf(2 * size, { onProgress, signal });
  const beside = `${target}.${randomBytes(4).toString('hex')}.new`;
  try {
    if (await isThere(target)) throw backupExists(target);
    await writeZip(beside, about, files, step);
    const manifest = await readBack(target, beside, {
      onProgress: (done) => onProgress?.(size + done, 2 * size),
      signal,
    });
    signal?.throwIfAborted();
    const written = { manifest, size: (await stat(beside)).size };
    await place(beside, target);
    return written;
  } catch (error) {
    throw targetUnwritable(target, error);
  } finally {
    // On a stick that was pulled out this fails, too: what the disk said first is what counts.
    await rm(beside, { force: true }).catch(() => undefined);
  }
}

/** Whether there will be a manifest for these files shows before hours of writing. */
function checkPlan(about: BackupAbout, files: readonly BackupSource[]): void {
  if (files.length >= MAX_ENTRIES) throw tooManyFiles(files.length);
  const sha256 = '0'.repeat(64);
  const plan = { ...about, files: files.map(({ name, size }) => ({ name, size, sha256 })) };
  if (!isManifest(plan)) throw new Error('a backup cannot have these files or this description');
  if (Buffer.byteLength(manifestText(plan)) > MAX_MANIFEST) throw tooManyFiles(files.length);
}

async function readBack(target: string, beside: string, options: BackupOptions): Promise<BackupManifest> {
  try {
    return await checkBackup(beside, options);
  } catch (error) {
    throw error instanceof Problem ? notAsWritten(target, error) : error;
  }
}

/** Gives the backup its name for good, or to nobody. */
async function place(beside: string, target: string): Promise<void> {
  if (!(await putWhereFree(beside, target))) throw backupExists(target);
  try {
    await syncFolder(dirname(target));
  } catch (error) {
    await rm(target, { force: true }).catch(() => undefined);
    throw error;
  }
}
