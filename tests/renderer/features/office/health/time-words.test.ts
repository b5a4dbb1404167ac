import { expect, test } from 'vitest';
import { durationWords, saveTimeWords } from '../../../../../renderer/features/office/health/time-words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [2 * HOUR + 3 * MINUTE, '2 hours 3 minutes', '2小时 3分钟'],
  [-(40 * DAY + 2 * HOUR + 59 * MINUTE), '40 days 2 hours', '40天 2小时'],
  [61_000, '1 minute 1 second', '1分钟 1秒钟'],
  [365 * DAY, '365 days', '365天'],
  [7 * HOUR - 400, '7 hours', '7小时'],
  [200, '1 second', '1秒钟'],
])('%i ms are said in the two largest units', (ms, en, zh) => {
  expect(durationWords(ms, 'en')).toBe(en);
  expect(durationWords(ms, 'zh')).toBe(zh);
});

test.each([
  [0, '< 1 ms'],
  [12, '12 ms'],
  [999, '999 ms'],
  [1000, '1.0 s'],
  [30_049, '30.0 s'],
])('a save of %i ms', (ms, words) => {
  expect(saveTimeWords(ms)).toBe(words);
});
