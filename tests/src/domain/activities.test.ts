import { expect, test } from 'vitest';
import { occurrenceAt, type Activity, type Post, type Schedule } from '../../../src/domain/activity.ts';
import { activityDraft, Day } from './day.ts';

const evening: Schedule = {
  kind: 'once',
  startsAt: '2026-11-22T18:00:00.000+08:00',
  endsAt: '2026-11-22T20:00:00.000+08:00',
  opensMinutesBefore: 60,
};

test('an activity that ends before it starts is refused', () => {
  const { startsAt, endsAt } = evening;
  for (const schedule of [
    { ...evening, startsAt: endsAt, endsAt: startsAt },
    { ...evening, endsAt: startsAt },
  ]) {
    expect(new Day().refusal({ type: 'save-activity', activity: { ...activityDraft(), schedule } })).toEqual({
      code: 'times-in-wrong-order',
    });
  }
});

test('times are compared as moments, not as text', () => {
  const schedule = {
    ...evening,
    startsAt: '2026-11-22T18:00:00.000+08:00',
    endsAt: '2026-11-22T11:00:00.000+00:00',
  };
  expect(
    new Day().refusal({ type: 'save-activity', activity: { ...activityDraft(), schedule } }),
  ).toBeUndefined();
});

test('only what exists can be changed, led or counted once', () => {
  const day = new Day();
  const draft = activityDraft();
  const [post] = draft.posts;
  expect(day.refusal({ type: 'save-activity', activity: { ...draft, activityId: 'x' } })).toEqual({
    code: 'activity-unknown',
  });
  expect(
    day.refusal({ type: 'save-activity', activity: { ...draft, posts: [{ ...post!, leaderId: 'x' }] } }),
  ).toEqual({ code: 'leader-unknown', leaderId: 'x' });
  expect(day.refusal({ type: 'save-activity', activity: { ...draft, posts: [post!, post!] } })).toEqual({
    code: 'post-twice',
    postId: 'welding',
  });
});

test('posts without an id get one each, and saving again with the ids keeps them', () => {
  const day = new Day();
  const posts = activityDraft().posts.map(({ postId: _, ...post }) => post);
  const activity = day.addActivity({ posts });
  const ids = activity.posts.map(({ postId }) => postId);
  expect(new Set(ids).size).toBe(2);
  const saved = day.addActivity({ ...activity });
  expect(saved).toEqual(activity);
  expect(day.state.activities.size).toBe(1);
});

test('changing an activity never loses who is there', () => {
  const day = new Day();
  const activity = day.addActivity();
  const visitId = day.signIn(activity.activityId, day.addPerson('陈杰'), 'welding');
  const title = { en: 'Another evening', zh: '另一晚' };
  day.ask({ type: 'save-activity', activity: { ...activity, title } });
  expect(day.state.visits.get(visitId)).toMatchObject({ postId: 'welding' });
});

function occurrence(schedule: Schedule, at: string) {
  const activity: Activity = { ...activityDraft(), activityId: 'a', schedule, posts: [] };
  return occurrenceAt(activity, at);
}

test.each([
  ['2026-11-22T16:59:59.999+08:00', false],
  ['2026-11-22T17:00:00.000+08:00', true],
  ['2026-11-22T20:00:00.000+08:00', true],
  ['2026-11-22T20:00:00.001+08:00', false],
])('an evening from 18:00 to 20:00 that opens an hour early is at %s open: %s', (at, open) => {
  expect(occurrence(evening, at)).toMatchObject({ date: '2026-11-22', open });
});

test('an activity over midnight keeps the date it began on', () => {
  const night: Schedule = { ...evening, endsAt: '2026-11-23T02:00:00.000+08:00' };
  expect(occurrence(night, '2026-11-23T01:00:00.000+08:00')).toMatchObject({
    date: '2026-11-22',
    open: true,
  });
});

test('a start that was typed in UTC has the date of the place', () => {
  const early: Schedule = {
    ...evening,
    startsAt: '2026-11-21T23:00:00.000+00:00',
    endsAt: '2026-11-22T01:00:00.000+00:00',
  };
  expect(occurrence(early, '2026-11-22T07:30:00.000+08:00').date).toBe('2026-11-22');
});

test('a daily activity takes place today and is always open', () => {
  expect(
    occurrence({ kind: 'daily', start: '18:00', end: '20:00' }, '2026-11-22T07:30:00.000+08:00'),
  ).toEqual({
    date: '2026-11-22',
    startsAt: '2026-11-22T18:00:00.000+08:00',
    endsAt: '2026-11-22T20:00:00.000+08:00',
    open: true,
  });
});

const shift: Schedule = { kind: 'daily', start: '22:00', end: '06:00' };

test.each([
  ['2026-11-22T05:59:59.999+08:00', '2026-11-21'],
  // While people go home it is still last night's.
  ['2026-11-22T06:00:00.000+08:00', '2026-11-21'],
  ['2026-11-22T07:00:00.000+08:00', '2026-11-22'],
  ['2026-11-22T23:00:00.000+08:00', '2026-11-22'],
  ['2026-12-01T00:00:00.000+08:00', '2026-11-30'],
])('the night shift at %s is the one of %s', (at, date) => {
  expect(occurrence(shift, at)).toMatchObject({ date, startsAt: `${date}T22:00:00.000+08:00` });
});

test('the night shift ends on the morning after', () => {
  expect(occurrence(shift, '2026-12-01T03:00:00.000+08:00').endsAt).toBe('2026-12-01T06:00:00.000+08:00');
});

test('a post that somebody was at before they changed cannot be left out: the sheet names it', () => {
  const day = new Day();
  const activity = day.addActivity();
  const { activityId, posts } = activity;
  const [first, second] = posts as [Post, Post];
  const visitId = day.signIn(activityId, day.addPerson('陈杰'), first.postId);
  day.ask({ type: 'change-post', visitId, postId: second.postId });
  expect(day.refusal({ type: 'save-activity', activity: { ...activity, posts: [second] } })).toMatchObject({
    code: 'post-has-visits',
    postId: first.postId,
  });
});

test('a post that people signed in to cannot be left out, so no visit loses its post', () => {
  const day = new Day();
  const activity = day.addActivity();
  const { activityId, posts } = activity;
  const [visited, other] = posts as [Post, Post];
  day.signIn(activityId, day.addPerson('陈杰'), visited.postId);
  const without = { ...activity, posts: posts.filter(({ postId }) => postId !== visited.postId) };
  expect(day.refusal({ type: 'save-activity', activity: without })).toMatchObject({
    code: 'post-has-visits',
    postId: visited.postId,
  });
  const withoutOther = { ...activity, posts: posts.filter(({ postId }) => postId !== other.postId) };
  expect(day.refusal({ type: 'save-activity', activity: withoutOther })).toBeUndefined();
});
