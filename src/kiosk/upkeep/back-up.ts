import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { backupExists } from '../../backup/backup-problems.ts';
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  type BackupAbout,
  type BackupManifest,
} from '../../backup/manifest.ts';
import { writeBackup } from '../../backup/write-backup.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import type { State } from '../../domain/state.ts';
import { isThere } from '../../files/is-there.ts';
import { verifyStore } from '../../store/verify-store.ts';
import {
  keepClosedFiles,
  packedSize,
  photoSources,
  presentStoreSources,
  type PhotoSources,
} from './backup-files.ts';
import type { UpkeepParts } from './parts.ts';
import { readStore } from './redact-store.ts';
import { isGone } from './redact-due.ts';
import { requireRoomForBackup } from './room.ts';
import { sizeWords } from './size-words.ts';
import type { Ended, Telling } from './works.ts';

/** What to back up, and to which file. */
export interface BackupRequest {
  target: string;
  photos: boolean;
}

/** A backup that stands; its size is in bytes. */
export interface MadeBackup extends Ended {
  path: string;
  bytes: number;
  manifest: BackupManifest;
}

/** Events since the last snapshot from which on a backup gets a new one, so that what is restored opens quickly. */
const WORTH_A_SNAPSHOT = 1000;

/** How much a backup would hold now: bytes before they are packed, and files. */
export async function planBackup(
  { ledger, files, dataFolder }: UpkeepParts,
  photos: boolean,
): Promise<{ bytes: number; files: number }> {
  const sources = [
    ...(await presentStoreSources(dataFolder)),
    ...(photos ? (await photoSources(ledger.state.photos.values(), files)).sources : []),
  ];
  return { bytes: sources.reduce((sum, { size }) => sum + size, 0), files: sources.length };
}

/**
 * Refuses at once what can be seen before anything is written.
 * @throws Problem `backup-exists`, `disk-nearly-full`, `target-unwritable`.
 */
export async function requireTarget(parts: UpkeepParts, { target, photos }: BackupRequest): Promise<void> {
  if (await isThere(target)) throw backupExists(target);
  const { bytes } = await planBackup(parts, photos);
  await requireRoomForBackup(dirname(target), bytes, parts.dataFolder);
}

/** Writes a backup, checks it and notes it. @throws as `writeKioskBackup`. */
export async function backUp(
  parts: UpkeepParts,
  request: BackupRequest,
  telling: Telling,
): Promise<MadeBackup> {
  const made = await writeKioskBackup(parts, request, telling);
  await noteBackup(parts, made, []);
  return made;
}

/** Remembers where a backup is being written, and forgets where one was begun of which nothing is there. */
async function noteBegun({ ledger }: UpkeepParts, path: string): Promise<void> {
  const dropped: string[] = [];
  for (const begun of ledger.state.begunBackups.keys()) if (await isGone(begun)) dropped.push(begun);
  await ledger.note({ type: 'note-backup-begun', path, dropped });
}

/** Remembers a backup, and which older ones went for it. */
export async function noteBackup(
  { ledger }: UpkeepParts,
  { path, bytes, manifest }: MadeBackup,
  dropped: string[],
): Promise<void> {
  const { photos, lastSeq } = manifest;
  await ledger.note({ type: 'note-backup', path, bytes, photos, lastSeq, dropped });
}

/**
 * Writes everything up to now into one file and checks it, while sign-ins go on. What is wrong with the present data
 * is told and goes into the backup as it is.
 * @throws Problem as `writeBackup`, `disk-nearly-full`, and why the store takes nothing; the signal's reason.
 */
export async function writeKioskBackup(
  parts: UpkeepParts,
  { target, photos }: BackupRequest,
  telling: Telling,
): Promise<MadeBackup> {
  const { ledger, files, dataFolder } = parts;
  if (ledger.store.sinceSnapshot() >= WORTH_A_SNAPSHOT) await ledger.snapshot();
  const scratch = await emptyScratch(dataFolder);
  try {
    // Only this waits for its turn: what else needs the store does not wait for the photos.
    const state = await ledger.withClosedFiles(async (names, present) => {
      await keepClosedFiles(dataFolder, names, present.lastSeq, join(scratch, 'store'));
      return present;
    });
    const found: PhotoSources = photos
      ? await photoSources(state.photos.values(), files)
      : { sources: [], missing: 0 };
    if (found.missing > 0) telling.problem(photosMissing(found.missing));
    const sources = [...(await presentStoreSources(scratch)), ...found.sources];
    await requireRoomForBackup(dirname(target), packedSize(sources), dataFolder);
    const about = await aboutOf(parts, state, photos, join(scratch, 'store'), telling);
    await noteBegun(parts, target);
    const { manifest, size } = await writeBackup(target, about, sources, {
      onProgress: telling.progress,
      signal: telling.signal,
    });
    return { words: madeWords(target, size, manifest), path: target, bytes: size, manifest };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * What the backup says of itself. Its store is opened and counted for that, so that it holds what it says and can be
 * restored. @throws Problem `store-damaged` where it cannot.
 */
async function aboutOf(
  { fs, clock }: UpkeepParts,
  { settings }: State,
  photos: boolean,
  folder: string,
  telling: Telling,
): Promise<BackupAbout> {
  const { events, problems } = await verifyStore(fs, folder);
  for (const words of problems) telling.problem(words);
  const { state, gate, position } = await readStore(fs, folder);
  return {
    format: BACKUP_FORMAT,
    version: BACKUP_VERSION,
    gate,
    lastSeq: position.lastSeq,
    madeAt: clock.now(),
    kioskName: settings.kioskName,
    photos,
    counts: { events, people: state.people.size, visits: state.visits.size, photos: state.photos.size },
  };
}

/** A folder beside the store for what a backup is made of; what a power cut has left there is gone. */
async function emptyScratch(dataFolder: string): Promise<string> {
  const scratch = join(dataFolder, 'backing-up');
  await rm(scratch, { recursive: true, force: true });
  await mkdir(join(scratch, 'store'), { recursive: true, mode: 0o700 });
  return scratch;
}

function madeWords(path: string, bytes: number, { counts, photos }: BackupManifest): Bilingual {
  const { people, visits } = counts;
  return {
    en: `The backup is written and checked: ${path}, ${sizeWords(bytes)}. Inside: ${people} people, ${visits} visits, ${photos ? `${counts.photos} photos` : 'no photos'}.`,
    zh: `备份已完成并通过检查：${path}，${sizeWords(bytes)}。包含人员 ${people}，签到 ${visits}，${photos ? `照片 ${counts.photos}` : '不含照片'}。`,
  };
}

function photosMissing(count: number): Bilingual {
  return {
    en: `${count} files of photos are not on the kiosk's disk any more and are not in the backup; a check names them.`,
    zh: `有 ${count} 个照片文件已不在主机磁盘上，未包含在备份中；运行检查可查看明细。`,
  };
}
