import { test } from 'vitest';
import { expectProved } from './prove.ts';

test(
  'whatever call fails, however and how often, nothing acknowledged is lost',
  { timeout: 240_000 },
  async () => {
    await expectProved('faults');
  },
);

test('no flipped bit and no cut is taken in silence', { timeout: 240_000 }, async () => {
  await expectProved('damage');
});
