import { expect, test } from 'vitest';
import { runStoreMutants } from './mutants.ts';

test('the proof misses every rule that is taken out of the store', { timeout: 480_000 }, async () => {
  const outcomes = await runStoreMutants();
  expect(outcomes.length).toBeGreaterThan(0);
  expect(outcomes.filter(({ caught }) => !caught)).toEqual([]);
});
