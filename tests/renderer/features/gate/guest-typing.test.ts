import { describe, expect, test } from 'vitest';
import { keyRows } from '../../../../renderer/features/gate/guest/key-rows.ts';
import { candidatesFor, isBeginning } from '../../../../renderer/features/gate/guest/pinyin-candidates.ts';
import {
  beginsWord,
  MAX_CHARACTERS,
  shortened,
  withoutLast,
} from '../../../../renderer/features/gate/guest/typed-text.ts';

describe('characters by pinyin', () => {
  test.each([
    ['wang', '王'],
    ['li', '李'],
    ['zhang', '张'],
    ['chen', '陈'],
    ['lv', '吕'],
    ['shan', '单'],
    ['xie', '谢'],
    ['zeng', '曾'],
    ['qiu', '邱'],
    ['ou', '区'],
    ['zha', '查'],
    ['piao', '朴'],
  ])('%s as a surname is %s first', (syllable, character) => {
    expect(candidatesFor(syllable, true)[0]).toBe(character);
  });

  test.each([
    ['xie', '解'],
    ['qiu', '仇'],
    ['yu', '尉'],
    ['mo', '万'],
    ['qi', '俟'],
    ['jun', '珺'],
    ['yue', '玥'],
    ['zhe', '喆'],
  ])('%s has %s, too', (syllable, character) => {
    expect(candidatesFor(syllable, false)).toContain(character);
  });

  test('inside a name and in organisations surnames step back', () => {
    expect(candidatesFor('guo', true)[0]).toBe('郭');
    expect(candidatesFor('guo', false)[0]).toBe('国');
    expect(candidatesFor('gong', false)[0]).toBe('公');
  });

  test('the beginning of a syllable offers what may follow, each character once', () => {
    const found = candidatesFor('zh', true);
    expect(found[0]).toBe('张');
    expect(new Set(found).size).toBe(found.length);
    expect(isBeginning('zhuan')).toBe(true);
    expect(isBeginning('zhx')).toBe(false);
    expect(candidatesFor('zhx', true)).toEqual([]);
  });
});

describe('keys', () => {
  test('stand as on a typewriter where ten fit, else in the order of the alphabet', () => {
    expect(keyRows(14, false).map((row) => row.join(''))).toEqual(['qwertyuiop', 'asdfghjkl', 'zxcvbnm']);
    expect(keyRows(8, false).map((row) => row.join(''))).toEqual(['abcdefgh', 'ijklmnop', 'qrstuvwx', 'yz']);
  });

  test.each([4, 6, 8, 9, 10, 14])('%i in a row: none is lost, none twice', (columns) => {
    expect(keyRows(columns, false).flat().toSorted().join('')).toBe('abcdefghijklmnopqrstuvwxyz');
    const signs = keyRows(columns, true).flat();
    expect(new Set(signs).size).toBe(signs.length);
    for (const row of keyRows(columns, true)) expect(row.length).toBeLessThanOrEqual(columns);
  });
});

describe('typed text', () => {
  test('is cut at 64 characters, never inside one', () => {
    expect(shortened('𠮷'.repeat(70))).toBe('𠮷'.repeat(MAX_CHARACTERS));
    expect(shortened('王建国')).toBe('王建国');
  });

  test('loses what people call its last character', () => {
    expect(withoutLast('王👩‍🔧')).toBe('王');
    expect(withoutLast('王')).toBe('');
    expect(withoutLast('')).toBe('');
  });

  test('begins a word after a space, a dash and at its start', () => {
    expect(['', 'Ann ', 'Ann-'].map(beginsWord)).toEqual([true, true, true]);
    expect(['A', 'Ann', '王'].map(beginsWord)).toEqual([false, false, false]);
  });
});
