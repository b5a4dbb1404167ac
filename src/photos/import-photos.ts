import { createHash } from 'node:crypto';
import { createReadStream, type BigIntStats } from 'node:fs';
import { chmod, copyFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { RENDITION_EDGES, type NewPhoto } from '../domain/photo.ts';
import { findFiles, isZip, lookAtFiles, requireSource, type FoundFile } from './find-files.ts';
import { lookAtHead, readHead } from './look-at-head.ts';
import {
  clearIncoming,
  renditionName,
  settleFile,
  type ImageFormat,
  type PhotoFiles,
} from './photo-files.ts';
import type { RenditionProcess } from './rendition-process.ts';
import { nothingSeen, type SeenFiles } from './seen-files.ts';
import { MAX_BYTES, type SkipReason } from './skip-reasons.ts';
import { photosInZip, unpackBudget } from './zip-source.ts';

/** What became of one file. */
export type FileOutcome =
  | { outcome: 'added'; photo: NewPhoto }
  | { outcome: 'double'; photoId: string }
  | { outcome: 'skipped'; reason: SkipReason };

/** What the library knows of a photo: it is there, or staff deleted it. */
export type KnownAs = (photoId: string) => 'here' | 'deleted' | undefined;

/** Codes of a copy that failed because of the library's disk; all others are the source's. */
const LIBRARY_TROUBLE = ['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG'];

/** Photos decoded at a time: one a core, each on one thread, was measured fastest (DESIGN.md section 8). */
const AT_ONCE = 2;

/** What an import may be given besides. */
export interface ImportOptions {
  /** Files below `path` that are meant; without them all are. */
  only?: readonly string[] | undefined;
  /** Told how many files there are, and again when a zip file turns out to hold more. */
  onFound?: ((files: number) => void) | undefined;
  /** Throws where the disk has no room for what is to be unpacked. */
  requireRoom?: () => Promise<void>;
  seen?: SeenFiles;
  /** Begins no further file; those under way are finished, and given. */
  signal?: AbortSignal | undefined;
}

/** What the files of one import share. */
interface Importing {
  files: PhotoFiles;
  renditions: RenditionProcess;
  knownAs: KnownAs;
  seen: SeenFiles;
  /** Photos that are being taken, or were, by this import. */
  begun: Map<string, Promise<FileOutcome>>;
}

/**
 * Imports the file or folder at `path`; zip files are unpacked. Originals and renditions are on disk when a file's
 * outcome is given; the caller records it. A bad file never stops the next one.
 * @throws Problem `import-path-unreadable`; `import-source-gone` when the folder is not there any more; what
 * `requireRoom` throws.
 */
export async function* importPhotos(
  path: string,
  files: PhotoFiles,
  renditions: RenditionProcess,
  knownAs: KnownAs,
  { only, onFound, requireRoom, seen = nothingSeen, signal }: ImportOptions = {},
): AsyncGenerator<{ file: string } & FileOutcome> {
  const found = only ? await lookAtFiles(only) : await findFiles(path);
  let total = found.length;
  onFound?.(total);
  await clearIncoming(files);
  const importing: Importing = { files, renditions, knownAs, seen, begun: new Map() };
  const unpacking = {
    into: files.incoming,
    budget: unpackBudget(),
    onMore: (more: number) => onFound?.((total += more)),
    requireRoom: requireRoom ?? (() => Promise.resolve()),
  };
  async function* opened(): AsyncGenerator<FoundFile> {
    for (const file of found) {
      if (!file.leftOut && !(await wasSeen(file.path, seen)) && (await isZip(file.path)))
        yield* photosInZip(file.path, unpacking);
      else yield file;
    }
  }
  // One file that cannot be read is left out; a whole folder that is gone was a stick that was pulled.
  const checked = async (result: { file: string } & FileOutcome) => {
    if (result.outcome === 'skipped' && result.reason === 'unreadable') await requireSource(path);
    return result;
  };
  const underWay: Promise<{ file: string } & FileOutcome>[] = [];
  try {
    for await (const file of opened()) {
      const taking = importFile(file, importing).then((outcome) => ({ file: file.path, ...outcome }));
      // It may fail while an earlier one is awaited; the failure is met when its turn comes.
      taking.catch(() => undefined);
      underWay.push(taking);
      if (underWay.length >= AT_ONCE) yield await checked(await underWay.shift()!);
      if (signal?.aborted) break;
    }
    while (underWay.length > 0) yield await checked(await underWay.shift()!);
  } finally {
    // The next import uses the same places: nothing of this one may still be at work there.
    await Promise.allSettled(underWay);
  }
}

async function importFile(file: FoundFile, importing: Importing): Promise<FileOutcome> {
  const { path, leftOut, name = basename(path), unpackedTo } = file;
  if (leftOut) return { outcome: 'skipped', reason: leftOut };
  if (unpackedTo === undefined) return importFrom(path, name, importing);
  try {
    return await importFrom(unpackedTo, name, { ...importing, seen: nothingSeen });
  } finally {
    await rm(unpackedTo, { force: true });
  }
}

/** Imports the file at `path`, which is called so. */
async function importFrom(path: string, name: string, importing: Importing): Promise<FileOutcome> {
  const { seen, knownAs, begun } = importing;
  const looked = await lookAt(path, seen, knownAs);
  if ('reason' in looked) return { outcome: 'skipped', reason: looked.reason };
  const { photoId, format, info } = looked;
  const known = knownAs(photoId);
  if (known === 'here') seen.remember(path, info, photoId);
  if (known === 'deleted') return { outcome: 'skipped', reason: known };
  if (known || !format) return { outcome: 'double', photoId };
  const twin = begun.get(photoId);
  if (twin) {
    const outcome = await twin;
    return outcome.outcome === 'skipped' ? outcome : { outcome: 'double', photoId };
  }
  const taken = takePhoto(path, name, photoId, format, importing);
  begun.set(photoId, taken);
  const outcome = await taken;
  if (outcome.outcome === 'added') seen.remember(path, info, photoId);
  return outcome;
}

/** Copies and decodes a photo that the library does not have. */
async function takePhoto(
  path: string,
  fileName: string,
  photoId: string,
  format: ImageFormat,
  { files, renditions }: Importing,
): Promise<FileOutcome> {
  const copy = join(files.incoming, `${photoId}.${format}`);
  const targets = RENDITION_EDGES.map((edge) => ({
    edge,
    path: join(files.incoming, renditionName(photoId, edge)),
  }));
  try {
    if (!(await copySource(path, copy))) return { outcome: 'skipped', reason: 'unreadable' };
    if ((await hashOf(copy)) !== photoId) return { outcome: 'skipped', reason: 'changing' };
    const made = await renditions.make({ source: copy, turned: 0, targets });
    if (!made.ok) return { outcome: 'skipped', reason: made.reason };
    for (const { edge, path } of targets) await settleFile(path, files.rendition(photoId, edge));
    await settleFile(copy, files.original(photoId, format));
    const { ok: _, ...described } = made;
    return { outcome: 'added', photo: { photoId, fileName, ...described } };
  } finally {
    for (const left of [copy, ...targets.map(({ path }) => path)]) await rm(left, { force: true });
  }
}

/**
 * Copies a photo into the library, for the kiosk's owner only whatever its mode was; false when the source
 * cannot be read (any more). @throws when the library's disk does not take it.
 */
async function copySource(path: string, copy: string): Promise<boolean> {
  try {
    await copyFile(path, copy);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || LIBRARY_TROUBLE.includes(code)) throw error;
    return false;
  }
  await chmod(copy, 0o600);
  return true;
}

/** Was the file read before, and is it as it was then? What cannot be looked at was not. */
async function wasSeen(path: string, seen: SeenFiles): Promise<boolean> {
  try {
    return seen.find(path, await stat(path, { bigint: true })) !== undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return false;
  }
}

/**
 * The file's content hash and format, read from its bytes; without a format where the photo is known and the file
 * was not read again. Or why it cannot be taken.
 */
async function lookAt(
  path: string,
  seen: SeenFiles,
  knownAs: KnownAs,
): Promise<{ photoId: string; format?: ImageFormat; info: BigIntStats } | { reason: SkipReason }> {
  try {
    const info = await stat(path, { bigint: true });
    const photoId = seen.find(path, info);
    if (photoId !== undefined && knownAs(photoId)) return { photoId, info };
    const looked = lookAtHead(await readHead(path));
    if ('reason' in looked) return looked;
    if (info.size > MAX_BYTES) return { reason: 'too-large' };
    return { photoId: await hashOf(path), format: looked.format, info };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return { reason: 'unreadable' };
  }
}

/** SHA-256 of a file's bytes, in hex. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
