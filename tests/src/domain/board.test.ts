import { expect, test } from 'vitest';
import { attendanceAt } from '../../../src/domain/board.ts';
import { Day } from './day.ts';

/** Two members and an activist on the roster, nobody signed in. */
function dayWithThree() {
  const day = new Day();
  const chen = day.addPerson('陈杰', { categoryId: 'party-member' });
  const wang = day.addPerson('王建国', { categoryId: 'party-member' });
  const anna = day.addPerson('Anna', { categoryId: 'activist' });
  return { day, chen, wang, anna };
}

test('with named people, absent are those of them who are not here, whoever else came', () => {
  const { day, chen, wang, anna } = dayWithThree();
  const activity = day.addActivity({ expectedIds: [chen, wang] });
  day.signIn(activity.activityId, chen);
  day.signIn(activity.activityId, anna);
  expect(attendanceAt(day.state, activity, day.at)).toMatchObject({
    expected: 2,
    present: 2,
    inside: 2,
    onLeave: 0,
    absent: 1,
    categories: [
      { categoryId: 'party-member', expected: 2, present: 1, inside: 1, onLeave: 0, absent: 1 },
      { categoryId: 'activist', expected: 0, present: 1, inside: 1, onLeave: 0, absent: 0 },
    ],
  });
});

test('with posts only, absent is the difference and never below none', () => {
  const { day, chen, wang, anna } = dayWithThree();
  const posts = [{ name: { en: 'Gate', zh: '大门' }, wanted: 2 }];
  const activity = day.addActivity({ posts });
  day.signIn(activity.activityId, chen);
  expect(attendanceAt(day.state, activity, day.at)).toMatchObject({
    expected: 2,
    present: 1,
    absent: 1,
    categories: [{ categoryId: 'party-member', expected: null, present: 1, inside: 1, absent: null }],
  });
  day.signIn(activity.activityId, wang);
  day.signIn(activity.activityId, anna);
  expect(attendanceAt(day.state, activity, day.at)).toMatchObject({ expected: 2, present: 3, absent: 0 });
});

test('with neither, the whole roster is expected; who left is not, who has no category comes last', () => {
  const { day, chen, anna } = dayWithThree();
  day.addPerson('without category');
  const activity = day.addActivity({ posts: [] });
  day.signIn(activity.activityId, chen);
  day.signIn(activity.activityId, anna);
  day.ask({ type: 'remove-people', personIds: [anna] });
  expect(attendanceAt(day.state, activity, day.at)).toMatchObject({
    expected: 3,
    present: 2,
    absent: 2,
    categories: [
      { categoryId: 'party-member', expected: 2, present: 1 },
      { categoryId: 'activist', expected: 0, present: 1 },
      { categoryId: null, expected: 1, present: 0 },
    ],
  });
});

test('who was declared void is absent again', () => {
  const { day, chen } = dayWithThree();
  const activity = day.addActivity({ expectedIds: [chen] });
  const visitId = day.signIn(activity.activityId, chen);
  day.ask({ type: 'void-visit', visitId, reason: 'was at home' });
  expect(attendanceAt(day.state, activity, day.at)).toMatchObject({ present: 0, absent: 1 });
});

test('who has left again came, and is no longer inside', () => {
  const { day, chen, wang } = dayWithThree();
  const activity = day.addActivity({ expectedIds: [chen, wang] });
  const visitId = day.signIn(activity.activityId, chen, 'welding');
  day.signIn(activity.activityId, wang, 'truss');
  day.wait(600);
  day.ask({ type: 'sign-out', visitId });
  expect(attendanceAt(day.state, activity, day.at)).toMatchObject({
    present: 2,
    inside: 1,
    absent: 0,
    categories: [{ categoryId: 'party-member', present: 2, inside: 1, absent: 0 }],
    posts: [
      { postId: 'welding', present: 1, inside: 0, full: false },
      { postId: 'truss', present: 1, inside: 1 },
    ],
  });
});

test('who is excused is on leave, not absent, in the sum, the category and at the post; coming after all ends it', () => {
  const { day, chen, wang, anna } = dayWithThree();
  const activity = day.addActivity({
    expectedIds: [chen, wang, anna],
    assignments: { [chen]: 'truss', [wang]: 'truss' },
  });
  const { activityId } = activity;
  day.ask({ type: 'note-leave', activityId, personId: chen, reason: 'ill' }, { role: 'leader' });
  const numbers = () => attendanceAt(day.state, activity, day.at);
  expect(numbers()).toMatchObject({
    expected: 3,
    present: 0,
    onLeave: 1,
    absent: 2,
    categories: [
      { categoryId: 'party-member', expected: 2, onLeave: 1, absent: 1 },
      { categoryId: 'activist', expected: 1, onLeave: 0, absent: 1 },
    ],
    posts: [
      { postId: 'welding', onLeave: 0, absent: 0 },
      { postId: 'truss', onLeave: 1, absent: 1 },
    ],
  });
  day.signIn(activityId, chen, 'truss');
  expect(numbers()).toMatchObject({ present: 1, onLeave: 0, absent: 2 });
  expect(numbers().posts[1]).toMatchObject({ present: 1, onLeave: 0, absent: 1 });
});

test('the leave of somebody who is not expected changes no number', () => {
  const { day, chen, anna } = dayWithThree();
  const activity = day.addActivity({ expectedIds: [chen] });
  day.ask({ type: 'note-leave', activityId: activity.activityId, personId: anna, reason: 'ill' });
  expect(attendanceAt(day.state, activity, day.at)).toMatchObject({ expected: 1, onLeave: 0, absent: 1 });
});
