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
  expect(attendanceAt(day.state, activity, day.at)).toEqual({
    expected: 2,
    present: 2,
    absent: 1,
    categories: [
      { categoryId: 'party-member', expected: 2, present: 1 },
      { categoryId: 'activist', expected: 0, present: 1 },
    ],
  });
});

test('with posts only, absent is the difference and never below none', () => {
  const { day, chen, wang, anna } = dayWithThree();
  const posts = [{ name: { en: 'Gate', zh: '大门' }, wanted: 2 }];
  const activity = day.addActivity({ posts });
  day.signIn(activity.activityId, chen);
  expect(attendanceAt(day.state, activity, day.at)).toEqual({
    expected: 2,
    present: 1,
    absent: 1,
    categories: [{ categoryId: 'party-member', expected: null, present: 1 }],
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
  expect(attendanceAt(day.state, activity, day.at)).toEqual({
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
