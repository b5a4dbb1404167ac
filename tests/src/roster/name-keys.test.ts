import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeysDraft, rangeOf } from '../../../src/roster/name-keys.ts';

/** Texts that share starts of all lengths, of letters, digits, Han and what stands between them in Unicode. */
const text = fc.string({ unit: fc.constantFrom(...'aaabz09 :-~陈陳é\u{20bb7}'), maxLength: 9 });

test('keys stand by their UTF-16 units, owners of one text by what compares them, else as they came', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 60 }), fc.boolean(), (texts, backwards) => {
      const draft = new KeysDraft();
      texts.forEach((one, owner) => draft.add(one, owner));
      const keys = backwards ? draft.sorted((a, b) => b - a) : draft.sorted();
      const plain = texts
        .map((one, owner) => ({ one, owner }))
        .sort((a, b) =>
          a.one < b.one ? -1 : a.one > b.one ? 1 : (a.owner - b.owner) * (backwards ? -1 : 1),
        );
      expect(keys.texts).toEqual(plain.map(({ one }) => one));
      expect([...keys.owners]).toEqual(plain.map(({ owner }) => owner));
    }),
    { numRuns: 1000 },
  );
});

test('a range holds the texts that begin so, and no others', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 60 }), text, (texts, start) => {
      const draft = new KeysDraft();
      texts.forEach((one, owner) => draft.add(one, owner));
      const keys = draft.sorted();
      const [from, to] = rangeOf(keys, start);
      expect(keys.texts.slice(from, to)).toEqual(texts.filter((one) => one.startsWith(start)).sort());
    }),
    { numRuns: 1000 },
  );
});
