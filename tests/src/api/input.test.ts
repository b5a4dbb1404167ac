import { describe, expect, test } from 'vitest';
import { characters, id, isoTime, line } from '../../../src/api/operation.ts';
import { contract } from '../../../src/api/contract.ts';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe('a line of text', () => {
  test.each([
    ['spaces around it', '  王建国\t', '王建国'],
    ['an accent typed as two', 'Jose\u0301', 'José'],
    ['a line break', 'Wang\nLi', 'WangLi'],
    ['a NUL', 'Wang\0', 'Wang'],
    ['text that runs backwards', 'Wang\u202Egnaw', 'Wanggnaw'],
    ['a byte order mark', '\uFEFF王', '王'],
  ])('with %s is tidied', (_what, typed, kept) => {
    expect(line(64).parse(typed)).toBe(kept);
  });

  test.each([
    ['nothing', ''],
    ['spaces only', '   '],
    ['characters nobody sees', '\u200B\u202E\0'],
    ['too many emoji', '🧱'.repeat(65)],
    ['a number', 5],
    ['null', null],
  ])('%s is refused', (_what, typed) => {
    expect(accepts(line(64), typed)).toBe(false);
  });

  test('people count characters, not code units', () => {
    expect(accepts(characters(64), '🧱'.repeat(64))).toBe(true);
    expect(accepts(characters(64), '𠮷'.repeat(65))).toBe(false);
  });
});

describe('an id', () => {
  test.each(['a', 'sample-chen-wei', 'ab12cd-17', 'A.b_c-9', 'x'.repeat(80)])('%s is one', (text) => {
    expect(accepts(id, text)).toBe(true);
  });

  test.each([
    '',
    '.',
    '..',
    '-a',
    '_a',
    'a/b',
    'a\\b',
    'a b',
    'a\n',
    'a\0',
    '王',
    '__proto__',
    'x'.repeat(81),
  ])('%j is none', (text) => {
    expect(accepts(id, text)).toBe(false);
  });
});

describe('a time', () => {
  test.each(['2026-11-22T18:00:00.000+08:00', '2026-02-28T00:00:00.123-03:30'])('%s is one', (text) => {
    expect(accepts(isoTime, text)).toBe(true);
  });

  test.each([
    '2026-11-22T18:00:00.000Z',
    '2026-11-22T18:00:00+08:00',
    '2026-11-22T18:00:00.000',
    '2026-02-30T18:00:00.000+08:00',
    '2026-11-22T24:00:00.000+08:00',
    '2026-11-22',
    'tonight',
  ])('%s is none', (text) => {
    expect(accepts(isoTime, text)).toBe(false);
  });
});

describe('an activity', () => {
  const words = { en: 'Drill', zh: '演练' };
  const save = (schedule: unknown, posts: unknown[] = []) =>
    accepts(contract['activities.save'].input, {
      gestureId: 'g',
      activity: { title: words, place: words, schedule, posts },
    });
  const daily = { kind: 'daily', start: '18:00', end: '20:00' };

  test('is refused with a clock that does not exist', () => {
    expect(save(daily)).toBe(true);
    for (const start of ['24:00', '18:60', '8:00', '18:00:00', '18.00', '', '１８:00']) {
      expect([start, save({ ...daily, start })]).toEqual([start, false]);
    }
  });

  test('is refused with a schedule of two kinds', () => {
    expect(save({ ...daily, startsAt: '2026-11-22T18:00:00.000+08:00' })).toBe(false);
    expect(save({ kind: 'weekly' })).toBe(false);
  });

  test('is refused with numbers that are none', () => {
    const post = { name: words, wanted: 4, limit: 4 };
    expect(save(daily, [post])).toBe(true);
    for (const wanted of [-1, 1.5, 10_001, '4', null]) {
      expect([wanted, save(daily, [{ ...post, wanted }])]).toEqual([wanted, false]);
    }
    expect(save(daily, [{ ...post, limit: 0 }])).toBe(false);
  });
});
