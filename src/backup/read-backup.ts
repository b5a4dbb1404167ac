import { createHash } from 'node:crypto';
import { open, stat, type FileHandle } from 'node:fs/promises';
import type { Entry } from 'yauzl';
import type { Bilingual } from '../domain/bilingual.ts';
import { backupDamaged, backupNewer, backupUnreadable, diskCode } from './backup-problems.ts';
import {
  isManifest,
  isNewer,
  MANIFEST_NAME,
  MAX_ENTRIES,
  MAX_MANIFEST,
  type BackupFile,
  type BackupManifest,
} from './manifest.ts';
import { entriesOf, entryDiffers, openZip, readEntry, shown, type OpenBackup } from './zip-entries.ts';

/** A file of the manifest and where the zip file has it. */
export interface FoundFile {
  file: BackupFile;
  entry: Entry;
}

/**
 * What a backup says that it holds; the files themselves are not looked at.
 * @throws Problem `backup-unreadable`, `backup-damaged` or `backup-newer`.
 */
export function readManifest(path: string): Promise<BackupManifest> {
  return withBackup(path, (_, manifest) => Promise.resolve(manifest));
}

/**
 * Opens a backup, reads its manifest and calls `work`; closes the backup whatever becomes of it.
 * @throws Problem `backup-unreadable`, `backup-damaged` or `backup-newer`, and what `work` throws.
 */
export async function withBackup<Result>(
  path: string,
  work: (backup: OpenBackup, manifest: BackupManifest) => Promise<Result>,
): Promise<Result> {
  const handle = await openFile(path);
  try {
    const { size } = await handle.stat();
    const zip = await openZip({ path, size, handle });
    if (zip.entryCount > MAX_ENTRIES) throw tooLarge(path);
    const backup = { path, size, handle, zip };
    return await work(backup, await manifestOf(backup));
  } finally {
    await handle.close();
  }
}

/**
 * Every file of the manifest, in the order of the zip file's list, each once and of the right size, and nothing else.
 * @throws Problem `backup-damaged` where the two do not fit, at the latest behind the last file.
 */
export async function* filesOf(backup: OpenBackup, manifest: BackupManifest): AsyncGenerator<FoundFile> {
  const { path, size } = backup;
  const missing = new Map(manifest.files.map((file) => [file.name, file]));
  let packed = 0;
  for await (const entry of entriesOf(backup)) {
    if (entry.fileName === MANIFEST_NAME) continue;
    const file = missing.get(entry.fileName);
    if (!missing.delete(entry.fileName) || !file) throw notListed(path, entry.fileName);
    if (entry.uncompressedSize !== file.size) throw entryDiffers(path, file.name);
    packed += entry.compressedSize;
    if (packed > size)
      throw backupDamaged(path, { en: 'its entries lie over each other', zh: '其中的文件互相重叠' });
    yield { file, entry };
  }
  for (const name of missing.keys())
    throw backupDamaged(path, { en: `its file ${name} is missing`, zh: `其中缺少文件 ${name}` });
}

/**
 * Gives the content of a file to `take`, piece by piece, and compares it with the manifest then.
 * @throws Problem `backup-damaged` or `backup-unreadable`, and what `take` throws.
 */
export async function readFile(
  backup: OpenBackup,
  { file, entry }: FoundFile,
  take: (piece: Buffer) => void | Promise<void>,
): Promise<void> {
  const hash = createHash('sha256');
  await readEntry(backup, entry, (piece) => {
    hash.update(piece);
    return take(piece);
  });
  if (hash.digest('hex') !== file.sha256) throw entryDiffers(backup.path, file.name);
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    // A pipe of this name would keep whoever opens it waiting.
    if ((await stat(path)).isFile()) return await open(path, 'r');
  } catch (error) {
    const code = diskCode(error);
    throw code === undefined ? error : backupUnreadable(path, code, error);
  }
  throw backupUnreadable(path, 'EISDIR');
}

async function manifestOf(backup: OpenBackup): Promise<BackupManifest> {
  const { path } = backup;
  let found: Entry | undefined;
  for await (const entry of entriesOf(backup)) {
    if (entry.fileName !== MANIFEST_NAME) continue;
    if (found) throw notListed(path, MANIFEST_NAME);
    found = entry;
  }
  if (!found) throw noManifest(path, { en: 'is missing', zh: '缺失' });
  if (found.uncompressedSize > MAX_MANIFEST) throw tooLarge(path);
  const pieces: Buffer[] = [];
  await readEntry(backup, found, (piece) => void pieces.push(piece));
  const value = parsed(Buffer.concat(pieces).toString());
  if (isNewer(value)) throw backupNewer(path);
  if (!isManifest(value)) throw noManifest(path, { en: 'is not one of Muster', zh: '不是集结的清单' });
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function noManifest(path: string, { en, zh }: Bilingual) {
  return backupDamaged(path, { en: `its list ${MANIFEST_NAME} ${en}`, zh: `其清单 ${MANIFEST_NAME} ${zh}` });
}

function notListed(path: string, name: string) {
  return backupDamaged(path, {
    en: `its file ${shown(name)} is not in its list ${MANIFEST_NAME}, or is there twice`,
    zh: `其中的文件 ${shown(name)} 不在清单 ${MANIFEST_NAME} 中，或有重复`,
  });
}

function tooLarge(path: string) {
  return backupDamaged(path, {
    en: 'it lists more files than a backup can have',
    zh: '其中列出的文件超过备份的上限',
  });
}
