import { LARGE_EDGE, RENDITION_EDGES } from '../../src/domain/photo.ts';

/** What the address of a picture is made of. */
export interface Picture {
  photoId: string;
  /** Degrees clockwise that staff turned it. */
  turned?: number;
}

const EDGES = [...RENDITION_EDGES, LARGE_EDGE];
/** A picture may be shown so much larger than it is before anybody sees that. */
const STRETCH = 1.25;

/** The long edge of the smallest copy that fills `needed` pixels of a screen. */
export function edgeFor(needed: number): number {
  return EDGES.find((edge) => edge * (edge === EDGES[0] ? 1 : STRETCH) >= needed) ?? LARGE_EDGE;
}

/** Address of a picture by its long edge. */
export function photoUrl({ photoId, turned }: Picture, edge: number): string {
  return `/photos/${photoId}/${edge}.jpg${turned ? `?turned=${turned}` : ''}`;
}

/** Where a picture that is cropped lies, so that what must be kept is seen: for `object-position`. */
export function focusPosition({ focus }: { focus?: { x: number; y: number } }): string {
  return focus ? `${100 * focus.x}% ${100 * focus.y}%` : '50% 50%';
}
