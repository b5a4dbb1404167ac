import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { backupDamaged } from '../../backup/backup-problems.ts';
import { checkBackup } from '../../backup/check-backup.ts';
import { extractBackup } from '../../backup/extract-backup.ts';
import type { BackupManifest } from '../../backup/manifest.ts';
import { readManifest } from '../../backup/read-backup.ts';
import { isThere } from '../../files/is-there.ts';
import { targetUnwritable } from '../../files/target-unwritable.ts';
import type { Photo } from '../../domain/photo.ts';
import { photoFiles } from '../../photos/photo-files.ts';
import { beginExchange, finishExchange } from '../../store/exchange-store.ts';
import type { FileSystem } from '../../store/file-system.ts';
import { nodeFileSystem } from '../../store/node-file-system.ts';
import { lockDataFolder } from '../../store/store-lock.ts';
import { systemClock, type Clock } from '../clock.ts';
import { photoSources } from './backup-files.ts';
import { stampOf } from './stamps.ts';
import { closedPresentStore, openPresentStore, type PresentStore } from './present-store.ts';
import type { UpkeepParts } from './parts.ts';
import { placePhotos, wantedPhotos, type WantedPhotos } from './restore-photos.ts';
import { putInPlace, readRestored } from './restore-store.ts';
import { erasedUnknown, notOpened, ofAnotherKiosk, photosLacking, restoredWords } from './restore-words.ts';
import { requireRoomForRestore } from './room.ts';
import type { Ended, Telling } from './works.ts';

/** Where a backup is restored to, and when that is, ISO 8601. */
interface Place {
  fs: FileSystem;
  dataFolder: string;
  now: string;
}

/** What was restored. */
export interface Restored extends Ended {
  manifest: BackupManifest;
  /** Where the store is kept that was there before; null where there was none. */
  kept: string | null;
}

/**
 * Refuses at once what a glance at a backup shows.
 * @throws Problem `backup-unreadable`, `backup-damaged`, `backup-newer`, `backup-of-another-kiosk`.
 */
export async function requireOwnBackup(path: string, gate: string): Promise<void> {
  requireOwn(path, await readManifest(path), gate);
}

/**
 * Puts a backup in the place of the data of a kiosk that is open. Sign-ins wait only while the two are exchanged.
 * @throws Problem as `restoreClosed`; the signal's reason. The present data are as they were then.
 */
export async function restoreOpen(parts: UpkeepParts, path: string, telling: Telling): Promise<Restored> {
  const { fs, dataFolder, ledger, clock } = parts;
  const manifest = await checkWhole(path, telling);
  const present = openPresentStore(fs, dataFolder, ledger);
  return restore({ fs, dataFolder, now: clock.now() }, { path, manifest }, present, telling);
}

/**
 * Puts a backup in the place of what is in a data folder, which no kiosk may have open, or into an empty one.
 * @throws Problem `backup-unreadable`, `backup-damaged`, `backup-newer`, `backup-of-another-kiosk`, `store-newer`,
 *   `store-in-use`, `disk-nearly-full`, `target-unwritable`; the signal's reason. The present data are as they were
 *   then.
 */
export async function restoreClosed(
  dataFolder: string,
  path: string,
  telling: Telling,
  { fs = nodeFileSystem, clock = systemClock }: { fs?: FileSystem; clock?: Clock } = {},
): Promise<Restored> {
  // A folder that is in use is refused before a large backup is read; one that is not there is made after that.
  let unlock = (await isThere(dataFolder)) ? await lockDataFolder(fs, dataFolder) : undefined;
  try {
    const manifest = await checkWhole(path, telling);
    if (!unlock) {
      await fs.makeFolder(dataFolder);
      unlock = await lockDataFolder(fs, dataFolder);
    }
    await finishExchange(fs, dataFolder);
    const present = await closedPresentStore(fs, dataFolder);
    return await restore({ fs, dataFolder, now: clock.now() }, { path, manifest }, present, telling);
  } finally {
    unlock?.();
  }
}

/** A backup that was checked. */
interface Checked {
  path: string;
  manifest: BackupManifest;
}

/** Reads all of the backup: the first half of the way. */
function checkWhole(path: string, { signal, progress }: Telling): Promise<BackupManifest> {
  return checkBackup(path, { signal, onProgress: (done, total) => progress(done, 2 * total) });
}

