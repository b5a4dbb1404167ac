import { existsSync, rmSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../../files/write-beside.ts';

/** In the data folder: what of a backup is unpacked while that is written again. */
const WORK_FOLDER = 'redacting';
/** Copies of the store that long work keeps in the data folder until it is done. */
const WORK_FOLDERS = [WORK_FOLDER, 'backing-up', 'store.new.redacted'];

/** What a backup is called until it is whole (`writeBackup`, `redactBackup`), behind its own name. */
const UNFINISHED = /^(.+)\.[0-9a-f]{8}\.(?:new|redacted(?:\.[0-9a-f]{8}\.new)?)$/;

/** An empty folder to unpack a backup in. */
export async function emptyWorkFolder(dataFolder: string): Promise<string> {
  const folder = join(dataFolder, WORK_FOLDER);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

/**
 * Removes the copies of the store that a power cut has left to work that is no more, while no other is under way. In
 * one go: in between, some could begin.
 */
export function removeWorkFolders(dataFolder: string): void {
  for (const name of WORK_FOLDERS) {
    const folder = join(dataFolder, name);
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

/** Removes unfinished backups from a folder, whole copies that nobody else finds: those whose own name `isOurs` knows. */
export async function removeUnfinished(folder: string, isOurs: (name: string) => boolean): Promise<void> {
  const names = (await readdir(folder)).filter((name) => isOurs(UNFINISHED.exec(name)?.[1] ?? ''));
  for (const name of names) await rm(join(folder, name));
  if (names.length > 0) await syncFolder(folder);
}
