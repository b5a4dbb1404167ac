import type { Slide } from '../../../src/api/shows-api.ts';

/** A slide with a key of its own, which it keeps when the show is told anew. */
export type KeyedSlide = Slide & { key: string };

/** What stands on the screen when nothing of the show can be shown. */
export const WELCOME: KeyedSlide = { kind: 'welcome', key: 'welcome' };

/** Gives every slide its key; the second time the same thing comes, it gets another one. */
export function keyed(slides: readonly Slide[]): KeyedSlide[] {
  const seen = new Map<string, number>();
  return slides.map((slide) => {
    const name = nameOf(slide);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { ...slide, key: times === 1 ? name : `${name} ${times}` };
  });
}

function nameOf(slide: Slide): string {
  switch (slide.kind) {
    case 'photo':
      return `photo ${slide.photoId}`;
    case 'slogan':
      return `slogan ${slide.sloganId}`;
    default:
      return slide.kind;
  }
}

/**
 * Where a show goes on that was told anew: at the slide that stood, else at the first after it that is still there.
 * Returns a place in `now`.
 */
export function placeToGoOn(
  before: readonly KeyedSlide[],
  key: string | undefined,
  now: readonly KeyedSlide[],
): number {
  const stood = Math.max(
    0,
    before.findIndex((slide) => slide.key === key),
  );
  const places = new Map(now.map((slide, place) => [slide.key, place]));
  const rest = [...before.slice(stood), ...before.slice(0, stood)];
  const first = rest.find((slide) => places.has(slide.key));
  return first ? places.get(first.key)! : 0;
}

/** The slides of one round that begins at `start` and goes forward (1) or back (-1). */
export function roundFrom(slides: readonly KeyedSlide[], start: number, step: 1 | -1): KeyedSlide[] {
  const count = slides.length;
  return slides.map((_, turn) => slides[(((start + turn * step) % count) + count) % count]!);
}
