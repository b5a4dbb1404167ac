import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../domain/problem.ts';
import type { Turn } from '../domain/photo.ts';
import {
  fileExists,
  IMAGE_FORMATS,
  renditionName,
  settleFile,
  type PhotoFiles,
  type RenditionEdge,
} from './photo-files.ts';
import type { RenditionProcess } from './rendition-process.ts';
import type { RenditionReply } from './rendition-worker.ts';

/**
 * Makes copies of a photo from its original, turned so far, in one decode; they are on disk when this resolves.
 * @throws Problem `photo-unreadable` when the original is missing or cannot be decoded any more.
 */
export async function remakeRenditions(
  photoId: string,
  turned: Turn,
  edges: readonly RenditionEdge[],
  files: PhotoFiles,
  renditions: RenditionProcess,
): Promise<Extract<RenditionReply, { ok: true }>> {
  const source = await findOriginal(photoId, files);
  if (source === undefined) throw unreadable();
  const targets = edges.map((edge) => ({
    edge,
    path: join(files.making, renditionName(photoId, edge, turned)),
  }));
  try {
    const made = await renditions.make({ source, turned, targets });
    if (!made.ok) throw unreadable();
    for (const { edge, path } of targets) await settleFile(path, files.rendition(photoId, edge, turned));
    return made;
  } finally {
    for (const { path } of targets) await rm(path, { force: true });
  }
}

/** Where the original of a photo lies, whatever its format; undefined when it is not there. */
export async function findOriginal(photoId: string, files: PhotoFiles): Promise<string | undefined> {
  for (const format of IMAGE_FORMATS) {
    const path = files.original(photoId, format);
    if (await fileExists(path)) return path;
  }
  return undefined;
}

function unreadable(): Problem {
  return new Problem('photo-unreadable', {
    en: "The photo's original cannot be read any more. Please have the disk checked and the photos verified (muster verify). Nothing has changed.",
    zh: '无法再读取这张照片的原图，请检查磁盘并校验照片（muster verify）。未作任何更改。',
  });
}