async function restore(
  place: Place,
  backup: Checked,
  present: PresentStore | undefined,
  telling: Telling,
): Promise<Restored> {
  const { fs, dataFolder, now } = place;
  const { path, manifest } = backup;
  if (present?.gate !== undefined) requireOwn(path, manifest, present.gate);
  const progress = secondHalf(manifest, telling);
  const photos = await wantedPhotos(manifest.files, dataFolder, (bytes) => {
    telling.signal.throwIfAborted();
    progress.looked(bytes);
  });
  await requireRoomForRestore(dataFolder, roomFor(manifest, photos));

  const staged = join(dataFolder, 'photos', 'uploads', `restore-${randomUUID()}`);
  const folder = await beginExchange(fs, dataFolder);
  try {
    await unpack(backup, { folder, staged, photos }, { ...telling, progress: progress.unpacked });
    const read = await readRestored(fs, folder, backup, present?.state);
    telling.signal.throwIfAborted();
    const stamp = await freeStamp(dataFolder, stampOf(now));
    await placePhotos(photos, staged, dataFolder, join(dataFolder, 'photos', 'replaced', stamp));
    const kept = (await holdsStore(fs, dataFolder)) ? join(dataFolder, 'kept', stamp, 'store') : null;
    await exchange(present, () => putInPlace(fs, dataFolder, { folder, read }, present, kept ?? undefined));
    await tellWhatIsLacking(place, present, read.state.photos.values(), telling);
    return { words: restoredWords(manifest, kept), manifest, kept };
  } catch (error) {
    // On a disk that died this fails, too: what came first is told.
    await fs.removeFolder(folder).catch(() => undefined);
    throw targetUnwritable(dataFolder, error);
  } finally {
    await rm(staged, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Does `work` while the present store is closed. @throws Problem `restored-not-opened` where only opening fails. */
async function exchange(present: PresentStore | undefined, work: () => Promise<void>): Promise<void> {
  let isDone = false;
  try {
    await (present?.exchange ?? ((now) => now()))(async () => {
      await work();
      isDone = true;
    });
  } catch (error) {
    throw isDone ? notOpened(error) : error;
  }
}

/** Takes the store and the wanted photos out of the backup. */
async function unpack(
  { path, manifest }: Checked,
  to: { folder: string; staged: string; photos: WantedPhotos },
  { signal, progress }: Pick<Telling, 'signal' | 'progress'>,
): Promise<void> {
  const wanted = new Set(to.photos.files.map(({ name }) => name));
  const targetOf = (name: string) => {
    if (name.startsWith('store/')) return join(to.folder, basename(name));
    return wanted.has(name) ? join(to.staged, name) : undefined;
  };
  const found = await extractBackup(path, targetOf, { signal, onProgress: progress });
  if (found.gate === manifest.gate && found.lastSeq === manifest.lastSeq) return;
  throw backupDamaged(path, { en: 'it was exchanged meanwhile', zh: '文件在读取期间被替换' });
}

/** What cannot be restored from this backup is said, not hidden. */
async function tellWhatIsLacking(
  { dataFolder }: Place,
  present: PresentStore | undefined,
  photos: Iterable<Photo>,
  { problem }: Telling,
): Promise<void> {
  if (present && !present.state) problem(erasedUnknown);
  const { missing } = await photoSources(photos, photoFiles(dataFolder));
  if (missing > 0) problem(photosLacking(missing));
}

/** Both halves in one: what is there already and what is unpacked, after what was checked. */
function secondHalf({ files }: BackupManifest, { progress }: Telling) {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let looked = 0;
  const tell = (done: number) => progress(total + Math.min(done, total), 2 * total);
  return {
    looked: (bytes: number) => tell((looked += bytes)),
    unpacked: (done: number) => tell(looked + done),
  };
}

/** The store is written twice, with what is added to it; photos once. */
function roomFor({ files }: BackupManifest, photos: WantedPhotos): number {
  const store = files.filter(({ name }) => name.startsWith('store/'));
  return [...store, ...store, ...photos.files].reduce((sum, { size }) => sum + size, 0);
}

/** Is anything in the store's folder that should be kept? */
async function holdsStore(fs: FileSystem, dataFolder: string): Promise<boolean> {
  const names = await fs.list(dataFolder);
  return names.includes('store') && (await fs.list(join(dataFolder, 'store'))).length > 0;
}

/** A stamp under which nothing is kept yet. */
async function freeStamp(dataFolder: string, stamp: string): Promise<string> {
  for (let number = 1; ; number++) {
    const free = number === 1 ? stamp : `${stamp}-${number}`;
    if (await isThere(join(dataFolder, 'kept', free))) continue;
    if (!(await isThere(join(dataFolder, 'photos', 'replaced', free)))) return free;
  }
}

function requireOwn(path: string, manifest: BackupManifest, present: string): void {
  if (manifest.gate !== present) throw ofAnotherKiosk(path, manifest, present);
}
