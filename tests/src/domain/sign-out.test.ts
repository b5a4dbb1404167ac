import { expect, test } from 'vitest';
import { forgottenVisits } from '../../../src/domain/decide-sign-outs.ts';
import { Day } from './day.ts';

const STAFF = { role: 'editor' } as const;
const LEADER = { role: 'leader' } as const;

function arrived(names = ['陈杰']) {
  const day = new Day();
  const { activityId } = day.addActivity();
  const people = names.map((name) => day.addPerson(name));
  const visitIds = people.map((personId) => day.signIn(activityId, personId));
  const ends = () => visitIds.map((visitId) => day.state.visits.get(visitId)!.signOut);
  return { day, activityId, people, visitIds, visitId: visitIds[0]!, ends };
}

test('a second sign-out is refused with the time of the first', () => {
  const { day, visitId } = arrived();
  day.wait(60);
  const at = day.at;
  day.ask({ type: 'sign-out', visitId });
  day.wait(5);
  expect(day.refusal({ type: 'sign-out', visitId })).toEqual({ code: 'signed-out', at });
  expect(day.refusal({ type: 'sign-out', visitId: 'x' })?.code).toBe('visit-unknown');
});

test('who has signed out may come again: another visit of the same activity', () => {
  const { day, activityId, people, visitId } = arrived();
  day.wait(60);
  day.ask({ type: 'sign-out', visitId });
  const second = day.signIn(activityId, people[0]!);
  expect(second).not.toBe(visitId);
  expect(day.state.visits.size).toBe(2);
  // The first end cannot be taken back any more: two open visits would follow.
  expect(day.refusal({ type: 'undo-sign-outs', visitIds: [visitId] })?.code).toBe('came-again');
});

test('a sign-out is taken back at the gate for half a minute, by a leader later', () => {
  const { day, visitId, ends } = arrived();
  day.ask({ type: 'sign-out', visitId });
  day.wait(30);
  day.ask({ type: 'undo-sign-outs', visitIds: [visitId] });
  expect(ends()).toEqual([undefined]);
  day.ask({ type: 'sign-out', visitId });
  day.wait(31);
  expect(day.refusal({ type: 'undo-sign-outs', visitIds: [visitId] })).toEqual({
    code: 'undo-too-late',
    seconds: 30,
  });
  day.ask({ type: 'undo-sign-outs', visitIds: [visitId] }, LEADER);
  expect(ends()).toEqual([undefined]);
  expect(day.refusal({ type: 'undo-sign-outs', visitIds: [visitId] })?.code).toBe('not-signed-out');
});

test('everybody out is one step, and so is taking it back; who had gone before keeps their end', () => {
  const { day, activityId, visitIds, ends } = arrived(['陈杰', '陈伟', 'Anna']);
  day.ask({ type: 'sign-out', visitId: visitIds[0]! });
  const first = ends()[0];
  day.wait(3600);
  const events = day.events.length;
  const { visitIds: out } = day.ask<{ visitIds: string[] }>(
    { type: 'sign-out-all', activityId },
    LEADER,
  ).answer;
  expect(out).toEqual(visitIds.slice(1));
  expect(day.events.length).toBe(events + 1);
  expect(ends().every(Boolean)).toBe(true);
  day.ask({ type: 'undo-sign-outs', visitIds: out }, LEADER);
  expect(day.events.length).toBe(events + 2);
  expect(ends()).toEqual([first, undefined, undefined]);
});

test('one that cannot be taken back any more does not keep the others out: it is named', () => {
  const { day, activityId, people, visitIds, ends } = arrived(['陈杰', '陈伟', 'Anna', 'Ben']);
  day.ask({ type: 'sign-out-all', activityId }, LEADER);
  day.wait(5);
  day.signIn(activityId, people[1]!);
  day.ask({ type: 'void-visit', visitId: visitIds[2]!, reason: 'was at home' }, STAFF);
  const events = day.events.length;
  const { answer } = day.ask({ type: 'undo-sign-outs', visitIds }, LEADER);
  expect(answer).toMatchObject({
    visitIds: [visitIds[0], visitIds[3]],
    leftOut: [
      { visitId: visitIds[1], reason: { code: 'came-again' } },
      { visitId: visitIds[2], reason: { code: 'visit-undone' } },
    ],
  });
  expect(ends().map(Boolean)).toEqual([false, true, true, false]);
  expect(day.events.length).toBe(events + 1);
  expect(day.refusal({ type: 'undo-sign-outs', visitIds: visitIds.slice(1, 3) }, LEADER)?.code).toBe(
    'came-again',
  );
});

