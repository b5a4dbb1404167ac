import { expect, test } from 'vitest';
import { countsAt } from '../../../src/domain/counts.ts';
import { activityDraft, Day } from './day.ts';

test('the second sign-in is asked about, with where and when the first was', () => {
  const day = new Day();
  const { activityId } = day.addActivity();
  const personId = day.addPerson('陈杰');
  const signedInAt = day.at;
  const visitId = day.signIn(activityId, personId, 'truss');
  day.wait(180);
  expect(day.refusal({ type: 'sign-in', activityId, personId, postId: 'welding' })).toEqual({
    code: 'already-signed-in',
    visitId,
    postId: 'truss',
    signedInAt,
  });
  expect(day.state.visits.size).toBe(1);
});

test('two impatient taps, each a gesture of its own, still make one visit', () => {
  const day = new Day();
  const { activityId } = day.addActivity();
  const personId = day.addPerson('陈杰');
  day.signIn(activityId, personId);
  expect(day.refusal({ type: 'sign-in', activityId, personId })?.code).toBe('already-signed-in');
});

test('the same evening tomorrow is another visit', () => {
  const day = new Day();
  const { activityId } = day.addActivity();
  const personId = day.addPerson('陈杰');
  day.signIn(activityId, personId);
  day.wait(24 * 3600);
  day.signIn(activityId, personId);
  expect([...day.state.visits.values()].map(({ takingPlace }) => takingPlace)).toEqual([
    '2026-11-22',
    '2026-11-23',
  ]);
});

test('before 08:00 in UTC+8, when UTC still has yesterday, the visit belongs to today', () => {
  const day = new Day();
  const { activityId } = day.addActivity();
  day.wait(13 * 3600);
  expect(day.at).toBe('2026-11-23T07:00:00.000+08:00');
  const visitId = day.signIn(activityId, day.addPerson('陈杰'));
  expect(day.state.visits.get(visitId)?.takingPlace).toBe('2026-11-23');
});

test('a night shift is one taking place, so midnight neither empties it nor lets anybody in twice', () => {
  const day = new Day();
  const activity = day.addActivity({ schedule: { kind: 'daily', start: '22:00', end: '06:00' } });
  const { activityId } = activity;
  const personId = day.addPerson('陈杰');
  day.wait(5 * 3600);
  day.signIn(activityId, personId);
  day.wait(2 * 3600);
  expect(day.at).toBe('2026-11-23T01:00:00.000+08:00');
  expect(day.refusal({ type: 'sign-in', activityId, personId })?.code).toBe('already-signed-in');
});

test('an activity that people came to is not moved to another day: their hours would be a week; to another hour it is', () => {
  const day = new Day();
  const schedule = {
    kind: 'once' as const,
    startsAt: '2026-11-22T18:00:00.000+08:00',
    endsAt: '2026-11-22T20:00:00.000+08:00',
    opensMinutesBefore: 60,
  };
  const activity = day.addActivity({ schedule });
  const personId = day.addPerson('陈杰');
  day.signIn(activity.activityId, personId);
  const movedTo = (startsAt: string, endsAt: string) => ({
    type: 'save-activity' as const,
    activity: { ...activity, schedule: { ...schedule, startsAt, endsAt } },
  });
  const away = movedTo('2026-11-29T18:00:00.000+08:00', '2026-11-29T20:00:00.000+08:00');
  expect(day.refusal(away)).toEqual({ code: 'date-fixed', visits: 1, date: '2026-11-22' });
  // 19:00 here, whatever the offset it is written with.
  day.ask(movedTo('2026-11-22T11:00:00.000+00:00', '2026-11-22T13:00:00.000+00:00'));
  expect(countsAt(day.state, day.state.activities.get(activity.activityId)!, day.at).present).toBe(1);
  const again = { type: 'sign-in' as const, activityId: activity.activityId, personId };
  expect(day.refusal(again)?.code).toBe('already-signed-in');
});

test('a full post takes one more, who is marked, and the reason is kept', () => {
  const day = new Day();
  const { activityId } = day.addActivity();
  const first = day.signIn(activityId, day.addPerson('陈杰'), 'welding');
  const second = day.ask<{ visitId: string }>({
    type: 'sign-in',
    activityId,
    personId: day.addPerson('陈伟'),
    postId: 'welding',
    reason: 'the leader asked for two',
  }).answer.visitId;
  expect(day.state.visits.get(first)).not.toHaveProperty('overLimit');
  expect(day.state.visits.get(second)).toMatchObject({ overLimit: true, reason: 'the leader asked for two' });
});

test('a full post asks everybody at the gate for a reason, whichever way they come; staff need none', () => {
  const day = new Day();
  const { activityId } = day.addActivity();
  day.signIn(activityId, day.addPerson('陈杰'), 'welding');
  const missing = { code: 'reason-missing', postId: 'welding', limit: 1 };
  const full = { activityId, postId: 'welding' };
  const signIn = { type: 'sign-in' as const, ...full, personId: day.addPerson('陈伟') };
  expect(day.refusal(signIn)).toMatchObject(missing);
  const guest = { type: 'sign-in-guest' as const, ...full, guest: { name: 'Anna' } };
  expect(day.refusal(guest)).toMatchObject(missing);
  const visitId = day.signIn(activityId, day.addPerson('王建国'), 'truss');
  const change = { type: 'change-post' as const, visitId, postId: 'welding' };
  expect(day.refusal(change)).toMatchObject(missing);
  const reason = 'the leader asked for more';
  for (const command of [signIn, guest, change]) expect(day.refusal({ ...command, reason })).toBeUndefined();
  const another = { ...signIn, personId: day.addPerson('李明朗') };
  expect(day.refusal(another, { role: 'editor' })).toBeUndefined();
});

test('an undone visit gives its place on a full post back', () => {
  const day = new Day();
  const { activityId } = day.addActivity();
  const first = day.signIn(activityId, day.addPerson('陈杰'), 'welding');
  day.ask({ type: 'undo-sign-in', visitId: first });
  const second = day.signIn(activityId, day.addPerson('陈伟'), 'welding');
  expect(day.state.visits.get(second)).not.toHaveProperty('overLimit');
});

test('a post without a limit is never full, nor is signing in without a post', () => {
  const day = new Day();
  const { activityId } = day.addActivity();
  const visits = ['truss', 'truss', 'truss', 'truss', undefined, undefined].map((postId, index) =>
    day.signIn(activityId, day.addPerson(`Anna ${index}`), postId),
  );
  for (const visitId of visits) expect(day.state.visits.get(visitId)).not.toHaveProperty('overLimit');
});

test('what is not there cannot be signed in to', () => {
  const day = new Day();
  const { activityId } = day.addActivity();
  const personId = day.addPerson('陈杰');
  expect(day.refusal({ type: 'sign-in', activityId: 'x', personId })).toEqual({ code: 'activity-unknown' });
  expect(day.refusal({ type: 'sign-in', activityId, personId: 'x' })).toEqual({ code: 'person-unknown' });
  expect(day.refusal({ type: 'sign-in', activityId, personId, postId: 'x' })).toEqual({
    code: 'post-unknown',
  });
});

test('a post of another activity is no post of this one', () => {
  const day = new Day();
  const evening = day.addActivity();
  const visit = day.addActivity({ posts: [{ ...activityDraft().posts[0]!, postId: 'gate' }] });
  const personId = day.addPerson('陈杰');
  const { activityId } = evening;
  expect(day.refusal({ type: 'sign-in', activityId, personId, postId: 'gate' })?.code).toBe('post-unknown');
  day.signIn(visit.activityId, personId, 'gate');
});
