import { expect, test } from 'vitest';
import { record } from './crashes.ts';
import { ORDINARY, SCRIPTS } from './days.ts';
import { expectProved } from './prove.ts';

test(
  'power loss: behind any change of the disk it loses nothing acknowledged, whatever the disk kept of the rest',
  { timeout: 240_000 },
  async () => {
    const { total, tried } = await expectProved('crashes');
    const others = tried.get('killed and started again, then a power cut')!;
    expect(total - others, 'states that differ').toBeGreaterThan(10_000);
  },
);

test('an ordinary day is one on which the store refuses nothing', async () => {
  const { told, refusals } = await record(ORDINARY);
  expect(refusals).toEqual([]);
  expect(told.attempts.filter(({ acknowledged }) => !acknowledged)).toEqual([]);
});

test.each(SCRIPTS)('$name: most of it is acknowledged', async (script) => {
  const { told } = await record(script);
  const acknowledged = told.attempts.filter((attempt) => attempt.acknowledged).length;
  expect(acknowledged).toBeGreaterThan(told.attempts.length / 2);
});