test('everybody out of one post signs out the whole evening', () => {
  const day = new Day();
  const [gate, crane] = ['gate', 'crane'].map((postId) => ({
    postId,
    name: { en: postId, zh: postId },
    wanted: 1,
  }));
  const { activityId } = day.addActivity({ posts: [gate!, crane!] });
  const [first, second] = [day.addPerson('陈杰'), day.addPerson('陈伟')];
  const visitId = day.signIn(activityId, first, 'gate');
  const other = day.signIn(activityId, second, 'crane');
  const { answer } = day.ask<{ visitIds: string[] }>(
    { type: 'sign-out-all', activityId, postId: 'gate' },
    LEADER,
  );
  expect(answer.visitIds).toEqual([visitId]);
  expect(day.state.visits.get(other)!.signOut).toBeUndefined();
  expect(day.refusal({ type: 'sign-out-all', activityId, postId: 'gate' })?.code).toBe('nobody-there');
  expect(day.refusal({ type: 'sign-out-all', activityId, postId: 'x' })?.code).toBe('post-unknown');
});

test('with nobody there, everybody out says so', () => {
  const { day, activityId, visitId } = arrived();
  day.ask({ type: 'sign-out', visitId });
  expect(day.refusal({ type: 'sign-out-all', activityId })?.code).toBe('nobody-there');
  expect(day.refusal({ type: 'sign-out-all', activityId: 'x' })?.code).toBe('activity-unknown');
});

test('who said that they stay is signed out at the end, everybody else an hour later', () => {
  const { day, visitIds, ends } = arrived(['陈杰', '陈伟']);
  day.ask({ type: 'announce-stay', visitId: visitIds[0]! });
  expect(day.ask({ type: 'announce-stay', visitId: visitIds[0]! }).event).toBeUndefined();
  const forgotten = () => forgottenVisits(day.state, day.at).map(({ visitId }) => visitId);
  day.wait(2 * 3600 - 1);
  expect(forgotten()).toEqual([]);
  day.wait(1);
  expect(forgotten()).toEqual([visitIds[0]]);
  day.ask({ type: 'close-forgotten' }, STAFF);
  day.wait(3600);
  expect(forgotten()).toEqual([visitIds[1]]);
  day.ask({ type: 'close-forgotten' }, STAFF);
  const end = { at: '2026-11-22T20:00:00.000+08:00', how: 'planned' };
  expect(ends()).toMatchObject([end, end]);
  expect(day.ask({ type: 'close-forgotten' }, STAFF).event).toBeUndefined();
});

test('the activity says how long it waits', () => {
  const day = new Day();
  const { activityId } = day.addActivity({ closesAfterMinutes: 0 });
  const visitId = day.signIn(activityId, day.addPerson('陈杰'));
  day.wait(2 * 3600);
  expect(forgottenVisits(day.state, day.at).map((visit) => visit.visitId)).toEqual([visitId]);
});

test('who came after the end was there for no time, not for a negative one', () => {
  const day = new Day();
  const { activityId } = day.addActivity();
  day.wait(3 * 3600);
  const visitId = day.signIn(activityId, day.addPerson('陈杰'));
  day.wait(3 * 3600 + 60);
  day.ask({ type: 'close-forgotten' }, STAFF);
  const { signedInAt, signOut } = day.state.visits.get(visitId)!;
  expect(signOut).toMatchObject({ at: signedInAt, how: 'planned' });
});

test('while the clock is in doubt nobody is signed out by it', () => {
  const { day, ends } = arrived();
  day.jump(24 * 3600 * 1000);
  day.ask({ type: 'close-forgotten' }, STAFF);
  expect(ends()).toEqual([undefined]);
});

test('a corrected end keeps its reason, and is refused where it cannot be', () => {
  const { day, visitId, ends } = arrived();
  day.wait(3600);
  const correct = (at: string) => ({ type: 'correct-sign-out' as const, visitId, at, reason: '提前回家' });
  expect(day.refusal(correct('2026-11-22T19:00:01.000+08:00'), STAFF)?.code).toBe('time-in-future');
  expect(day.refusal(correct('2026-11-22T17:59:59.000+08:00'), STAFF)?.code).toBe('left-before-arrival');
  const { answer } = day.ask<{ minutes: number }>(correct('2026-11-22T10:30:00.000+00:00'), STAFF);
  expect(answer.minutes).toBe(30);
  // Written in the zone of the gate.
  expect(ends()).toMatchObject([
    { at: '2026-11-22T18:30:00.000+08:00', how: 'corrected', reason: '提前回家' },
  ]);
});

test('only planned ends can be accepted, all of them or none', () => {
  const { day, visitIds, ends } = arrived(['陈杰', '陈伟']);
  day.ask({ type: 'sign-out', visitId: visitIds[0]! });
  day.wait(4 * 3600);
  day.ask({ type: 'close-forgotten' }, STAFF);
  expect(day.refusal({ type: 'accept-sign-outs', visitIds }, STAFF)?.code).toBe('not-planned');
  expect(ends()[1]).not.toHaveProperty('accepted');
  day.ask({ type: 'accept-sign-outs', visitIds: [visitIds[1]!] }, STAFF);
  expect(ends()[1]).toMatchObject({ how: 'planned', accepted: true });
});

