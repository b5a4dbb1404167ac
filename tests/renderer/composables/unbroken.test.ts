import { expect, test } from 'vitest';
import { unbroken } from '../../../renderer/composables/unbroken.ts';

/** What may not be torn apart, in brackets. */
const marked = (text: string) =>
  unbroken(text)
    .replaceAll(/[^\s]*[\u2060\u00A0][^\s]*(?:\u00A0[^\s]*)*/g, (part) => `[${part}]`)
    .replaceAll('\u2060', '')
    .replaceAll('\u00A0', ' ');

test('a line ends within a date, before its time or before a unit', () => {
  expect(marked('from 2026-11-22 18:00 to 20:00')).toBe('from [2026-11-22 18:00] to 20:00');
  expect(marked('Opens in 2 d 3 h.')).toBe('Opens in [2 d] [3 h.]');
  expect(marked('12 h 30 min')).toBe('[12 h] [30 min]');
  expect(marked('还有 2 天 3 小时')).toBe('还有 [2 天] [3 小时]');
});

test('what is no date and no number is held together, and lines find no end', () => {
  for (const text of ['Hall 2 is full', 'A-1017', '18:00–20:00', '2 posts', '3 dozen', ''])
    expect(unbroken(text)).toBe(text);
});
