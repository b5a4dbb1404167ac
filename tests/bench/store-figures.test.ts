import { expect, test } from 'vitest';
import { ratios, spreadOf } from './store-figures.ts';

test('A ratio is made within a round, so a slow round slows nobody', () => {
  const limit = new Map([
    [0, 1],
    [1, 10],
    [2, 1],
  ]);
  const twiceAsSlow = new Map([
    [0, 2],
    [1, 20],
    [2, 2],
  ]);
  expect(ratios(twiceAsSlow, limit)).toEqual([2, 2, 2]);
});

test('A round that one of the two has sat out makes no ratio', () => {
  expect(
    ratios(
      new Map([
        [1, 6],
        [2, 9],
      ]),
      new Map([
        [0, 1],
        [2, 3],
      ]),
    ),
  ).toEqual([3]);
});

test('A spread is the middle and what four of five lie between, whatever the order', () => {
  const values = Array.from({ length: 11 }, (_, index) => 100 - index * 10);
  expect(spreadOf(values)).toEqual({ median: 50, p10: 10, p90: 90 });
  expect(spreadOf([1, 2])?.median).toBe(1.5);
  expect(spreadOf([7])).toEqual({ median: 7, p10: 7, p90: 7 });
  expect(spreadOf([])).toBeUndefined();
});
