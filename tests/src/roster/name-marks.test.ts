import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forEachMark, markRange, noMarks, takeAway } from '../../../src/roster/name-marks.ts';

const numbers = fc.array(fc.nat({ max: 99 }), { maxLength: 40 });

function marked(owners: number[]) {
  const marks = noMarks(100);
  markRange(marks, Int32Array.from(owners), [0, owners.length]);
  return marks;
}

test('marks are visited once each, by number, less those taken away', () => {
  fc.assert(
    fc.property(numbers, numbers, (made, taken) => {
      const marks = marked(made);
      takeAway(marks, marked(taken));
      const visited: number[] = [];
      forEachMark(marks, (owner) => visited.push(owner));
      const left = new Set(made.filter((one) => !taken.includes(one)));
      expect(visited).toEqual([...left].sort((a, b) => a - b));
    }),
  );
});

test('only what lies in the range is marked', () => {
  const marks = noMarks(64);
  markRange(marks, Int32Array.of(5, 31, 32, 63, 0), [1, 4]);
  const visited: number[] = [];
  forEachMark(marks, (owner) => visited.push(owner));
  expect(visited).toEqual([31, 32, 63]);
});
