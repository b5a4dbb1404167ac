import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LARGE_EDGE, RENDITION_EDGES, TURNS, type Turn } from '../domain/photo.ts';

/** Long edge of a rendition, in pixels. */
export type RenditionEdge = (typeof RENDITION_EDGES)[number] | typeof LARGE_EDGE;
/** The formats that are taken, by their file ending. */
export const IMAGE_FORMATS = ['jpg', 'png', 'webp', 'avif', 'gif', 'tif', 'heic'] as const;
/** One of the formats that are taken. */
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** Where the photo library keeps its files, all under their content hash. */
export interface PhotoFiles {
  original(photoId: string, format: ImageFormat): string;
  /** The copy of that size, turned so far clockwise. */
  rendition(photoId: string, edge: RenditionEdge, turned?: Turn): string;
  /** A place for files of an import that are not whole yet. */
  incoming: string;
  /** A place for copies that are being made anew. */
  making: string;
}

/** The places of the photo library below a data folder. */
export function photoFiles(dataFolder: string): PhotoFiles {
  const root = join(dataFolder, 'photos');
  return {
    original: (photoId, format) => join(root, 'originals', photoId.slice(0, 2), `${photoId}.${format}`),
    rendition: (photoId, edge, turned) =>
      join(root, 'renditions', photoId.slice(0, 2), renditionName(photoId, edge, turned)),
    incoming: join(root, 'incoming'),
    making: join(root, 'making'),
  };
}

/** The name of a copy's file. */
export function renditionName(photoId: string, edge: RenditionEdge, turned: Turn = 0): string {
  return `${photoId}-${edge}${turned === 0 ? '' : `-r${turned}`}.jpg`;
}

/** Moves a finished file to its place for good: synced, renamed, the folder synced. */
export async function settleFile(from: string, to: string): Promise<void> {
  await syncPath(from, 'r+');
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await rename(from, to);
  if (process.platform !== 'win32') await syncPath(dirname(to), 'r');
}

/** Empties the place for unfinished files; what lies there was never named by an event. */
export async function clearIncoming(files: PhotoFiles): Promise<void> {
  await rm(files.incoming, { recursive: true, force: true });
  await mkdir(files.incoming, { recursive: true, mode: 0o700 });
}

/** Removes every file of a photo. */
export async function removePhotoFiles(files: PhotoFiles, photoId: string): Promise<void> {
  for (const format of IMAGE_FORMATS) await rm(files.original(photoId, format), { force: true });
  for (const edge of [...RENDITION_EDGES, LARGE_EDGE] as const)
    for (const turned of TURNS) await rm(files.rendition(photoId, edge, turned), { force: true });
}

/** Is there a readable file? */
export async function fileExists(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function syncPath(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
