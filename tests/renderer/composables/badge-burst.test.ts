import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBurst } from '../../../renderer/composables/badge-burst.ts';

/** Types the text with these gaps, over and over, and returns the burst and the time after it. */
function typed(text: string, ...gaps: number[]) {
  const burst = createBurst();
  let at = 1000;
  [...text].forEach((character, index) => {
    if (index > 0) at += gaps[(index - 1) % gaps.length]!;
    burst.type(character, at);
  });
  return { burst, at };
}

test.each([
  ['a fast reader', 'A1029384', [4]],
  ['three characters', '017', [10]],
  ['a reader of 50 ms', '1029384', [50]],
  ['a slow, even one', '1029384756', [90, 100, 85]],
  ['Caps Lock', 'a1B2', [8]],
])('%s, ended by Enter, is a badge', (_, text, gaps) => {
  const { burst, at } = typed(text, ...gaps);
  expect(burst.end(at + gaps[0]!)).toBe(text);
});

test.each([
  ['a person who types', 'chenjie', [140, 180, 90]],
  ['a fast typist, unevenly', 'chenjie', [95, 40, 105, 60]],
  ['two characters', 'cj', [10]],
  ['a short word at a slow even pace', 'chen', [90]],
])('%s is no badge', (_, text, gaps) => {
  const { burst, at } = typed(text, ...gaps);
  expect(burst.end(at + gaps[0]!)).toBeUndefined();
});

test('Enter long after a burst is a person, and what came before is forgotten', () => {
  const { burst, at } = typed('1029384', 5);
  expect(burst.end(at + 400)).toBeUndefined();
  expect(burst.end(at + 401)).toBeUndefined();
});

test('letters typed before the reader are not part of the badge', () => {
  const { burst, at } = typed('cj', 200);
  let now = at + 300;
  for (const character of '1029384') burst.type(character, (now += 8));
  expect(burst.end(now + 8)).toBe('1029384');
});

test('a reader without an end key is known by its pace, a hand that rolls over keys is not', () => {
  expect(typed('1029384', 8).burst.pause()).toBe('1029384');
  expect(typed('10293', 8).burst.pause()).toBeUndefined();
  expect(typed('chenjie', 42).burst.pause()).toBeUndefined();
});

test('one badge after the other is read each time, whole', () => {
  const burst = createBurst();
  let now = 0;
  for (const badge of ['1029384', 'A77', '1029384']) {
    for (const character of badge) burst.type(character, (now += 6));
    expect(burst.end((now += 6))).toBe(badge);
    now += 20;
  }
});

test('no typing of a hand is ever a badge, whatever is typed', () => {
  // A hand needs 60 ms and more from key to key, and never keeps one pace for seven keys.
  const gap = fc.integer({ min: 60, max: 400 });
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 5 }), fc.array(gap, { minLength: 5 }), (text, gaps) => {
      const { burst, at } = typed(text, ...gaps);
      expect(burst.end(at + 60)).toBeUndefined();
    }),
  );
});
