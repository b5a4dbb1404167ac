import { expect } from 'vitest';
import { PARTS } from './parts.ts';
import { Tally } from './tally.ts';

/** Runs a part of the proof as far as a test does; it must have nothing to complain of. */
export async function expectProved(part: string, skip?: (note: string) => never): Promise<Tally> {
  const tally = new Tally();
  const leftOut = await PARTS[part]!(tally, 'test');
  if (leftOut !== undefined && skip) skip(leftOut);
  expect(tally.complaints, tally.result).toEqual([]);
  expect(tally.isGood, tally.result).toBe(true);
  expect(tally.total).toBeGreaterThan(0);
  return tally;
}
