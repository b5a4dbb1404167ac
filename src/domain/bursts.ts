import type { Photo } from './photo.ts';

/** Photos of one album that follow each other as soon as this are one burst, in milliseconds. */
const BURST_GAP_MS = 2000;

/**
 * Which photos were taken in one go: by photoId, the id of the first photo of its burst. A photo that is alone, or of
 * which nobody knows when it was taken, is not in it.
 */
export function burstsOf(photos: Iterable<Photo>): Map<string, string> {
  const timed = [...photos].flatMap((photo) =>
    photo.takenAt === undefined ? [] : [{ ...photo, time: Date.parse(photo.takenAt) }],
  );
  timed.sort((a, b) => compare(a.albumId, b.albumId) || a.time - b.time || compare(a.photoId, b.photoId));
  const bursts = new Map<string, string>();
  for (const [index, photo] of timed.entries()) {
    const before = timed[index - 1];
    if (!before || before.albumId !== photo.albumId || photo.time - before.time > BURST_GAP_MS) continue;
    const burst = bursts.get(before.photoId) ?? before.photoId;
    bursts.set(before.photoId, burst).set(photo.photoId, burst);
  }
  return bursts;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
