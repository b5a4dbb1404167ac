import { expect, test } from 'vitest';
import type { JournalRecord } from '../../../src/store/journal-format.ts';
import { doublesIn, entryOf, faultsIn, Told } from './told.ts';

const event = (seq: number, n = seq - 1): JournalRecord => ({
  ...entryOf(n),
  seq,
  v: 1,
  id: `abcdef-${seq}`,
  run: 'run',
});

/** Three events given at 0, 1 and 2, each acknowledged one later; and two more at once, without an answer yet. */
function toldOf(): Told {
  let now = 0;
  const told = new Told(() => now);
  for (let n = 0; n < 3; n++) {
    const attempt = told.give();
    now++;
    told.acknowledge(attempt, n + 1);
  }
  told.give();
  told.give();
  return told;
}

test('an event is lost when it was acknowledged by then and is not there under its number', () => {
  const told = toldOf();
  expect(told.lostIn([0, 1, 2], 3)).toBe(0);
  expect(told.lostIn([0, 1], 3)).toBe(1);
  expect(told.lostIn([0, 1], 2)).toBe(0);
  expect(told.lostIn([1, 0, 2], 3)).toBe(2);
});

test('what came back twice, changed, invented or out of order is seen', () => {
  const told = toldOf();
  const whole = [event(1), event(2), event(3)];
  expect([faultsIn(told, 3, whole), doublesIn(whole)]).toEqual([[], 0]);
  expect(doublesIn([...whole, event(4, 2)])).toBe(1);
  expect(doublesIn([...whole, event(3, 3)])).toBe(1);
  expect(faultsIn(told, 3, [event(1), event(3)])).not.toEqual([]);
  expect(faultsIn(told, 3, [event(2, 1), event(1, 0)])).not.toEqual([]);
  expect(faultsIn(told, 3, [...whole, event(4, 9)])).not.toEqual([]);
  for (const changed of [
    { at: 'later' },
    { mono: 1 },
    { type: 'other' },
    { data: { n: 2, text: '' } },
    { gesture: {} },
  ]) {
    expect(faultsIn(told, 3, [event(1), event(2), { ...event(3), ...changed }])).not.toEqual([]);
  }
});

test('of what nobody has had an answer to, the first may be there, never a later one alone', () => {
  const told = toldOf();
  const whole = [event(1), event(2), event(3)];
  expect(faultsIn(told, 3, [...whole, event(4, 3)])).toEqual([]);
  expect(faultsIn(told, 3, [...whole, event(4, 3), event(5, 4)])).toEqual([]);
  expect(faultsIn(told, 3, [...whole, event(4, 4)])).not.toEqual([]);
});

test('once texts were erased, one that is still there is a fault', () => {
  let now = 0;
  const told = new Told(() => now);
  for (let n = 0; n < 2; n++) told.acknowledge(told.give(), n + 1);
  const whole = [event(1), event(2)];
  const erased = whole.map((one) => ({ ...one, data: { ...(one.data as object), text: '' } }));
  expect(faultsIn(told, now, erased)).not.toEqual([]);
  now = 5;
  told.beginErasing();
  now = 9;
  told.endErasing();
  expect(faultsIn(told, 7, whole)).toEqual([]);
  expect(faultsIn(told, 7, erased)).toEqual([]);
  expect(faultsIn(told, 7, [erased[0]!, whole[1]!])).not.toEqual([]);
  expect(faultsIn(told, 9, whole)).not.toEqual([]);
  expect(faultsIn(told, 9, erased)).toEqual([]);
});
