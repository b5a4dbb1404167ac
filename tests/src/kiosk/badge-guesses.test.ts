import { expect, test } from 'vitest';
import type { Role } from '../../../src/domain/role.ts';
import { openTestKiosk, prepareEvening, type TestKiosk } from '../../support/served-kiosk.ts';

/** Reads a badge and says what came of it: a name, or the code of the "no" and its seconds. */
async function read({ kiosk }: TestKiosk, badge: string, role: Role = 'screen'): Promise<string> {
  const answer = await kiosk.dispatch('badges.read', { badge }, { role });
  if (answer.ok) return (answer.result as { person: { name: string } }).person.name;
  const { code, seconds } = answer.refusal;
  return seconds === undefined ? code : `${code} ${String(seconds)}`;
}

async function openEvening(): Promise<TestKiosk> {
  const kiosk = await openTestKiosk();
  await prepareEvening(kiosk);
  return kiosk;
}

test('a program that guesses staff numbers waits, longer and longer, and learns little in an hour', async () => {
  const kiosk = await openEvening();
  let guesses = 0;
  for (let second = 0; second < 3600; second++) {
    for (let inSecond = 0; inSecond < 5; inSecond++) {
      if ((await read(kiosk, `X${second}${inSecond}`)) === 'badge-unknown') guesses++;
    }
    kiosk.clock.forward(1);
  }
  expect(guesses).toBeGreaterThan(30);
  expect(guesses).toBeLessThanOrEqual(200);
});

test('a queue in which nobody has a badge that is known never waits, however long it is', async () => {
  const kiosk = await openEvening();
  // The peak of a gate, 12 people a minute, for an hour; the first ones all at once and each twice.
  const told = new Set<string>();
  for (let person = 0; person < 15; person++) {
    told.add(await read(kiosk, `W00${person}`));
    told.add(await read(kiosk, `W00${person}`));
  }
  for (let person = 0; person < 720; person++) {
    kiosk.clock.forward(5);
    told.add(await read(kiosk, `W00${person}`));
  }
  expect([...told]).toEqual(['badge-unknown']);
});

test('who stands behind somebody who guesses waits half a minute at most, and staff never', async () => {
  const kiosk = await openEvening();
  for (let guess = 0; guess < 31; guess++) expect(await read(kiosk, `X00${guess}`)).toBe('badge-unknown');
  expect(await read(kiosk, '1003')).toBe('badges-wait 5');
  expect(await read(kiosk, '1003', 'editor')).toBe('王建国');
  kiosk.clock.forward(5);
  const waits: number[] = [];
  for (let turn = 0; turn < 10; turn++) {
    for (let guess = 0; guess < 12; guess++) await read(kiosk, `Y00${guess}`);
    waits.push(Number(/^badges-wait (\d+)$/.exec(await read(kiosk, '1003'))?.[1]));
    kiosk.clock.forward(waits.at(-1)!);
    expect(await read(kiosk, '1003')).toBe('王建国');
  }
  expect(waits.slice(0, 4)).toEqual([10, 20, 30, 30]);
  expect(Math.max(...waits)).toBe(30);
});
