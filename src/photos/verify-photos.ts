import { RENDITION_EDGES } from '../domain/photo.ts';
import { hashOf } from './import-photos.ts';
import { fileExists, IMAGE_FORMATS, type PhotoFiles } from './photo-files.ts';

/** Checks that each photo's original is there with the right content, and its renditions with it. */
export async function verifyPhotos(photoIds: Iterable<string>, files: PhotoFiles): Promise<string[]> {
  const problems: string[] = [];
  for (const photoId of photoIds) {
    const original = await findOriginal(photoId, files);
    if (!original) problems.push(`photo ${photoId}: the original is missing`);
    else if ((await hashOf(original)) !== photoId)
      problems.push(`photo ${photoId}: the original has changed`);
    for (const edge of RENDITION_EDGES) {
      if (await fileExists(files.rendition(photoId, edge))) continue;
      problems.push(`photo ${photoId}: the rendition of ${edge} pixels is missing`);
    }
  }
  return problems;
}

async function findOriginal(photoId: string, files: PhotoFiles): Promise<string | undefined> {
  for (const format of IMAGE_FORMATS) {
    const path = files.original(photoId, format);
    if (await fileExists(path)) return path;
  }
  return undefined;
}
