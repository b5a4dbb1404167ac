import { expect, test } from 'vitest';
import type { LeftOut } from '../../../src/domain/decide-roll-call.ts';
import { Day } from './day.ts';

const LEADER = { role: 'leader' } as const;

/** A leader of the post with three people on the roster. */
function rollOf(limit?: number, hard?: true) {
  const day = new Day();
  const leaderId = day.addPerson('李明朗');
  const people = ['陈杰', '陈伟', 'Anna'].map((name) => day.addPerson(name)) as [string, string, string];
  const post = { postId: 'truss', name: { en: 'Truss', zh: '桁架' }, wanted: 3, leaderId };
  const { activityId } = day.addActivity({
    posts: [{ ...post, ...(limit && { limit }), ...(hard && { hard }) }],
  });
  const call = (personIds: string[], by: string | null = leaderId) =>
    day.ask<{ visitIds: string[]; leftOut: LeftOut[] }>(
      { type: 'call-roll', activityId, postId: 'truss', personIds, leaderId: by },
      LEADER,
    );
  return { day, activityId, leaderId, people, call };
}

test('a roll-call is one event, says who vouched, and takes nobody twice', () => {
  const { day, leaderId, people, call } = rollOf();
  const events = day.events.length;
  const { visitIds, leftOut } = call([...people, people[0]]).answer;
  expect([visitIds.length, leftOut, day.events.length]).toEqual([3, [], events + 1]);
  expect(new Set(visitIds).size).toBe(3);
  for (const visitId of visitIds) {
    expect(day.state.visits.get(visitId)).toMatchObject({ postId: 'truss', vouchedBy: leaderId });
  }
});

test('who is here already, unknown or beyond a hard limit is left out and named; the others are in', () => {
  const { day, activityId, people, call } = rollOf(2, true);
  day.signIn(activityId, people[0], 'truss');
  const { visitIds, leftOut } = call([people[0], 'nobody', people[1], people[2]]).answer;
  expect(visitIds).toHaveLength(1);
  expect(leftOut.map(({ personId, reason }) => [personId, reason.code])).toEqual([
    [people[0], 'already-signed-in'],
    ['nobody', 'person-unknown'],
    [people[2], 'post-full'],
  ]);
});

test('with everybody left out nothing is written down', () => {
  const { day, activityId, people, call } = rollOf();
  day.signIn(activityId, people[0]);
  expect(call([people[0]]).event).toBeUndefined();
});

test('each one can be undone alone, the rest as one step, at any time', () => {
  const { day, people, call } = rollOf();
  const [first, second, third] = call(people).answer.visitIds as [string, string, string];
  day.wait(3600);
  day.ask({ type: 'undo-roll-call', visitIds: [second] }, LEADER);
  const undone = () => [first, second, third].map((id) => Boolean(day.state.visits.get(id)!.undoneAt));
  expect(undone()).toEqual([false, true, false]);
  const { answer } = day.ask({ type: 'undo-roll-call', visitIds: [first, second, third] }, LEADER);
  expect(answer).toMatchObject({
    visitIds: [first, third],
    leftOut: [{ visitId: second, reason: { code: 'visit-undone' } }],
  });
  expect(undone()).toEqual([true, true, true]);
  expect(day.refusal({ type: 'undo-roll-call', visitIds: [second] }, LEADER)?.code).toBe('visit-undone');
});

test('a leader undoes neither what people did themselves nor two calls at once', () => {
  const { day, activityId, people, call } = rollOf();
  const own = day.signIn(activityId, people[0]);
  const first = call([people[1]]).answer.visitIds[0]!;
  const second = call([people[2]]).answer.visitIds[0]!;
  const refusal = (visitIds: string[]) => day.refusal({ type: 'undo-roll-call', visitIds }, LEADER)?.code;
  expect([refusal([own]), refusal([first, second])]).toEqual(['not-vouched', 'not-vouched']);
  expect(day.ask({ type: 'undo-roll-call', visitIds: [first, own] }, LEADER).answer).toMatchObject({
    visitIds: [first],
    leftOut: [{ visitId: own, reason: { code: 'not-vouched' } }],
  });
  expect(day.state.visits.get(own)!.undoneAt).toBeUndefined();
});

test('who leads no post of the activity cannot vouch; staff can, as staff', () => {
  const { day, activityId, people, call } = rollOf();
  const personIds = [people[0]];
  const asOther = { type: 'call-roll' as const, activityId, postId: null, personIds, leaderId: people[1] };
  expect(day.refusal(asOther, LEADER)).toMatchObject({ code: 'leader-unknown' });
  const { visitIds } = call([people[0]], null).answer;
  expect(day.state.visits.get(visitIds[0]!)).toMatchObject({ vouchedBy: null });
});

test('a leader calls the roll of their own post and undoes their own calls; the others are not theirs', () => {
  const day = new Day();
  const [li, wang, anna] = ['李明朗', '王建国', 'Anna'].map((name) => day.addPerson(name)) as [
    string,
    string,
    string,
  ];
  const posts = [
    { postId: 'truss', name: { en: 'Truss', zh: '桁架' }, wanted: 3, leaderId: li },
    { postId: 'welding', name: { en: 'Welding', zh: '焊接' }, wanted: 3, leaderId: wang },
  ];
  const { activityId } = day.addActivity({ posts });
  const call = { type: 'call-roll' as const, activityId, postId: 'welding', personIds: [anna] };
  expect(day.refusal({ ...call, leaderId: li }, LEADER)).toMatchObject({
    code: 'not-your-post',
    postId: 'welding',
  });
  const { visitIds } = day.ask<{ visitIds: string[] }>({ ...call, leaderId: wang }, LEADER).answer;
  const undo = { type: 'undo-roll-call' as const, visitIds };
  expect(day.refusal({ ...undo, leaderId: li }, LEADER)?.code).toBe('not-your-call');
  expect(day.refusal({ ...undo, leaderId: wang }, LEADER)).toBeUndefined();
});
