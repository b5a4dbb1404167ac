import { expect, test } from 'vitest';
import { runMutants } from './run.ts';

test('the invariants notice every rule that is taken out', { timeout: 120_000 }, async () => {
  const outcomes = await runMutants();
  expect(outcomes.length).toBeGreaterThan(0);
  expect(outcomes.filter(({ caught }) => !caught)).toEqual([]);
});
