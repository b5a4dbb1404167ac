import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { fromRandomAccessReaderPromise, type Entry, type ZipFile } from 'yauzl';
import { Problem } from '../domain/problem.ts';
import { backupDamaged } from './backup-problems.ts';
import { FileReader, type BackupOnDisk } from './file-reader.ts';

/** A backup file that is open as a zip file. */
export interface OpenBackup extends BackupOnDisk {
  zip: ZipFile;
}

const STORED = 0;
const REGULAR_FILE = 8;

/**
 * Reads where the list of entries of a zip file is.
 * @throws Problem `backup-damaged` or `backup-unreadable`.
 */
export function openZip(file: BackupOnDisk): Promise<ZipFile> {
  const options = { autoClose: false, strictFileNames: true };
  return asked(file.path, fromRandomAccessReaderPromise(new FileReader(file), file.size, options));
}

/**
 * The entries of a backup in the order of its list.
 * @throws Problem `backup-damaged` where the list is broken, `backup-unreadable`.
 */
export async function* entriesOf(backup: OpenBackup): AsyncGenerator<Entry> {
  const entries = (await openZip(backup)).eachEntry();
  for (;;) {
    const { done, value: entry } = await asked(backup.path, entries.next());
    if (done) return;
    yield entry;
  }
}

/**
 * Gives the content of an entry to `take`, piece by piece; never more than the size in the list, and its checksum
 * must fit. Links, folders and what is encrypted are refused.
 * @throws Problem `backup-damaged` or `backup-unreadable`, and what `take` throws.
 */
export async function readEntry(
  backup: OpenBackup,
  entry: Entry,
  take: (piece: Buffer) => void | Promise<void>,
): Promise<void> {
  const { path, zip } = backup;
  checkKind(path, entry);
  let [size, crc] = [0, 0];
  const takeAll = async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) {
      size += piece.length;
      if (size > entry.uncompressedSize) throw entryDiffers(path, entry.fileName);
      crc = crc32(piece, crc);
      await take(piece);
    }
  };
  const packed = await asked(path, zip.openReadStreamPromise(entry, { decodeFileData: false }));
  try {
    if (entry.compressionMethod === STORED) await pipeline(packed, takeAll);
    else await pipeline(packed, createInflateRaw(), takeAll);
  } catch (error) {
    throw isInflateError(error) ? entryDiffers(path, entry.fileName, error) : error;
  }
  if (size !== entry.uncompressedSize || crc !== entry.crc32) throw entryDiffers(path, entry.fileName);
}

/** The content of an entry is not what the backup's own lists say. */
export function entryDiffers(path: string, name: string, cause?: unknown): Problem {
  return backupDamaged(
    path,
    { en: `its file ${shown(name)} has changed`, zh: `其中的文件 ${shown(name)} 已被改动` },
    cause,
  );
}

/** A name from a file that anybody may have made, fit for a message. */
export function shown(name: string): string {
  return name.replace(/\p{C}/gu, '\uFFFD').slice(0, 120);
}

function isInflateError(error: unknown): boolean {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return typeof code === 'string' && code.startsWith('Z_');
}

function checkKind(path: string, entry: Entry): void {
  const name = shown(entry.fileName);
  if (entry.isEncrypted())
    throw backupDamaged(path, {
      en: `its file ${name} is protected with a password`,
      zh: `其中的文件 ${name} 设有密码`,
    });
  // The upper four bits are Unix's kind of file; other systems leave them empty.
  const kind = entry.externalFileAttributes >>> 28;
  if ((kind !== 0 && kind !== REGULAR_FILE) || !entry.canDecodeFileData())
    throw backupDamaged(path, {
      en: `its entry ${name} is no ordinary file`,
      zh: `其中的 ${name} 不是普通文件`,
    });
}

/** What the zip library says, as something a person can mend. */
async function asked<Answer>(path: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw backupDamaged(
      path,
      {
        en: 'its list of entries cannot be read; it is cut off, was changed or is no zip file',
        zh: '无法读取其文件清单；文件不完整、已被改动或不是 zip 文件',
      },
      error,
    );
  }
}
