import { expect, test } from 'vitest';
import { countsAt } from '../../../src/domain/counts.ts';
import type { Role } from '../../../src/domain/role.ts';
import { Day } from './day.ts';

function dayWithVisit() {
  const day = new Day();
  const activity = day.addActivity();
  const personId = day.addPerson('陈杰');
  const visitId = day.signIn(activity.activityId, personId, 'welding');
  return { day, activity, personId, visitId };
}

test('who tapped the wrong name may take it back for thirty seconds', () => {
  const { day, activity, visitId } = dayWithVisit();
  day.wait(30);
  day.ask({ type: 'undo-sign-in', visitId });
  expect(countsAt(day.state, activity, day.at).present).toBe(0);
});

test('half a minute later a passer-by can no longer undo somebody else', () => {
  const { day, visitId } = dayWithVisit();
  day.wait(30.001);
  expect(day.refusal({ type: 'undo-sign-in', visitId })).toEqual({ code: 'undo-too-late', seconds: 30 });
  expect(day.state.visits.get(visitId)).not.toHaveProperty('undoneAt');
});

test.each<[Role, boolean]>([
  ['screen', false],
  ['leader', false],
  ['guard', false],
  ['editor', true],
  ['admin', true],
])('the day after, the %s may undo: %s', (role, may) => {
  const { day, visitId } = dayWithVisit();
  day.wait(24 * 3600);
  expect(day.refusal({ type: 'undo-sign-in', visitId }, { role })?.code).toBe(
    may ? undefined : 'undo-too-late',
  );
});

test('an undo is kept as undone, not deleted', () => {
  const { day, personId, visitId } = dayWithVisit();
  day.wait(10);
  const undoneAt = day.at;
  day.ask({ type: 'undo-sign-in', visitId });
  expect(day.state.visits.get(visitId)).toMatchObject({ personId, postId: 'welding', undoneAt });
});

test('after an undo the person can sign in again, at another post', () => {
  const { day, activity, personId, visitId } = dayWithVisit();
  day.ask({ type: 'undo-sign-in', visitId });
  const again = day.signIn(activity.activityId, personId, 'truss');
  expect(again).not.toBe(visitId);
  expect(countsAt(day.state, activity, day.at)).toMatchObject({
    present: 1,
    posts: [
      { postId: 'welding', present: 0 },
      { postId: 'truss', present: 1 },
    ],
  });
});

test('undoing the old visit twice never takes the new one away', () => {
  const { day, activity, personId, visitId } = dayWithVisit();
  const undoneAt = day.at;
  day.ask({ type: 'undo-sign-in', visitId });
  day.signIn(activity.activityId, personId);
  expect(day.refusal({ type: 'undo-sign-in', visitId })).toEqual({ code: 'visit-undone', undoneAt });
  expect(countsAt(day.state, activity, day.at).present).toBe(1);
});

test('there is nothing to undo where nobody signed in', () => {
  expect(new Day().refusal({ type: 'undo-sign-in', visitId: 'gate-1' })).toEqual({ code: 'visit-unknown' });
});