test('a correction that was a mistake is undone to the end that was measured, by staff and not by a leader', () => {
  const { day, visitId, ends } = arrived();
  day.wait(1800);
  day.ask({ type: 'sign-out', visitId });
  const [measured] = ends();
  day.wait(600);
  const correct = (at: string) =>
    day.ask({ type: 'correct-sign-out', visitId, at, reason: 'worked longer' }, STAFF);
  correct('2026-11-22T18:40:00.000+08:00');
  expect(ends()[0]).toMatchObject({ how: 'corrected', by: 'editor', replaced: measured });
  const undo = { type: 'undo-sign-outs' as const, visitIds: [visitId] };
  expect([day.refusal(undo)?.code, day.refusal(undo, LEADER)?.code]).toEqual([
    'corrected-by-staff',
    'corrected-by-staff',
  ]);
  correct('2026-11-22T18:35:00.000+08:00');
  day.ask(undo, STAFF);
  expect(ends()[0]).toMatchObject({ how: 'corrected', at: '2026-11-22T18:40:00.000+08:00' });
  day.ask(undo, STAFF);
  expect(ends()).toEqual([measured]);
  day.ask(undo, STAFF);
  expect(ends()).toEqual([undefined]);
});

test('the end that was measured moves with the clock, corrected since or not', () => {
  const { day, visitId, ends } = arrived();
  day.ask({ type: 'sign-out', visitId });
  const jumpId = day.jump(3_600_000);
  day.ask({ type: 'correct-sign-out', visitId, at: day.at, reason: 'worked longer' }, STAFF);
  day.ask({ type: 'correct-clock', jumpId, right: 'after' });
  expect(ends()[0]).toMatchObject({
    at: '2026-11-22T19:00:00.000+08:00',
    replaced: { at: '2026-11-22T19:00:00.000+08:00' },
  });
});

test('who comes back by an undone sign-out where it has become full is let in, and marked', () => {
  const day = new Day();
  const posts = [
    { postId: 'crane', name: { en: 'Crane', zh: '吊车' }, wanted: 1, limit: 1, hard: true as const },
  ];
  const { activityId } = day.addActivity({ posts });
  const [first, second] = [day.addPerson('陈杰'), day.addPerson('陈伟')];
  const visitId = day.signIn(activityId, first, 'crane');
  day.ask({ type: 'sign-out', visitId });
  const other = day.signIn(activityId, second, 'crane');
  day.ask({ type: 'undo-sign-outs', visitIds: [visitId] });
  expect(day.state.visits.get(visitId)).toMatchObject({ overLimit: true });
  expect(day.state.visits.get(visitId)).not.toHaveProperty('overCapacity');
  expect(day.state.visits.get(other)).not.toHaveProperty('overLimit');
});

test('of several who come back at once, those beyond the places are marked', () => {
  const day = new Day();
  const { activityId } = day.addActivity({ capacity: 2 });
  const leave = (name: string) => {
    const visitId = day.signIn(activityId, day.addPerson(name));
    day.ask({ type: 'sign-out', visitId });
    return visitId;
  };
  const visitIds = [leave('陈杰'), leave('陈伟'), leave('Anna')];
  day.ask({ type: 'undo-sign-outs', visitIds }, LEADER);
  const marked = visitIds.map((visitId) => day.state.visits.get(visitId)!.overCapacity ?? false);
  expect(marked).toEqual([false, false, true]);
});

test('a planned end is not undone to be planned again a minute later: staff say when the person left', () => {
  const { day, visitId, ends } = arrived();
  day.wait(3 * 3600);
  day.ask({ type: 'close-forgotten' }, { role: 'admin' });
  const [planned] = ends();
  expect(planned?.how).toBe('planned');
  const undo = { type: 'undo-sign-outs' as const, visitIds: [visitId] };
  expect(day.refusal(undo, STAFF)).toEqual({ code: 'closed-already', at: planned!.at });
  day.ask({ type: 'correct-sign-out', visitId, at: '2026-11-22T19:00:00.000+08:00', reason: 'went' }, STAFF);
  day.ask(undo, STAFF);
  expect(ends()).toEqual([planned]);
});

test('an end that was measured by mistake is undone however late: the visit then ends as planned', () => {
  const { day, visitId, ends } = arrived();
  day.ask({ type: 'sign-out', visitId });
  day.wait(5 * 3600);
  day.ask({ type: 'undo-sign-outs', visitIds: [visitId] }, STAFF);
  expect(ends()).toEqual([undefined]);
  day.ask({ type: 'close-forgotten' }, { role: 'admin' });
  expect(ends()[0]?.how).toBe('planned');
});
