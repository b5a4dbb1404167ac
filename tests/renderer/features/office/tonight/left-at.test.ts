import { expect, test } from 'vitest';
import { leftAt, likelyEnd } from '../../../../../renderer/features/office/tonight/left-at.ts';

const END = '2026-11-22T12:00:00.000Z';
const at = (clock: string) => `2026-11-22T${clock}:30.000+08:00`;

test('a time before the arrival is on the next day; the minute of the arrival is the arrival', () => {
  expect(leftAt('01:10', at('22:15'))).toBe('2026-11-23T01:10:00.000+08:00');
  expect(leftAt('22:15', at('22:15'))).toBe(at('22:15'));
});

test('who came after the end is not proposed an end that lies before, or in the future', () => {
  expect(likelyEnd({ signedInAt: at('20:05') }, END, at('20:10'))).toBe(at('20:10'));
});

test('the noted end comes first, then the activity’s, and now while it goes on', () => {
  const signedInAt = at('18:00');
  expect(likelyEnd({ signedInAt, signOut: { at: at('19:00') } }, END, at('20:10'))).toBe(at('19:00'));
  expect(likelyEnd({ signedInAt }, END, at('20:10'))).toBe('2026-11-22T20:00:00.000+08:00');
  expect(likelyEnd({ signedInAt }, END, at('19:10'))).toBe(at('19:10'));
});
