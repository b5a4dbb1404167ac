import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMinutes, isoAt, isoFromEpoch, isoWithOffsetOf, localDateOf } from '../../../src/domain/time.ts';

test('in UTC+8 before 08:00 it is today, though UTC still says yesterday', () => {
  expect(localDateOf(isoFromEpoch(Date.parse('2026-11-21T16:00:00.000Z'), '+08:00'))).toBe('2026-11-22');
  expect(localDateOf('2026-11-22T07:59:59.999+08:00')).toBe('2026-11-22');
});

test('a moment is written with the offset it is given, to either side of Greenwich and by half hours', () => {
  const epoch = Date.parse('2026-11-22T00:00:00.000Z');
  expect(isoFromEpoch(epoch, '+08:00')).toBe('2026-11-22T08:00:00.000+08:00');
  expect(isoFromEpoch(epoch, '-03:30')).toBe('2026-11-21T20:30:00.000-03:30');
  expect(isoFromEpoch(epoch, '+05:45')).toBe('2026-11-22T05:45:00.000+05:45');
});

const offset = fc
  .record({
    sign: fc.constantFrom('+', '-'),
    hours: fc.integer({ min: 0, max: 14 }),
    minutes: fc.constantFrom('00', '30', '45'),
  })
  .map(({ sign, hours, minutes }) => `${sign}${String(hours).padStart(2, '0')}:${minutes}`);
const epoch = fc.integer({ min: 0, max: Date.parse('2100-01-01T00:00:00.000Z') });

test('the moment survives being written, whatever the offset', () => {
  fc.assert(
    fc.property(epoch, offset, offset, (epoch, offset, other) => {
      const at = isoFromEpoch(epoch, offset);
      expect(Date.parse(at)).toBe(epoch);
      expect(at.endsWith(offset)).toBe(true);
      expect(isoWithOffsetOf(at, isoFromEpoch(0, other))).toBe(isoFromEpoch(epoch, other));
    }),
  );
});

test('minutes are added over midnight and month without losing the offset', () => {
  expect(addMinutes('2026-11-30T23:30:00.000+08:00', 60)).toBe('2026-12-01T00:30:00.000+08:00');
  expect(addMinutes('2026-12-01T00:30:00.000+08:00', -60)).toBe('2026-11-30T23:30:00.000+08:00');
});

test('a clock time gets its date and the offset of the place', () => {
  expect(isoAt('2026-11-22', '18:00', '2026-01-01T00:00:00.000+08:00')).toBe('2026-11-22T18:00:00.000+08:00');
});

test.each([
  '2026-11-22',
  '2026-11-22T18:00:00.000',
  '2026-11-22T18:00:00.000Z',
  '2026-11-22T18:00:00+08:00',
  '',
])('a time without milliseconds and offset is not guessed at: "%s"', (at) => {
  expect(() => localDateOf(at)).toThrow(RangeError);
});
