import { describe, expect, test } from 'vitest';
import { closingOf, nextOpeningOf, occurrenceAt, type Schedule } from '../../../src/domain/activity.ts';
import { countsAt } from '../../../src/domain/counts.ts';
import { earlyMinutes, lateMinutes } from '../../../src/domain/hours.ts';
import { addMinutes } from '../../../src/domain/time.ts';
import { Day } from './day.ts';

type Daily = Extract<Schedule, { kind: 'daily' }>;

const daily = (start: string, end: string, more: Partial<Daily> = {}): Daily => ({
  kind: 'daily',
  start,
  end,
  ...more,
});

function withSchedule(schedule: Daily, more = {}) {
  const day = new Day();
  const activity = day.addActivity({ schedule, posts: [], ...more });
  const { activityId } = activity;
  return {
    day,
    activity,
    activityId,
    /** Waits until "22T21:50" of the month. */
    until: (time: string) =>
      day.wait((Date.parse(`2026-11-${time}:00.000+08:00`) - Date.parse(day.at)) / 1000),
  };
}

describe.each([
  ['a night shift', daily('22:00', '06:00'), '22T21:50', '23T06:02', '23T07:00'],
  ['a late shift that ends at midnight', daily('16:00', '00:00'), '22T18:00', '23T00:03', '23T01:00'],
  ['an evening that ends before midnight', daily('18:00', '23:30'), '22T18:00', '23T00:05', '23T00:30'],
])('%s', (_name, schedule, comes, leaves, closes) => {
  test('after its end whoever taps their name is asked about the visit that is open, and signs out', () => {
    const { day, activity, activityId, until } = withSchedule(schedule);
    const personId = day.addPerson('陈杰');
    until(comes);
    const visitId = day.signIn(activityId, personId);
    until(leaves);
    day.ask({ type: 'close-forgotten' }, { role: 'admin' });
    expect(day.refusal({ type: 'sign-in', activityId, personId })).toMatchObject({
      code: 'already-signed-in',
      visitId,
    });
    expect(countsAt(day.state, activity, day.at)).toMatchObject({ present: 1, inside: 1 });
    day.ask({ type: 'sign-out', visitId });
    expect(day.state.visits.get(visitId)?.signOut).toMatchObject({ how: 'measured', at: day.at });
  });

  test('everybody is signed out of it together', () => {
    const { day, activityId, until } = withSchedule(schedule);
    until(comes);
    const visitId = day.signIn(activityId, day.addPerson('陈杰'));
    until(leaves);
    day.ask({ type: 'sign-out-all', activityId }, { role: 'editor' });
    expect(day.state.visits.get(visitId)?.signOut?.how).toBe('measured');
  });

  test('once people have gone home the next one begins, and no visit of the old one is open', () => {
    const { day, activityId, until } = withSchedule(schedule);
    const personId = day.addPerson('陈杰');
    until(comes);
    const visitId = day.signIn(activityId, personId);
    until(closes);
    day.ask({ type: 'close-forgotten' }, { role: 'admin' });
    expect(day.state.visits.get(visitId)?.signOut?.how).toBe('planned');
    const again = day.signIn(activityId, personId);
    expect(day.state.visits.get(again)?.takingPlace).toBe('2026-11-23');
  });
});

