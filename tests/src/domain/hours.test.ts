import { expect, test } from 'vitest';
import { earlyMinutes, lateMinutes, minutesBetween, minutesOf } from '../../../src/domain/hours.ts';
import { Day } from './day.ts';

/** Somebody who came at 18:05:50 to an evening from 18:00 to 20:00. */
function arrived() {
  const day = new Day();
  const activity = day.addActivity();
  day.wait(350);
  const visitId = day.signIn(activity.activityId, day.addPerson('陈杰'));
  return { day, activity, visitId, visit: () => day.state.visits.get(visitId)! };
}

test('hours are whole minutes, begun ones left out, and none while the visit goes on', () => {
  const { day, visitId, visit } = arrived();
  expect(minutesOf(visit())).toBeUndefined();
  day.wait(59 * 60 + 59);
  expect(day.ask<{ minutes: number }>({ type: 'sign-out', visitId }).answer.minutes).toBe(59);
  expect(minutesOf(visit())).toBe(59);
});

test('a visit that was undone has no hours', () => {
  const { day, visitId, visit } = arrived();
  day.ask({ type: 'sign-out', visitId });
  day.ask({ type: 'void-visit', visitId, reason: 'was at home' }, { role: 'editor' });
  expect(minutesOf(visit())).toBeUndefined();
});

test('an end before the beginning is no time, not a negative one', () => {
  expect(minutesBetween('2026-11-22T18:10:00.000+08:00', '2026-11-22T18:00:00.000+08:00')).toBe(0);
  // The same moment in another zone.
  expect(minutesBetween('2026-11-22T18:00:00.000+08:00', '2026-11-22T10:30:00.000+00:00')).toBe(30);
});

test('late and early are derived from the times of the activity', () => {
  const { day, activity, visitId, visit } = arrived();
  expect([lateMinutes(day.state, activity, visit()), earlyMinutes(day.state, activity, visit())]).toEqual([
    5, 0,
  ]);
  day.wait(3600);
  day.ask({ type: 'sign-out', visitId });
  // 19:05:50, so that of the last hour 54 whole minutes were missed.
  expect(earlyMinutes(day.state, activity, visit())).toBe(54);
});

test('nobody who did not sign out is called early', () => {
  const { day, activity, visit } = arrived();
  day.wait(4 * 3600);
  day.ask({ type: 'close-forgotten' }, { role: 'admin' });
  expect(visit().signOut?.how).toBe('planned');
  expect(earlyMinutes(day.state, activity, visit())).toBe(0);
});

test('once only dates are kept, the hours stay and nobody is late or early any more', () => {
  const { day, activity, visitId, visit } = arrived();
  day.wait(600);
  day.ask({ type: 'sign-out', visitId });
  day.wait(40 * 24 * 3600);
  day.ask({ type: 'drop-times', before: '2026-12-01' }, { role: 'admin' });
  expect(visit().timeDropped).toBe(true);
  expect(minutesOf(visit())).toBe(10);
  expect([lateMinutes(day.state, activity, visit()), earlyMinutes(day.state, activity, visit())]).toEqual([
    0, 0,
  ]);
});

test('who goes out and comes again is late by the first visit and early by the last, not by each', () => {
  const { day, activity, visitId, visit } = arrived();
  day.wait(1800);
  day.ask({ type: 'sign-out', visitId });
  expect(earlyMinutes(day.state, activity, visit())).toBe(84);
  day.wait(600);
  const again = day.signIn(activity.activityId, visit().personId);
  const second = () => day.state.visits.get(again)!;
  const lates = () => [visit(), second()].map((one) => lateMinutes(day.state, activity, one));
  const earlies = () => [visit(), second()].map((one) => earlyMinutes(day.state, activity, one));
  expect([lates(), earlies()]).toEqual([
    [5, 0],
    [0, 0],
  ]);
  day.wait(3600);
  day.ask({ type: 'sign-out', visitId: again });
  expect(earlies()).toEqual([0, 14]);
  day.ask({ type: 'void-visit', visitId, reason: 'was somebody else' }, { role: 'editor' });
  expect(lates()[1]).toBe(45);
});
