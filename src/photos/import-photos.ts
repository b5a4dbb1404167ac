import { createHash } from 'node:crypto';
import { chmod, copyFile, open, rm, stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { RENDITION_EDGES, type NewPhoto } from '../domain/photo.ts';
import { findFiles, requireSource, type FoundFile } from './find-files.ts';
import { sniffFormat } from './image-format.ts';
import {
  clearIncoming,
  renditionName,
  settleFile,
  type ImageFormat,
  type PhotoFiles,
} from './photo-files.ts';
import type { RenditionProcess } from './rendition-process.ts';
import { MAX_BYTES, type SkipReason } from './skip-reasons.ts';

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

/**
 * Imports the file or folder at `path`. Originals and renditions are on disk when a file's outcome is given;
 * the caller records it. A bad file never stops the next one; `onFound` is told how many there are.
 * @throws Problem `import-path-unreadable`; `import-source-gone` when the folder is not there any more.
 */
export async function* importPhotos(
  path: string,
  files: PhotoFiles,
  renditions: RenditionProcess,
  knownAs: KnownAs,
  onFound: (files: number) => void = () => undefined,
): AsyncGenerator<{ file: string } & FileOutcome> {
  const found = await findFiles(path);
  onFound(found.length);
  await clearIncoming(files);
  const begun = new Map<string, Promise<FileOutcome>>();
  const take = async (file: FoundFile) => ({
    file: file.path,
    ...(await importFile(file, files, renditions, knownAs, begun)),
  });
  // One file that cannot be read is left out; a whole folder that is gone was a stick that was pulled.
  const checked = async (result: { file: string } & FileOutcome) => {
    if (result.outcome === 'skipped' && result.reason === 'unreadable') await requireSource(path);
    return result;
  };
  const underWay: Promise<{ file: string } & FileOutcome>[] = [];
  for (const file of found) {
    const taking = take(file);
    // It may fail while an earlier one is awaited; the failure is met when its turn comes.
    taking.catch(() => undefined);
    underWay.push(taking);
    if (underWay.length >= AT_ONCE) yield await checked(await underWay.shift()!);
  }
  for (const last of underWay) yield await checked(await last);
}

async function importFile(
  { path, leftOut }: FoundFile,
  files: PhotoFiles,
  renditions: RenditionProcess,
  knownAs: KnownAs,
  begun: Map<string, Promise<FileOutcome>>,
): Promise<FileOutcome> {
  if (leftOut) return { outcome: 'skipped', reason: leftOut };
  const looked = await lookAt(path);
  if ('reason' in looked) return { outcome: 'skipped', reason: looked.reason };
  const { photoId, format } = looked;
  const known = knownAs(photoId);
  if (known === 'deleted') return { outcome: 'skipped', reason: known };
  if (known) return { outcome: 'double', photoId };
  const twin = begun.get(photoId);
  if (twin) {
    const outcome = await twin;
    return outcome.outcome === 'skipped' ? outcome : { outcome: 'double', photoId };
  }
  const taken = takePhoto(path, photoId, format, files, renditions);
  begun.set(photoId, taken);
  return taken;
}

/** Copies and decodes a photo that the library does not have. */
async function takePhoto(
  path: string,
  photoId: string,
  format: ImageFormat,
  files: PhotoFiles,
  renditions: RenditionProcess,
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
    return { outcome: 'added', photo: { photoId, fileName: basename(path), ...described } };
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

/** The file's content hash and format, read from its bytes; or why it cannot be taken. */
async function lookAt(
  path: string,
): Promise<{ photoId: string; format: ImageFormat } | { reason: SkipReason }> {
  try {
    const { size } = await stat(path);
    if (size === 0) return { reason: 'empty' };
    const format = sniffFormat(await readHead(path));
    if (!format) return { reason: 'not-a-photo' };
    if (format === 'other-picture') return { reason: 'format-not-supported' };
    if (size > MAX_BYTES) return { reason: 'too-large' };
    return { photoId: await hashOf(path), format };
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

async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
