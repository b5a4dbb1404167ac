import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { backupUnreadable, diskCode } from '../../backup/backup-problems.ts';
import type { BackupManifest } from '../../backup/manifest.ts';
import { readManifest } from '../../backup/read-backup.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import { Problem } from '../../domain/problem.ts';
import { syncFolder } from '../../files/write-beside.ts';

/** A backup that lies in a folder; its size is in bytes. */
export interface FoundBackup {
  path: string;
  bytes: number;
  manifest: BackupManifest;
}

/** Backups that stay in the folder for daily ones, of those with photos and of all. */
const KEPT = 3;

/** The backups in a folder, newest first; what is none, or cannot be read, is left out. @throws Problem `backup-unreadable`. */
export async function backupsIn(folder: string): Promise<FoundBackup[]> {
  const backups: FoundBackup[] = [];
  for (const name of await namesIn(folder)) {
    if (!name.toLowerCase().endsWith('.zip')) continue;
    const path = join(folder, name);
    try {
      backups.push({ path, manifest: await readManifest(path), bytes: (await stat(path)).size });
    } catch (error) {
      // Somebody else's zip, or one that is damaged: no backup to offer, and none to remove.
      if (!(error instanceof Problem) && diskCode(error) === undefined) throw error;
    }
  }
  return backups.sort(newestFirst);
}

/**
 * The backups that three newer ones of the same kiosk make needless: each of them holds what the older one holds, photos
 * included. What holds more than the present data, up to `lastSeq`, is of another past and stays.
 */
export function needless(backups: readonly FoundBackup[], gate: string, lastSeq: number): FoundBackup[] {
  const own = backups
    .filter(({ manifest }) => manifest.gate === gate && manifest.lastSeq <= lastSeq)
    .sort(newestFirst);
  return own.filter(({ manifest }, index) => {
    const newer = own.slice(0, index).filter((one) => one.manifest.photos || !manifest.photos);
    return newer.length >= KEPT;
  });
}

/** Removes backups; resolves with the paths of those that are gone and with why others are not. */
export async function removeBackups(
  folder: string,
  backups: readonly FoundBackup[],
): Promise<{ dropped: string[]; problems: Bilingual[] }> {
  const dropped: string[] = [];
  const problems: Bilingual[] = [];
  for (const { path } of backups) {
    try {
      await rm(path);
      dropped.push(path);
    } catch (error) {
      const code = diskCode(error);
      if (code === undefined) throw error;
      problems.push({
        en: `The old backup ${path} could not be removed (${code}). Please remove it by hand.`,
        zh: `旧备份 ${path} 无法删除（${code}），请手动删除。`,
      });
    }
  }
  if (dropped.length > 0) await syncFolder(folder);
  return { dropped, problems };
}

/** By what they hold, not by a clock that may have been wrong. */
function newestFirst({ manifest: a }: FoundBackup, { manifest: b }: FoundBackup): number {
  return b.lastSeq - a.lastSeq || Date.parse(b.madeAt) - Date.parse(a.madeAt);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = diskCode(error);
    throw code === undefined ? error : backupUnreadable(folder, code, error);
  }
}
