import { test } from 'vitest';
import { expectProved } from './prove.ts';

test('kill -9 at any moment costs nothing acknowledged', { timeout: 240_000 }, async () => {
  await expectProved('kills');
});

test('a real disk that is full, or may only be read', { timeout: 240_000 }, async ({ skip }) => {
  await expectProved('disk', skip);
});

test('of twenty starts at once one gets the folder', { timeout: 240_000 }, async () => {
  await expectProved('starts');
});
