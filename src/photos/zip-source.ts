import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { MOST_FILES, type FoundFile } from './find-files.ts';
import { HEAD_BYTES, isZipHead, lookAtHead } from './look-at-head.ts';
import { MAX_BYTES, type SkipReason } from './skip-reasons.ts';
import { entryName, isByThePacker, isDocument } from './zip-names.ts';

/** How much an import may still unpack, over all its zip files. */
export interface UnpackBudget {
  entries: number;
  bytes: number;
}

/** What an import may unpack: so many entries, and 20 GB. */
export function unpackBudget(): UnpackBudget {
  return { entries: MOST_FILES, bytes: 20 * 1024 ** 3 };
}

/** How one zip file is unpacked. */
export interface Unpacking {
  /** A folder for what is unpacked; whoever gets a file removes it. */
  into: string;
  budget: UnpackBudget;
  /** Told how many entries there are besides the zip file itself; they count as files of the import. */
  onMore(files: number): void;
  /** Called before anything is unpacked; throws where the disk has no room. */
  requireRoom(): Promise<void>;
}

const STORED = 0;
const REGULAR_FILE = 8;
/** Nothing a camera makes shrinks to a 200th; small files may. */
const MOST_RATIO = 200;
const RATIO_FROM = 1024 * 1024;
/** Entries have names of their own only in reports: on disk each is called by its number. */
let unpacked = 0;

/**
 * The photos of a zip file, unpacked one by one when they are asked for, and what is left out of it with the reason.
 * Nothing is trusted that the zip file says: names are never paths, sizes are limits.
 * @throws what the disk says that is unpacked to, and what `requireRoom` throws.
 */
export async function* photosInZip(path: string, unpacking: Unpacking): AsyncGenerator<FoundFile> {
  let zip: ZipFile;
  try {
    zip = await openPromise(path, { autoClose: false, decodeStrings: false });
  } catch (error) {
    // Whatever the disk says of a file that is only read, it is left out; a stick that is gone is noticed by then.
    const { code } = error as NodeJS.ErrnoException;
    yield { path, leftOut: code === undefined ? 'zip-damaged' : 'unreadable' };
    return;
  }
  try {
    yield* photosOf(zip, path, unpacking);
  } finally {
    zip.close();
  }
}

async function* photosOf(zip: ZipFile, path: string, unpacking: Unpacking): AsyncGenerator<FoundFile> {
  const { budget, onMore } = unpacking;
  let listed: Listed;
  try {
    listed = await listEntries(zip, budget);
  } catch (error) {
    yield { path, leftOut: reasonOf(error) };
    return;
  }
  const { entries, isCut } = listed;
  if (isDocument(entries.map(({ name }) => name))) {
    yield { path, leftOut: 'not-a-photo' };
    return;
  }
  budget.entries -= entries.length;
  // The zip file stands for one that was counted.
  onMore(entries.length + (isCut ? 1 : 0) - 1);
  if (isCut) yield { path, leftOut: 'zip-too-many' };
  let packed = 0;
  for (const { entry, name } of entries) {
    const found = { path: `${path}/${name}`, name: name.split('/').at(-1)! };
    packed += entry.compressedSize;
    if (packed > zip.fileSize) {
      // Entries that lie over each other: a few kilobytes that would fill any disk.
      yield { ...found, leftOut: 'zip-bomb' };
      continue;
    }
    await unpacking.requireRoom();
    yield { ...found, ...(await unpack(zip, entry, unpacking)) };
  }
}

interface Listed {
  entries: { entry: Entry; name: string }[];
  /** There were more than may be looked at. */
  isCut: boolean;
}

async function listEntries(zip: ZipFile, budget: UnpackBudget): Promise<Listed> {
  const entries: Listed['entries'] = [];
  let left = budget.entries;
  for await (const entry of zip.eachEntry()) {
    if (--left < 0) return { entries, isCut: true };
    const name = entryName(entry);
    if (!name.endsWith('/') && !isByThePacker(name)) entries.push({ entry, name });
  }
  return { entries, isCut: false };
}

/** Unpacks one entry, as far as it is a photo. */
async function unpack(
  zip: ZipFile,
  entry: Entry,
  { into, budget }: Unpacking,
): Promise<Pick<FoundFile, 'unpackedTo' | 'leftOut'>> {
  const leftOut = refusalOf(entry);
  if (leftOut) return { leftOut };
  const to = join(into, `unpacked-${++unpacked}`);
  try {
    const stream = await zip.openReadStreamPromise(entry, { decodeFileData: false });
    const keep = (pieces: AsyncIterable<Buffer>) => keepPhoto(pieces, entry, to, budget);
    if (entry.compressionMethod === STORED) await pipeline(stream, keep);
    else await pipeline(stream, createInflateRaw(), keep);
    return { unpackedTo: to };
  } catch (error) {
    await rm(to, { force: true });
    return { leftOut: reasonOf(error) };
  }
}

/** What can be said of an entry before anything of it is unpacked. */
function refusalOf(entry: Entry): SkipReason | undefined {
  if (entry.isEncrypted()) return 'zip-encrypted';
  // The upper four bits are Unix's kind of file; other systems leave them empty.
  const kind = entry.externalFileAttributes >>> 28;
  if (kind !== 0 && kind !== REGULAR_FILE) return 'not-a-file';
  if (!entry.canDecodeFileData()) return 'zip-method';
  if (entry.uncompressedSize === 0) return 'empty';
  const { compressedSize, uncompressedSize } = entry;
  if (uncompressedSize > RATIO_FROM && uncompressedSize > MOST_RATIO * compressedSize) return 'zip-bomb';
  return undefined;
}

/** Why an entry is not kept, thrown to stop its unpacking. */
class NotKept extends Error {
  readonly reason: SkipReason;

  constructor(reason: SkipReason) {
    super(reason);
    this.reason = reason;
  }
}

/** Writes a photo to `to`: never more than its list said, and its checksum must fit. @throws NotKept */
async function keepPhoto(
  pieces: AsyncIterable<Buffer>,
  { uncompressedSize, crc32: wanted }: Entry,
  to: string,
  budget: UnpackBudget,
): Promise<void> {
  let head = Buffer.alloc(0);
  let [size, crc] = [0, 0];
  const bytesLeft = budget.bytes;
  let file: FileHandle | undefined;
  const begin = async () => {
    if (isZipHead(head)) throw new NotKept('zip-inside');
    const looked = lookAtHead(head);
    if ('reason' in looked) throw new NotKept(looked.reason);
    if (uncompressedSize > MAX_BYTES) throw new NotKept('too-large');
    if (uncompressedSize > bytesLeft) throw new NotKept('zip-too-much');
    file = await open(to, 'wx', 0o600);
    await file.appendFile(head);
  };
  try {
    for await (const piece of pieces) {
      size += piece.length;
      if (size > uncompressedSize) throw new NotKept('zip-damaged');
      crc = crc32(piece, crc);
      budget.bytes -= piece.length;
      if (file) await file.appendFile(piece);
      else if ((head = Buffer.concat([head, piece])).length >= HEAD_BYTES) await begin();
    }
    if (!file) await begin();
    if (size !== uncompressedSize || crc !== wanted) throw new NotKept('zip-damaged');
  } finally {
    await file?.close();
  }
}

/** What stopped the unpacking, as a reason. @throws what the disk says that is written to. */
function reasonOf(error: unknown): SkipReason {
  if (error instanceof NotKept) return error.reason;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || code.startsWith('Z_')) return 'zip-damaged';
  if (syscall !== 'read') throw error;
  return 'unreadable';
}
