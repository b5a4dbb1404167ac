import { basename, dirname, join } from 'node:path';
import { backupDamaged } from '../../backup/backup-problems.ts';
import type { BackupManifest } from '../../backup/manifest.ts';
import { laterDrop } from '../../domain/drop-times.ts';
import { Problem } from '../../domain/problem.ts';
import { snapshotRecords } from '../../domain/snapshot.ts';
import { emptyState, type State } from '../../domain/state.ts';
import { advanceStore } from '../../store/advance-store.ts';
import { exchangeStore, finishExchange } from '../../store/exchange-store.ts';
import type { FileSystem } from '../../store/file-system.ts';
import { verifyStore } from '../../store/verify-store.ts';
import type { PresentStore } from './present-store.ts';
import { readStore, redactionOf, redactStore, type StoreRead } from './redact-store.ts';

/**
 * Reads the store that was taken out of a backup and makes sure that it holds what the backup says. Who was erased
 * and which times were dropped since is cleared from it.
 * @throws Problem `backup-damaged`, `store-newer`.
 */
export async function readRestored(
  fs: FileSystem,
  folder: string,
  { path, manifest }: { path: string; manifest: BackupManifest },
  present: State | undefined,
): Promise<StoreRead> {
  const { events } = await verifyStore(fs, folder);
  const redaction = redactionOf(present ?? emptyState());
  const { changed, ...read } = await redactStore(fs, folder, redaction).catch(asDamagedBackup(path));
  const { state, gate } = read;
  const { people, visits, photos } = state;
  const counts = { events, people: people.size, visits: visits.size, photos: photos.size };
  const same =
    gate === manifest.gate &&
    read.position.lastSeq === manifest.lastSeq &&
    Object.entries(counts).every(([what, count]) => count === manifest.counts[what as keyof typeof counts]);
  if (!same) throw backupDamaged(path, NOT_AS_LISTED);
  return { ...read, position: changed ? (await readStore(fs, folder)).position : read.position };
}

/**
 * Puts the restored store in the place of the present one, which is closed and kept as `keepAs`. Numbers that were
 * given since are never given again; what the kiosk knows of its erased people, its backups and its clock stays known.
 */
export async function putInPlace(
  fs: FileSystem,
  dataFolder: string,
  restored: { folder: string; read: StoreRead },
  present: PresentStore | undefined,
  keepAs: string | undefined,
): Promise<void> {
  const { folder, read } = restored;
  if (present) {
    const { state, gate, position } = read;
    if (present.state) keepKnown(state, present.state);
    const lastSeq = Math.max(await present.lastSeq(), position.lastSeq + 1);
    await advanceStore(fs, folder, gate, { ...position, lastSeq }, () => snapshotRecords(state));
  }
  if (keepAs !== undefined) await makeDurableFolder(fs, dataFolder, dirname(keepAs));
  try {
    await exchangeStore(fs, dataFolder, keepAs);
  } catch (error) {
    await finishExchange(fs, dataFolder);
    if (!(await isExchanged(fs, dataFolder, keepAs))) throw error;
    // The old one was put away already, so the new one is here: what failed once has to hold now.
    await fs.syncFolder(dataFolder);
  }
}

/** Once an exchange has ended one way or the other: is it the new store that is here? */
async function isExchanged(fs: FileSystem, dataFolder: string, keepAs: string | undefined): Promise<boolean> {
  if (keepAs !== undefined) return (await fs.list(dirname(keepAs))).includes(basename(keepAs));
  const names = await fs.list(dataFolder);
  return names.includes('store') && (await fs.list(join(dataFolder, 'store'))).length > 0;
}

function keepKnown(restored: State, present: State): void {
  for (const receipt of present.receipts.values()) {
    if (!restored.receipts.has(receipt.personId)) restored.receipts.set(receipt.personId, receipt);
  }
  // The store that is kept, and newer backups, hold them.
  for (const personId of [...present.people.keys(), ...present.removedPeople]) {
    if (!restored.people.has(personId)) restored.removedPeople.add(personId);
  }
  const backups = [...restored.backups.values(), ...present.backups.values()].sort((a, b) => a.seq - b.seq);
  restored.backups = new Map(backups.map((backup) => [backup.path, backup]));
  for (const [path, begun] of present.begunBackups) {
    if (!restored.backups.has(path)) restored.begunBackups.set(path, begun);
  }
  restored.timesDropped = laterDrop(restored.timesDropped, present.timesDropped);
  restored.clockShiftMs = present.clockShiftMs;
  // What is set for this machine and what the law asks for do not go back in time.
  const { backup, keepTimesDays, screens, screenInches, watch } = present.settings;
  restored.settings = { ...restored.settings, backup, keepTimesDays, screens, screenInches, watch };
}

/** Makes a folder two levels below the data folder; after a power cut it is still there. */
async function makeDurableFolder(fs: FileSystem, dataFolder: string, folder: string): Promise<void> {
  await fs.makeFolder(folder);
  await fs.syncFolder(dirname(folder));
  await fs.syncFolder(dataFolder);
}

/** What the store's own words ask for is about the present data, not about a backup. */
function asDamagedBackup(path: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof Problem) || error.code !== 'store-damaged') throw error;
    throw backupDamaged(path, NOT_AS_LISTED, error);
  };
}

const NOT_AS_LISTED = {
  en: 'its store does not hold what its list says',
  zh: '其中的数据与清单不符',
};
