import type { Bilingual } from '../../domain/bilingual.ts';
import type { Photo } from '../../domain/photo.ts';
import type { State } from '../../domain/state.ts';
import type { PhotoFiles } from '../../photos/photo-files.ts';
import { verifyPhotos } from '../../photos/verify-photos.ts';
import { photoSources } from './backup-files.ts';
import type { Telling } from './works.ts';

/** How far a check is told, and how it is stopped. */
export type CheckTelling = Pick<Telling, 'signal' | 'progress'>;

/** Checks every photo that the state names. @throws the signal's reason. */
export async function verifyPhotosOf(
  { photos }: State,
  files: PhotoFiles,
  { signal, progress }: CheckTelling,
): Promise<Bilingual[]> {
  const sizes = new Map<Photo, number>();
  let total = 0;
  for (const photo of photos.values()) {
    signal.throwIfAborted();
    const { sources } = await photoSources([photo], files);
    const size = sources.reduce((sum, source) => sum + source.size, 0);
    sizes.set(photo, size);
    total += size;
  }
  const problems: Bilingual[] = [];
  let done = 0;
  for (const [photo, size] of sizes) {
    signal.throwIfAborted();
    problems.push(...(await verifyPhotos([photo], files)));
    done += size;
    progress(done, total);
  }
  return problems;
}
