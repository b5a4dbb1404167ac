import { expect, test } from 'vitest';
import { minutesOf } from '../../../src/domain/hours.ts';
import { activityDraft, Day } from './day.ts';

/** 王建国 is at the evening since 18:00; a drill takes place at the same time. */
function twoActivities() {
  const day = new Day();
  const evening = day.addActivity();
  const drill = day.addActivity({ title: { en: 'Drill', zh: '演练' }, posts: [] });
  const personId = day.addPerson('王建国');
  const visitId = day.signIn(evening.activityId, personId, 'truss');
  const signIn = { type: 'sign-in' as const, activityId: drill.activityId, personId };
  const elsewhere = {
    code: 'open-elsewhere',
    visitId,
    activityId: evening.activityId,
    title: evening.title,
    signedInAt: '2026-11-22T18:00:00.000+08:00',
  };
  return { day, evening, drill, personId, visitId, signIn, elsewhere };
}

test('who is at one activity is asked at the other, and nothing happens in silence', () => {
  const { day, visitId, signIn, elsewhere } = twoActivities();
  const before = day.events.length;
  expect(day.refusal(signIn)).toEqual(elsewhere);
  expect(day.refusal(signIn, { role: 'editor' })).toEqual(elsewhere);
  expect(day.events).toHaveLength(before);
  expect(day.state.visits.get(visitId)).not.toHaveProperty('signOut');
});

test('who says yes is signed out there as measured and signed in here, in one event', () => {
  const { day, personId, visitId, signIn } = twoActivities();
  day.wait(1200);
  const before = day.events.length;
  const { answer } = day.ask<{ visitId: string }>({ ...signIn, leaveOther: true });
  expect(day.events).toHaveLength(before + 1);
  const left = day.state.visits.get(visitId)!;
  expect(left.signOut).toMatchObject({ at: day.at, how: 'measured' });
  expect(minutesOf(left)).toBe(20);
  const open = [...day.state.visits.values()].filter((one) => one.personId === personId && !one.signOut);
  expect(open.map((one) => one.visitId)).toEqual([answer.visitId]);
  // The sign-out there is not taken back while they are here.
  expect(day.refusal({ type: 'undo-sign-outs', visitIds: [visitId] })?.code).toBe('open-elsewhere');
});

test('a "yes" of somebody who is nowhere else ends nothing', () => {
  const { day, visitId, signIn } = twoActivities();
  const other = day.addPerson('李明朗');
  expect(day.ask({ ...signIn, personId: other, leaveOther: true }).event?.data).not.toHaveProperty('left');
  expect(day.state.visits.get(visitId)).not.toHaveProperty('signOut');
});

test('a "yes" that a rule refuses leaves them where they are', () => {
  const { day, visitId, signIn } = twoActivities();
  const { activityId } = day.addActivity({ posts: [], capacity: 1 });
  day.signIn(activityId, day.addPerson('李明朗'));
  expect(day.refusal({ ...signIn, activityId, leaveOther: true })?.code).toBe('activity-full');
  expect(day.state.visits.get(visitId)).not.toHaveProperty('signOut');
});

test('a roll-call leaves out who is elsewhere, and staff do not enter them twice', () => {
  const { day, drill, personId, signIn, elsewhere } = twoActivities();
  const { activityId } = drill;
  const call = {
    type: 'call-roll' as const,
    activityId,
    postId: null,
    personIds: [personId],
    leaderId: null,
  };
  const { answer } = day.ask<{ leftOut: object[] }>(call, { role: 'leader' });
  expect(answer.leftOut).toEqual([{ personId, reason: elsewhere }]);
  day.wait(600);
  const add = { ...signIn, type: 'add-visit' as const, reason: 'forgot', signedInAt: day.at };
  expect(day.refusal(add, { role: 'editor' })).toEqual(elsewhere);
});

test('a visit that was forgotten elsewhere stands in nobody’s way', () => {
  const { day, visitId, signIn } = twoActivities();
  day.wait(24 * 3600);
  expect(day.refusal(signIn)).toBeUndefined();
  expect(day.state.visits.get(visitId)).not.toHaveProperty('signOut');
});

test('who has left or was undone elsewhere is not asked', () => {
  const { day, visitId, signIn, personId } = twoActivities();
  day.ask({ type: 'undo-sign-in', visitId });
  expect(day.refusal(signIn)).toBeUndefined();
  const third = day.ask<{ activityId: string }>({ type: 'save-activity', activity: activityDraft() }).answer;
  const { visitId: second } = [...day.state.visits.values()].at(-1)!;
  day.ask({ type: 'sign-out', visitId: second });
  expect(day.refusal({ type: 'sign-in', activityId: third.activityId, personId })).toBeUndefined();
});
