import { expect, test } from 'vitest';
import { suggestedPost } from '../../../src/domain/suggest-post.ts';
import { activityDraft, Day } from './day.ts';

test('nobody knows where somebody new belongs', () => {
  const day = new Day();
  const activity = day.addActivity();
  expect(suggestedPost(day.state, activity, day.addPerson('陈杰'))).toBeUndefined();
});

test('what somebody was told comes before what they lead, that before last time', () => {
  const day = new Day();
  const personId = day.addPerson('陈杰');
  const [welding, truss] = activityDraft().posts as [
    ReturnType<typeof activityDraft>['posts'][0],
    ReturnType<typeof activityDraft>['posts'][0],
  ];
  const before = day.addActivity();
  day.signIn(before.activityId, personId, 'welding');
  const post = (draft: object) => suggestedPost(day.state, day.addActivity(draft), personId);
  expect(post({})).toEqual({ postId: 'welding', why: 'last-time' });
  expect(post({ posts: [welding, { ...truss, leaderId: personId }] })).toEqual({
    postId: 'truss',
    why: 'assigned',
  });
  expect(
    post({ posts: [welding, { ...truss, leaderId: personId }], assignments: { [personId]: 'welding' } }),
  ).toEqual({ postId: 'welding', why: 'assigned' });
});

test('last time counts by the name of the post at another activity, and not where it was undone', () => {
  const day = new Day();
  const personId = day.addPerson('陈杰');
  const before = day.addActivity();
  const visitId = day.signIn(before.activityId, personId, 'truss');
  day.ask({ type: 'sign-out', visitId });
  const posts = [{ postId: 'other', name: { en: 'Truss', zh: '桁架' }, wanted: 1 }];
  const after = day.addActivity({ posts });
  expect(suggestedPost(day.state, after, personId)).toEqual({ postId: 'other', why: 'last-time' });
  const elsewhere = day.addActivity({ posts: [{ ...posts[0]!, name: { en: 'Paint', zh: '喷漆' } }] });
  expect(suggestedPost(day.state, elsewhere, personId)).toBeUndefined();
  const wrong = day.signIn(after.activityId, personId, 'other');
  day.ask({ type: 'undo-sign-in', visitId: wrong });
  expect(suggestedPost(day.state, before, personId)).toEqual({ postId: 'truss', why: 'last-time' });
});

test('one evening at a post that there is not here does not hide where somebody always is', () => {
  const day = new Day();
  const personId = day.addPerson('陈杰');
  const usual = day.addActivity();
  const visitId = day.signIn(usual.activityId, personId, 'truss');
  day.ask({ type: 'sign-out', visitId });
  const posts = [{ postId: 'stand', name: { en: 'Stand', zh: '展台' }, wanted: 1 }];
  day.signIn(day.addActivity({ posts }).activityId, personId, 'stand');
  expect(suggestedPost(day.state, usual, personId)).toEqual({ postId: 'truss', why: 'last-time' });
});
