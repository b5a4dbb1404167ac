import { expect, test } from 'vitest';
import type { ActivityDraft } from '../../../src/domain/command.ts';
import { countsAt } from '../../../src/domain/counts.ts';
import { activityDraft, Day } from './day.ts';

const STAFF = { role: 'editor' } as const;
const ONCE = {
  kind: 'once' as const,
  startsAt: '2026-11-22T19:00:00.000+08:00',
  endsAt: '2026-11-22T21:00:00.000+08:00',
  opensMinutesBefore: 30,
};

function dayOf(draft: Partial<ActivityDraft>) {
  const day = new Day();
  const { activityId } = day.addActivity(draft);
  const signIn = (personId: string, postId?: string) => ({
    type: 'sign-in' as const,
    activityId,
    personId,
    ...(postId !== undefined && { postId }),
  });
  return { day, activityId, signIn };
}

test('the window opens the early minutes before the start and closes with the end', () => {
  const { day, activityId, signIn } = dayOf({ schedule: ONCE });
  const [early, late, gone] = ['陈杰', '陈伟', 'Anna'].map((name) => day.addPerson(name)) as [
    string,
    string,
    string,
  ];
  day.wait(30 * 60 - 1);
  expect(day.refusal(signIn(early))).toEqual({
    code: 'not-open',
    opensAt: '2026-11-22T18:30:00.000+08:00',
    endsAt: ONCE.endsAt,
  });
  day.wait(1);
  day.signIn(activityId, early);
  day.wait(2.5 * 3600);
  day.signIn(activityId, late);
  day.wait(1);
  expect(day.refusal(signIn(gone))?.code).toBe('not-open');
  // Staff add whom the window has forgotten.
  expect(day.refusal(signIn(gone), STAFF)).toBeUndefined();
});

test('who may come: by category, by team, by the list, and the leader of a post always', () => {
  const day = new Day();
  const member = day.addPerson('陈杰', { categoryId: 'party-member' });
  const welder = day.addPerson('陈伟', { team: '焊接班' });
  const listed = day.addPerson('Anna');
  const leader = day.addPerson('李明朗');
  const other = day.addPerson('王建国', { categoryId: 'activist', team: '下料班' });
  const { activityId } = day.addActivity({
    expectedIds: [listed],
    eligible: { categoryIds: ['party-member'], teams: ['焊接班'], expected: true },
    posts: [{ postId: 'gate', name: { en: 'Gate', zh: '大门' }, wanted: 1, leaderId: leader }],
  });
  const refused = [member, welder, listed, leader, other].map(
    (personId) => day.refusal({ type: 'sign-in', activityId, personId })?.code,
  );
  expect(refused).toEqual([undefined, undefined, undefined, undefined, 'not-eligible']);
  expect(day.refusal({ type: 'sign-in', activityId, personId: other }, STAFF)).toBeUndefined();
});

test('a full activity refuses kindly; who leaves makes room; staff let one more in, who is marked', () => {
  const { day, activityId, signIn } = dayOf({ capacity: 1 });
  const [first, second, third] = ['陈杰', '陈伟', 'Anna'].map((name) => day.addPerson(name)) as [
    string,
    string,
    string,
  ];
  const visitId = day.signIn(activityId, first);
  expect(day.refusal(signIn(second))).toEqual({ code: 'activity-full', capacity: 1 });
  day.ask({ type: 'sign-out', visitId });
  day.signIn(activityId, second);
  const { answer } = day.ask<{ visitId: string }>(signIn(third), STAFF);
  expect(day.state.visits.get(answer.visitId)).toMatchObject({ overLimit: true });
});

test('a hard limit refuses where a soft one asks for a reason; another post is still open', () => {
  const { day, activityId, signIn } = dayOf({
    posts: [
      { postId: 'crane', name: { en: 'Crane', zh: '吊车' }, wanted: 1, limit: 1, hard: true },
      { postId: 'truss', name: { en: 'Truss', zh: '桁架' }, wanted: 3 },
    ],
  });
  const [first, second] = [day.addPerson('陈杰'), day.addPerson('陈伟')];
  const visitId = day.signIn(activityId, first, 'crane');
  expect(day.refusal(signIn(second, 'crane'))).toMatchObject({
    code: 'post-full',
    postId: 'crane',
    limit: 1,
  });
  const moved = day.signIn(activityId, second, 'truss');
  // Changing over is no way around the limit.
  expect(day.refusal({ type: 'change-post', visitId: moved, postId: 'crane' })?.code).toBe('post-full');
  day.ask({ type: 'sign-out', visitId });
  day.ask({ type: 'change-post', visitId: moved, postId: 'crane' });
  expect(day.state.visits.get(moved)).toMatchObject({ postId: 'crane', earlierPosts: ['truss'] });
});

