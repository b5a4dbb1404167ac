import { expect, test } from 'vitest';
import { runMutants } from './run.ts';

test('the tests notice every rule that is taken out', { timeout: 1_200_000 }, async () => {
  const outcomes = await runMutants(1);
  expect(outcomes.length).toBeGreaterThan(0);
  expect(outcomes.filter(({ caught }) => !caught)).toEqual([]);
});
