import type { Bilingual } from '../domain/bilingual.ts';
import { RENDITION_EDGES, type Photo } from '../domain/photo.ts';
import { hashOf } from './import-photos.ts';
import { fileExists, type PhotoFiles } from './photo-files.ts';
import { findOriginal } from './remake-renditions.ts';

/** Checks that each photo's original is there with the right content, and its renditions with it. */
export async function verifyPhotos(
  photos: Iterable<Pick<Photo, 'photoId' | 'turned'>>,
  files: PhotoFiles,
): Promise<Bilingual[]> {
  const problems: Bilingual[] = [];
  for (const { photoId, turned } of photos) {
    const original = await findOriginal(photoId, files);
    if (!original)
      problems.push({ en: `photo ${photoId}: the original is missing`, zh: `照片 ${photoId}：原图缺失` });
    else if ((await hashOf(original)) !== photoId)
      problems.push({
        en: `photo ${photoId}: the original has changed`,
        zh: `照片 ${photoId}：原图已被改动`,
      });
    for (const edge of RENDITION_EDGES) {
      if (await fileExists(files.rendition(photoId, edge, turned))) continue;
      problems.push({
        en: `photo ${photoId}: the rendition of ${edge} pixels is missing`,
        zh: `照片 ${photoId}：缺少 ${edge} 像素的版本`,
      });
    }
  }
  return problems;
}
