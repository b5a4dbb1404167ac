import { expect, test } from 'vitest';
import {
  biggestGap,
  countsAt,
  everybodyIsHere,
  openVisitsAt,
  type Counts,
} from '../../../src/domain/counts.ts';
import { SAMPLE } from '../../../src/sample/volunteer-evening.ts';
import { Day } from './day.ts';

test('the counts say who is there by post and category, and which post is full', () => {
  const day = new Day();
  const activity = day.addActivity();
  const { activityId } = activity;
  day.signIn(activityId, day.addPerson('陈杰', { categoryId: 'party-member' }), 'welding');
  day.signIn(activityId, day.addPerson('陈伟', { categoryId: 'party-member' }), 'truss');
  day.signIn(activityId, day.addPerson('Anna'));
  day.addPerson('at home');
  expect(countsAt(day.state, activity, day.at)).toEqual({
    expected: 4,
    present: 3,
    inside: 3,
    onLeave: 0,
    absent: 1,
    posts: [
      { postId: 'welding', present: 1, inside: 1, wanted: 1, full: true },
      { postId: 'truss', present: 1, inside: 1, wanted: 3, full: false },
    ],
    categories: [
      { categoryId: 'party-member', present: 2 },
      { categoryId: null, present: 1 },
    ],
  });
});

test('a guest who only looks on does not stand in for somebody the posts wait for; one who helps does', () => {
  const day = new Day();
  const activity = day.addActivity();
  const { activityId } = activity;
  const come = (name: string, postId?: string) =>
    day.ask({ type: 'sign-in-guest', activityId, guest: { name }, ...(postId && { postId }) });
  come('Anna');
  expect(countsAt(day.state, activity, day.at)).toMatchObject({ expected: 4, present: 1, absent: 4 });
  come('Peter', 'truss');
  expect(countsAt(day.state, activity, day.at)).toMatchObject({ expected: 4, present: 2, absent: 3 });
});

test('an activity without posts expects the whole roster', () => {
  const day = new Day();
  const activity = day.addActivity({ posts: [] });
  day.addPerson('陈杰');
  day.addPerson('陈伟');
  expect(countsAt(day.state, activity, day.at)).toMatchObject({ expected: 2, present: 0 });
});

test('the invented people of the sample are not expected at an activity of one’s own', () => {
  const day = new Day();
  day.ask({ type: 'add-sample', sample: SAMPLE });
  const personId = day.addPerson('陈杰');
  const activity = day.addActivity({ posts: [] });
  expect(countsAt(day.state, activity, day.at)).toMatchObject({ expected: 1, present: 0, absent: 1 });
  day.signIn(activity.activityId, personId);
  expect(countsAt(day.state, activity, day.at)).toMatchObject({ expected: 1, present: 1, absent: 0 });
});

test('somebody who was not expected does not stand in for who is absent', () => {
  const day = new Day();
  const expectedIds = [day.addPerson('陈杰'), day.addPerson('陈伟')];
  const activity = day.addActivity({ expectedIds, posts: [] });
  day.signIn(activity.activityId, day.addPerson('Anna'));
  day.signIn(activity.activityId, day.addPerson('Ben'));
  const before = countsAt(day.state, activity, day.at);
  expect(before).toMatchObject({ expected: 2, present: 2, absent: 2 });
  expect(everybodyIsHere(before)).toBe(false);
  for (const personId of expectedIds) day.signIn(activity.activityId, personId);
  const after = countsAt(day.state, activity, day.at);
  expect(after).toMatchObject({ expected: 2, present: 4, absent: 0 });
  expect(everybodyIsHere(after)).toBe(true);
});

test("yesterday's visitors are not counted today", () => {
  const day = new Day();
  const activity = day.addActivity();
  day.signIn(activity.activityId, day.addPerson('陈杰'));
  day.wait(24 * 3600);
  expect(countsAt(day.state, activity, day.at).present).toBe(0);
});

test('the list is in order of arrival, even where somebody set the clock back', () => {
  const day = new Day();
  const activity = day.addActivity();
  const first = day.signIn(activity.activityId, day.addPerson('陈杰'));
  day.wait(-600);
  const second = day.signIn(activity.activityId, day.addPerson('陈伟'));
  const visits = openVisitsAt(day.state, activity, day.at).map(({ visitId }) => visitId);
  expect(visits).toEqual([first, second]);
});

function gapOf(...posts: [present: number, wanted: number][]): string | undefined {
  const counts: Counts = {
    expected: 0,
    present: 0,
    inside: 0,
    onLeave: 0,
    absent: 0,
    posts: posts.map(([present, wanted], index) => ({
      postId: `${index}`,
      present,
      inside: present,
      wanted,
      full: false,
    })),
    categories: [],
  };
  return biggestGap(counts);
}

test('help is sent to the post that lacks most, to the first of equals, and nowhere when all have enough', () => {
  expect(gapOf([0, 1], [1, 4], [0, 2])).toBe('1');
  expect(gapOf([0, 2], [2, 4])).toBe('0');
  expect(gapOf([2, 2], [5, 4])).toBeUndefined();
  expect(gapOf()).toBeUndefined();
});

test('nobody is sent to a full post, though it wants more people than it holds', () => {
  const full = { postId: 'small', present: 1, inside: 1, wanted: 4, full: true };
  const free = { postId: 'large', present: 3, inside: 3, wanted: 4, full: false };
  expect(
    biggestGap({
      expected: 8,
      present: 4,
      inside: 4,
      onLeave: 0,
      absent: 4,
      posts: [full, free],
      categories: [],
    }),
  ).toBe('large');
});

test('who was taken off the roster is on leave no more, also where nobody is expected by name', () => {
  const day = new Day();
  const activity = day.addActivity();
  const personId = day.addPerson('陈杰');
  day.ask({ type: 'note-leave', activityId: activity.activityId, personId, reason: 'ill' });
  expect(countsAt(day.state, activity, day.at)).toMatchObject({ onLeave: 1, absent: 3 });
  day.ask({ type: 'remove-people', personIds: [personId] });
  expect(countsAt(day.state, activity, day.at)).toMatchObject({ onLeave: 0, absent: 4 });
});
