import { mkdir, open, rm, rmdir, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { targetUnwritable } from '../files/target-unwritable.ts';
import { syncFolder } from '../files/write-beside.ts';
import { extractExists } from './backup-problems.ts';
import type { BackupManifest } from './manifest.ts';
import { stepsOf, type BackupOptions } from './progress.ts';
import { filesOf, readFile, withBackup, type FoundFile } from './read-backup.ts';
import type { OpenBackup } from './zip-entries.ts';

/** What was put on the disk so far, in this order. */
interface Made {
  files: string[];
  folders: string[];
}

/**
 * Writes each file of a backup that `targetOf` has a path for: new files only, for their owner only, compared with
 * the manifest and synced, their folders with them. Resolves with the manifest.
 * @throws Problem `backup-unreadable`, `backup-damaged`, `backup-newer`, `restore-exists` or `target-unwritable`; the
 *   signal's reason. What it wrote is removed then.
 */
export async function extractBackup(
  path: string,
  targetOf: (name: string) => string | undefined,
  options: BackupOptions = {},
): Promise<BackupManifest> {
  const made: Made = { files: [], folders: [] };
  try {
    return await withBackup(path, async (backup, manifest) => {
      const wanted = manifest.files.filter(({ name }) => targetOf(name) !== undefined);
      const step = stepsOf(
        wanted.reduce((sum, { size }) => sum + size, 0),
        options,
      );
      for await (const found of filesOf(backup, manifest)) {
        step(0);
        const target = targetOf(found.file.name);
        if (target !== undefined) await extractFile(backup, found, target, made, step);
      }
      for (const folder of foldersOf(made)) await onDisk(folder, syncFolder(folder));
      return manifest;
    });
  } catch (error) {
    await removeMade(made);
    throw error;
  }
}

async function extractFile(
  backup: OpenBackup,
  found: FoundFile,
  target: string,
  made: Made,
  step: (bytes: number) => void,
): Promise<void> {
  const file = await makeFile(target, made);
  try {
    await readFile(backup, found, async (piece) => {
      step(piece.length);
      await onDisk(target, file.writeFile(piece));
    });
    await onDisk(target, file.sync());
  } finally {
    await file.close();
  }
}

async function makeFile(target: string, made: Made): Promise<FileHandle> {
  try {
    await makeFolder(dirname(target), made);
    const file = await open(target, 'wx', 0o600);
    made.files.push(target);
    return file;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw extractExists(target, error);
    throw targetUnwritable(target, error);
  }
}

async function makeFolder(path: string, made: Made): Promise<void> {
  try {
    await mkdir(path, 0o700);
    made.folders.push(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path), made);
    await makeFolder(path, made);
  }
}

/** Every folder that has something new in it. */
function foldersOf({ files, folders }: Made): Set<string> {
  return new Set([...files, ...folders].map((path) => dirname(path)));
}

async function onDisk(path: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    throw targetUnwritable(path, error);
  }
}

async function removeMade({ files, folders }: Made): Promise<void> {
  // On a disk that died this fails, too, and somebody may have put something there: what came first is told.
  for (const file of files) await rm(file, { force: true }).catch(() => undefined);
  for (const folder of folders.reverse()) await rmdir(folder).catch(() => undefined);
}