test('through two days a taking place has one begin, and closes before the next one takes over', () => {
  const odd = [
    daily('08:00', '08:00'),
    daily('00:30', '02:00', { opensMinutesBefore: 60 }),
    daily('22:00', '06:00'),
    daily('06:00', '05:30'),
    daily('18:00', '20:00'),
    daily('00:00', '00:00'),
    daily('16:00', '00:00', { opensMinutesBefore: 1440 }),
  ];
  const wrong: string[] = [];
  for (const schedule of odd) {
    for (const closesAfterMinutes of [0, 60, 1440]) {
      const { activity } = withSchedule(schedule, { closesAfterMinutes });
      let before = '';
      // Half hours, and the minutes before and after each full hour.
      for (let minute = 0; minute < 2 * 24 * 60; minute += minute % 60 === 0 || minute % 60 === 59 ? 1 : 29) {
        const at = addMinutes('2026-11-20T00:00:00.000+08:00', minute);
        const { date, endsAt } = occurrenceAt(activity, at);
        const closing = closingOf(activity, { signedInAt: at });
        const isRight =
          date >= before &&
          closing.endsAt >= endsAt &&
          closing.closesAt >= closing.endsAt &&
          closing.closesAt > at &&
          occurrenceAt(activity, addMinutes(closing.closesAt, -1)).date === date;
        if (!isRight) wrong.push(`${schedule.start}-${schedule.end}, ${closesAfterMinutes}, ${at}`);
        before = date;
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('a shift that begins soon after midnight takes whoever comes before midnight', () => {
  const { activity } = withSchedule(daily('00:30', '08:00', { opensMinutesBefore: 60 }));
  expect(occurrenceAt(activity, '2026-11-22T23:29:00.000+08:00')).toMatchObject({
    date: '2026-11-22',
    open: false,
  });
  expect(occurrenceAt(activity, '2026-11-22T23:40:00.000+08:00')).toMatchObject({
    date: '2026-11-23',
    open: true,
  });
});

describe('a daily activity that says when it opens', () => {
  const schedule = daily('18:00', '20:00', { opensMinutesBefore: 30 });

  test('is not opened by a tap in the morning, which would count eleven hours', () => {
    const { day, activityId, until } = withSchedule(schedule);
    const personId = day.addPerson('陈杰');
    until('23T07:10');
    expect(day.refusal({ type: 'sign-in', activityId, personId })).toEqual({
      code: 'not-open',
      opensAt: '2026-11-23T17:30:00.000+08:00',
      endsAt: '2026-11-23T20:00:00.000+08:00',
    });
    until('23T17:30');
    day.signIn(activityId, personId);
  });

  test('after its end says when it opens tomorrow', () => {
    const { activity } = withSchedule(schedule);
    expect(occurrenceAt(activity, '2026-11-22T20:00:00.000+08:00').open).toBe(true);
    expect(occurrenceAt(activity, '2026-11-22T20:01:00.000+08:00').open).toBe(false);
    expect(nextOpeningOf(activity, '2026-11-22T20:01:00.000+08:00')).toEqual({
      opensAt: '2026-11-23T17:30:00.000+08:00',
      endsAt: '2026-11-23T20:00:00.000+08:00',
    });
  });
});

describe('another schedule', () => {
  test('makes nobody late or early on a day that is over', () => {
    const { day, activity, activityId, until } = withSchedule(daily('18:00', '20:00'));
    const visitId = day.signIn(activityId, day.addPerson('陈杰'));
    until('22T20:00');
    day.ask({ type: 'sign-out', visitId });
    until('25T12:00');
    for (const changed of [daily('08:00', '22:00'), daily('07:00', '23:00')]) {
      day.ask({ type: 'save-activity', activity: { ...activity, schedule: changed } });
    }
    const now = day.state.activities.get(activityId)!;
    const visit = day.state.visits.get(visitId)!;
    expect([lateMinutes(day.state, now, visit), earlyMinutes(day.state, now, visit)]).toEqual([0, 0]);
    expect(occurrenceAt(now, '2026-11-22T19:00:00.000+08:00').startsAt).toBe('2026-11-22T18:00:00.000+08:00');
    expect(occurrenceAt(now, '2026-11-25T19:00:00.000+08:00').startsAt).toBe('2026-11-25T07:00:00.000+08:00');
    // Kept by whoever saves something else.
    day.ask({ type: 'save-activity', activity: { ...activity, schedule: daily('07:00', '23:00') } });
    expect(lateMinutes(day.state, day.state.activities.get(activityId)!, visit)).toBe(0);
  });

  test('holds from today on, for those too who are there', () => {
    const { day, activity, activityId } = withSchedule(daily('18:00', '20:00'));
    const visitId = day.signIn(activityId, day.addPerson('陈杰'));
    day.ask({ type: 'save-activity', activity: { ...activity, schedule: daily('18:00', '21:00') } });
    const now = day.state.activities.get(activityId)!;
    expect(closingOf(now, day.state.visits.get(visitId)!).endsAt).toBe('2026-11-22T21:00:00.000+08:00');
  });
});