test('who leads a full post with a hard limit is shut out of it', () => {
  const day = new Day();
  const [leader, helper, other] = ['李明朗', '陈杰', '陈伟'].map((name) => day.addPerson(name)) as [
    string,
    string,
    string,
  ];
  const crane = {
    postId: 'crane',
    name: { en: 'Crane', zh: '吊车' },
    wanted: 1,
    limit: 1,
    hard: true as const,
  };
  const { activityId } = day.addActivity({
    posts: [
      { ...crane, leaderId: leader },
      { postId: 'truss', name: { en: 'Truss', zh: '桁架' }, wanted: 3 },
    ],
  });
  day.signIn(activityId, helper, 'crane');
  const visitId = day.signIn(activityId, leader, 'crane');
  expect(day.state.visits.get(visitId)).toMatchObject({ postId: 'crane', overLimit: true });
  expect(day.refusal({ type: 'sign-in', activityId, personId: other, postId: 'crane' })?.code).toBe(
    'post-full',
  );
  day.ask({ type: 'change-post', visitId, postId: 'truss' });
  day.ask({ type: 'change-post', visitId, postId: 'crane' });
  expect(day.state.visits.get(visitId)).toMatchObject({ postId: 'crane', overLimit: true });
});

test('a refusal holds nobody up: the next person signs in', () => {
  const { day, activityId, signIn } = dayOf({ eligible: { categoryIds: ['party-member'] } });
  const guest = day.addPerson('陈杰');
  const member = day.addPerson('陈伟', { categoryId: 'party-member' });
  expect(day.refusal(signIn(guest))?.code).toBe('not-eligible');
  expect(day.signIn(activityId, member)).toBeTruthy();
});

test('a rule that nobody can meet is not saved: "whoever is expected" with nobody named', () => {
  const day = new Day();
  const anna = day.addPerson('Anna');
  const posts = [{ postId: 'gate', name: { en: 'Gate', zh: '大门' }, wanted: 1 }];
  const refusalOf = (draft: Partial<ActivityDraft>) =>
    day.refusal({ type: 'save-activity', activity: { ...activityDraft(), posts, ...draft } }, STAFF)?.code;
  const expected = true as const;
  expect(refusalOf({ eligible: { expected } })).toBe('nobody-eligible');
  expect(refusalOf({ eligible: { expected }, expectedIds: [] })).toBe('nobody-eligible');
  expect(refusalOf({ eligible: { categoryIds: [], teams: [] } })).toBe('nobody-eligible');
  expect(refusalOf({ eligible: { expected }, posts: [] })).toBeUndefined();
  expect(refusalOf({ eligible: { expected }, expectedIds: [anna] })).toBeUndefined();
  expect(refusalOf({ eligible: { expected }, assignments: { [anna]: 'gate' } })).toBeUndefined();
  expect(refusalOf({ eligible: { expected, teams: ['焊接班'] } })).toBeUndefined();
});

test('who was told to go to a post is expected, though they are not on the list', () => {
  const day = new Day();
  const [anna, chen, wang] = ['Anna', '陈杰', '王建国'].map((name) => day.addPerson(name)) as [
    string,
    string,
    string,
  ];
  const posts = [{ postId: 'gate', name: { en: 'Gate', zh: '大门' }, wanted: 1 }];
  const rules = { posts, eligible: { expected: true as const }, assignments: { [chen]: 'gate' } };
  for (const list of [{ expectedIds: [anna] }, {}]) {
    const { activityId } = day.addActivity({ ...rules, ...list });
    const come = { type: 'sign-in' as const, activityId, leaveOther: true as const };
    expect(day.refusal({ ...come, personId: chen })).toBeUndefined();
    expect(day.refusal({ ...come, personId: wang })?.code).toBe('not-eligible');
  }
  const listed = day.addActivity({ ...rules, expectedIds: [anna] });
  expect(countsAt(day.state, listed, day.at).expected).toBe(2);
});
