import type { Signature } from '../../../../src/domain/evidence.ts';

/** A point of the pen: parts of the box's width, from its top left. */
export interface Point {
  x: number;
  y: number;
}
export type Stroke = Point[];

/** The width of a signature's box in its own units: finer than any finger. */
export const UNITS = 2000;
/** Most bytes of a signature as JSON. */
export const MOST_BYTES = 30_000;
/** Most strokes, and numbers in one, that the kiosk takes. */
export const MOST_STROKES = 200;
const MOST_NUMBERS = 4000;

/**
 * The strokes as they are kept: whole units, without the points that a line between their neighbours passes within a
 * unit; of a long signature within more, until it fits. Undefined where nothing was drawn.
 * @param ratio the box's height by its width
 */
export function toSignature(strokes: readonly Stroke[], ratio: number): Signature | undefined {
  if (strokes.length === 0) return undefined;
  const height = Math.max(1, Math.round(UNITS * ratio));
  const whole = strokes.slice(0, MOST_STROKES).map((stroke) => stroke.map((point) => inUnits(point, height)));
  for (let tolerance = 1; ; tolerance *= 2) {
    const kept = whole.map((stroke) => thinned(stroke, tolerance).flatMap(({ x, y }) => [x, y]));
    const signature = { width: UNITS, height, strokes: kept };
    const fits = JSON.stringify(signature).length <= MOST_BYTES;
    if (fits && kept.every((numbers) => numbers.length <= MOST_NUMBERS)) return signature;
  }
}

/** In whole units and inside the box, however far the finger slid. */
function inUnits({ x, y }: Point, height: number): Point {
  const within = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value * UNITS)));
  return { x: within(x, UNITS), y: within(y, height) };
}

/** Without the points that lie within `tolerance` of the line that is left (Ramer, Douglas and Peucker). */
export function thinned(stroke: Stroke, tolerance: number): Stroke {
  const last = stroke.length - 1;
  const keep = new Set([0, last]);
  const parts = [[0, last]];
  for (let part = parts.pop(); part; part = parts.pop()) {
    const [from, to] = part as [number, number];
    let farthest = { index: -1, away: tolerance };
    for (let index = from + 1; index < to; index++) {
      const away = distance(stroke[index]!, stroke[from]!, stroke[to]!);
      if (away > farthest.away) farthest = { index, away };
    }
    if (farthest.index < 0) continue;
    keep.add(farthest.index);
    parts.push([from, farthest.index], [farthest.index, to]);
  }
  return stroke.filter((_, index) => keep.has(index));
}

/** How far a point is from the line between two others. */
function distance(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
  const nearest = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - nearest * dx, point.y - from.y - nearest * dy);
}
