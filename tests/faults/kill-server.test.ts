import { expect, test } from 'vitest';
import type { VisitView } from '../../src/api/attendance-api.ts';
import { compare, isGood, killRounds } from './kill-server.ts';

test('a server killed in the rush loses no acknowledged sign-in and doubles none', async () => {
  let kills = 0;
  for await (const round of killRounds(2, 300)) {
    kills++;
    expect(round).toMatchObject({ lost: 0, doubled: 0, unrepeatable: 0, problems: [] });
    expect(round.acknowledged).toBeGreaterThan(0);
    expect(round.found).toBeGreaterThanOrEqual(round.acknowledged);
    expect(isGood(round)).toBe(true);
  }
  expect(kills).toBe(2);
}, 120_000);

test('the comparison itself sees a loss, a changed number and a double', () => {
  const visit = (personId: string, seq: number) => ({ visitId: `v-${seq}`, personId, seq }) as VisitView;
  const told = new Map([
    ['gesture-a', { visitId: 'v-1', seq: 1 }],
    ['gesture-b', { visitId: 'v-2', seq: 2 }],
  ]);
  expect(compare([visit('a', 1), visit('b', 2)], told)).toEqual({ lost: 0, doubled: 0 });
  expect(compare([visit('a', 1)], told)).toEqual({ lost: 1, doubled: 0 });
  expect(compare([visit('a', 1), { ...visit('b', 3), visitId: 'v-2' }], told)).toEqual({
    lost: 1,
    doubled: 0,
  });
  expect(compare([visit('a', 1), visit('b', 2), visit('a', 3)], told)).toEqual({ lost: 0, doubled: 1 });
});
