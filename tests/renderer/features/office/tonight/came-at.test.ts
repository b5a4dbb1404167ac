import { expect, test } from 'vitest';
import { cameAt } from '../../../../../renderer/features/office/tonight/came-at.ts';

const at = (day: number, clock: string) => `2026-11-${day}T${clock}:00.000+08:00`;
const once = (startsAt: string, endsAt: string) =>
  ({ kind: 'once', startsAt, endsAt, opensMinutesBefore: 60 }) as const;
const NIGHT = once(at(22, '22:00'), at(23, '06:00'));
const EVENING = once(at(22, '18:00'), at(22, '20:00'));

test.each([
  ['00:30', NIGHT, at(23, '01:00'), at(23, '00:30')],
  ['21:05', NIGHT, at(23, '01:00'), at(22, '21:05')],
  ['11:55', NIGHT, at(23, '15:00'), at(23, '11:55')],
  ['18:05', EVENING, at(22, '19:00'), at(22, '18:05')],
  ['18:05', EVENING, at(25, '09:00'), at(22, '18:05')],
  ['01:00', EVENING, at(23, '08:00'), at(23, '01:00')],
  // Neither evening nor night: the kiosk says no, and of which day.
  ['09:00', EVENING, at(23, '12:00'), at(22, '09:00')],
  // The same hour twice in one activity: the later one, once it is over.
  ['09:00', once(at(22, '08:00'), at(23, '20:00')), at(22, '10:00'), at(22, '09:00')],
  ['09:00', once(at(22, '08:00'), at(23, '20:00')), at(23, '10:00'), at(23, '09:00')],
])('who came at %s is entered on the wrong day (case %#)', (clock, schedule, now, came) => {
  expect(cameAt(clock, schedule, undefined, now)).toBe(came);
});

test('a start that was stored in another zone counts on the kiosk’s own calendar', () => {
  const schedule = once('2026-11-21T22:00:00.000+00:00', '2026-11-22T01:00:00.000+00:00');
  expect(cameAt('06:30', schedule, undefined, at(22, '08:00'))).toBe(at(22, '06:30'));
});

test('of a daily night shift, the small hours are of the day after', () => {
  const shift = { kind: 'daily', start: '22:00', end: '06:00' } as const;
  expect(cameAt('00:30', shift, '2026-11-21', at(22, '01:00'))).toBe(at(22, '00:30'));
  expect(cameAt('22:30', shift, '2026-11-21', at(22, '01:00'))).toBe(at(21, '22:30'));
  const day = { kind: 'daily', start: '08:00', end: '17:00' } as const;
  expect(cameAt('07:30', day, '2026-11-21', at(22, '01:00'))).toBe(at(21, '07:30'));
});
