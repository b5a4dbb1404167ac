import { createReadStream } from 'node:fs';
import { copyFile, link, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { isBackupName } from '../../backup/manifest.ts';
import type { BackupSource } from '../../backup/write-zip.ts';
import { RENDITION_EDGES, type Photo } from '../../domain/photo.ts';
import { IMAGE_FORMATS, renditionName, type PhotoFiles } from '../../photos/photo-files.ts';
import { segmentName, seqInName } from '../../store/journal-format.ts';

/** Photos as files: those that are there, and how many are not. */
export interface PhotoSources {
  sources: BackupSource[];
  missing: number;
}

/** A backup's list and frame take this much for each file, at most, in bytes. */
const FRAME = 512;

/** The most that a backup of these files takes, in bytes. */
export function packedSize(sources: readonly BackupSource[]): number {
  return sources.reduce((sum, { size }) => sum + size + FRAME, 0);
}

/** Every file that belongs to the store at present: what a backup would hold. */
export async function presentStoreSources(dataFolder: string): Promise<BackupSource[]> {
  const folder = join(dataFolder, 'store');
  const names = (await readdir(folder)).filter((name) => isBackupName(`store/${name}`));
  return Promise.all(names.map((name) => storeSource(folder, name)));
}

/**
 * Keeps the files of the store up to the event `lastSeq`, which change no more, in `folder`, and the segment behind them
 * as it began: a snapshot and a segment that cuts count only with the segment behind them.
 */
export async function keepClosedFiles(
  dataFolder: string,
  names: readonly string[],
  lastSeq: number,
  folder: string,
): Promise<void> {
  const store = join(dataFolder, 'store');
  const closed = names.filter(
    (name) => (seqInName(name, 'journal') ?? 0) <= lastSeq && (seqInName(name, 'snapshot') ?? 0) <= lastSeq,
  );
  for (const name of closed) await keepFile(join(store, name), join(folder, name));
  const begun = segmentName(lastSeq + 1);
  await writeFile(join(folder, begun), await firstLine(join(store, begun)), { mode: 0o600 });
}

/** Under a second name, so that it stays although the store drops it; as a copy where the disk knows no such names. */
async function keepFile(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes(code)) throw error;
    await copyFile(from, to);
  }
}

/** The originals of photos and their renditions as they are turned now. */
export async function photoSources(
  photos: Iterable<Pick<Photo, 'photoId' | 'turned'>>,
  files: PhotoFiles,
): Promise<PhotoSources> {
  const found: PhotoSources = { sources: [], missing: 0 };
  for (const { photoId, turned } of photos) {
    const originals = await Promise.all(
      IMAGE_FORMATS.map((format) =>
        photoSource('originals', `${photoId}.${format}`, files.original(photoId, format)),
      ),
    );
    const renditions = RENDITION_EDGES.map((edge) =>
      photoSource('renditions', renditionName(photoId, edge, turned), files.rendition(photoId, edge, turned)),
    );
    for (const source of [originals.find(Boolean), ...(await Promise.all(renditions))]) {
      if (source) found.sources.push(source);
      else found.missing++;
    }
  }
  return found;
}

async function storeSource(folder: string, name: string): Promise<BackupSource> {
  const path = join(folder, name);
  return { name: `store/${name}`, path, size: (await stat(path)).size };
}

async function photoSource(
  kind: 'originals' | 'renditions',
  fileName: string,
  path: string,
): Promise<BackupSource | undefined> {
  try {
    const { size } = await stat(path);
    return { name: `photos/${kind}/${fileName.slice(0, 2)}/${fileName}`, path, size };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A segment's header, which is on disk before anything is appended. */
async function firstLine(path: string): Promise<Buffer> {
  const start = await buffer(createReadStream(path, { end: 1023 }));
  return start.subarray(0, start.indexOf(10) + 1);
}
