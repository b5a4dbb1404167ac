import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  MOST_BYTES,
  MOST_STROKES,
  thinned,
  toSignature,
  UNITS,
  type Stroke,
} from '../../../../renderer/features/gate/evidence/strokes.ts';

const point = fc.record({
  x: fc.double({ min: -0.2, max: 1.2, noNaN: true }),
  y: fc.double({ min: -0.2, max: 0.7, noNaN: true }),
});

test('nothing drawn is no signature', () => {
  expect(toSignature([], 0.4)).toBeUndefined();
});

test('a straight line is its ends, a dot is one point', () => {
  const line = Array.from({ length: 50 }, (_, index) => ({ x: index / 100, y: index / 200 }));
  expect(toSignature([line, [{ x: 0.5, y: 0.2 }]], 0.5)).toEqual({
    width: UNITS,
    height: UNITS / 2,
    strokes: [
      [0, 0, 980, 490],
      [1000, 400],
    ],
  });
});

test('whatever is drawn becomes whole units inside the box, few enough for the kiosk', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(point, { minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 250 }),
      (strokes) => {
        const { width, height, strokes: kept } = toSignature(strokes, 0.4)!;
        expect(kept.length).toBe(Math.min(strokes.length, MOST_STROKES));
        for (const numbers of kept) {
          expect(numbers.length % 2).toBe(0);
          expect(numbers.length).toBeGreaterThanOrEqual(2);
          numbers.forEach((value, index) => {
            expect(Number.isInteger(value) && value >= 0 && value <= (index % 2 ? height : width)).toBe(true);
          });
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('a signature of minutes is thinned until it fits, and stays what it is', () => {
  const scribble: Stroke[] = Array.from({ length: 100 }, (_, line) =>
    Array.from({ length: 600 }, (_, step) => ({
      x: 0.5 + 0.45 * Math.sin(step / 7 + line),
      y: 0.2 + 0.18 * Math.cos(step / 5 + line * 2),
    })),
  );
  const signature = toSignature(scribble, 0.4)!;
  const size = JSON.stringify(signature).length;
  expect(size).toBeLessThanOrEqual(MOST_BYTES);
  expect(size).toBeGreaterThan(MOST_BYTES / 8);
  expect(signature.strokes.length).toBe(100);
});

test('no point that is left out is farther from the line than the tolerance', () => {
  const curve = Array.from({ length: 200 }, (_, step) => ({
    x: step * 5,
    y: 200 + 150 * Math.sin(step / 9),
  }));
  const kept = thinned(curve, 2);
  expect(kept.length).toBeLessThan(80);
  for (const { x, y } of curve) {
    const after = kept.findIndex((one) => one.x >= x);
    const [b, a] = [kept[after]!, kept[Math.max(0, after - 1)]!];
    const at = b.x === a.x ? b.y : a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x);
    // Measured upright, which is farther than straight to the line.
    const slope = b.x === a.x ? 0 : (b.y - a.y) / (b.x - a.x);
    expect(Math.abs(at - y) / Math.hypot(1, slope)).toBeLessThanOrEqual(2.001);
  }
});
