import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { characterCount, tidyLine } from '../../../src/domain/text.ts';

test('characters nobody sees cannot make two names of one', () => {
  for (const unseen of ['\u200B', '\u2060', '\uFEFF', '\u0000', '\u001B', '\n', '\u2028', '\u2029']) {
    expect(tidyLine(`陈${unseen}杰`)).toBe('陈杰');
  }
});

test('nothing turns the reading direction of a line around', () => {
  for (const control of ['\u200E', '\u200F', '\u061C', '\u202A', '\u202E', '\u2066', '\u2069']) {
    expect(tidyLine(`Anna${control}`)).toBe('Anna');
  }
});

test('outer spaces go, the full-width one too, and inner ones stay', () => {
  expect(tidyLine('\u3000 Anna Smith\t')).toBe('Anna Smith');
});

test('a name typed on a Mac is the name typed on Windows', () => {
  expect(tidyLine('Andre\u0301')).toBe('André');
  expect(tidyLine('Andre\u200B\u0301')).toBe('André');
});

test('emoji that are joined stay joined', () => {
  expect(tidyLine('👩‍🏭')).toBe('👩‍🏭');
});

test('tidying what is tidy changes nothing', () => {
  const untidy = fc.string({
    unit: fc.oneof(
      fc.constantFrom(' ', 'e', '\u0301', '\u200B', '\u202E', '\n', '\u2028', '\uFEFF', '陈'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
  });
  fc.assert(
    fc.property(untidy, (text) => {
      const once = tidyLine(text);
      assert.equal(tidyLine(once), once);
    }),
    { numRuns: 1000 },
  );
});

test('characters are counted as people count them', () => {
  expect(characterCount('')).toBe(0);
  expect(characterCount('陈杰')).toBe(2);
  expect(characterCount('𠮷田😀')).toBe(3);
});
