import { expect, test } from 'vitest';
import { countsAt } from '../../../src/domain/counts.ts';
import type { Event } from '../../../src/domain/event.ts';
import { evolve } from '../../../src/domain/evolve.ts';
import { minutesOf } from '../../../src/domain/hours.ts';
import { restoreRecord, type SnapshotRecord } from '../../../src/domain/snapshot.ts';
import { activityDraft, Day } from './day.ts';

function dayWithVisit() {
  const day = new Day();
  const activity = day.addActivity();
  const personId = day.addPerson('陈杰');
  const visitId = day.signIn(activity.activityId, personId, 'welding');
  return { day, activity, personId, visitId };
}

const adding = (activityId: string, personId: string, signedInAt?: string) => ({
  type: 'add-visit' as const,
  activityId,
  personId,
  reason: 'the gate was switched off',
  ...(signedInAt !== undefined && { signedInAt }),
});

test('who signed in for a colleague is declared void: not counted, still in the list, with the reason', () => {
  const { day, activity, personId, visitId } = dayWithVisit();
  day.wait(3600);
  const undoneAt = day.at;
  day.ask({ type: 'void-visit', visitId, reason: 'was at home' });
  expect(day.state.visits.get(visitId)).toMatchObject({ personId, undoneAt, voidReason: 'was at home' });
  expect(countsAt(day.state, activity, day.at)).toMatchObject({ present: 0, posts: [{ full: false }, {}] });
});

test('who was declared void by mistake signs in again, and is there once', () => {
  const { day, activity, personId, visitId } = dayWithVisit();
  day.ask({ type: 'void-visit', visitId, reason: 'wrong line' });
  expect(day.signIn(activity.activityId, personId)).not.toBe(visitId);
  expect(countsAt(day.state, activity, day.at).present).toBe(1);
});

test('a visit is declared void once; an undone one or none at all is not', () => {
  const { day, visitId } = dayWithVisit();
  const voiding = { type: 'void-visit' as const, visitId, reason: 'was at home' };
  day.ask(voiding);
  expect(day.refusal(voiding)).toEqual({ code: 'visit-undone', undoneAt: day.at });
  expect(day.refusal({ ...voiding, visitId: 'gate-99' })).toEqual({ code: 'visit-unknown' });
});

test('who came while the gate was off is entered with the time they came, and when and why that was', () => {
  const { day, activity } = dayWithVisit();
  const personId = day.addPerson('李强');
  day.wait(3600);
  const came = '2026-11-22T18:20:00.000+08:00';
  const { answer } = day.ask<{ visitId: string }>(adding(activity.activityId, personId, came));
  expect(day.state.visits.get(answer.visitId)).toMatchObject({
    personId,
    signedInAt: came,
    enteredAt: day.at,
    reason: 'the gate was switched off',
    takingPlace: '2026-11-22',
  });
  expect(countsAt(day.state, activity, day.at).present).toBe(2);
});

test('nobody is entered for a time that is still to come, or twice, or without being known', () => {
  const { day, activity, personId, visitId } = dayWithVisit();
  const { activityId } = activity;
  const signedInAt = day.at;
  day.wait(60);
  const later = '2026-11-22T18:01:00.001+08:00';
  const other = day.addPerson('李强');
  expect(day.refusal(adding(activityId, other, later))).toEqual({ code: 'time-in-future', at: later });
  expect(day.refusal(adding(activityId, personId, signedInAt))).toEqual({
    code: 'already-signed-in',
    visitId,
    postId: 'welding',
    signedInAt,
  });
  expect(day.refusal(adding(activityId, 'x'))).toEqual({ code: 'person-unknown' });
  expect(day.refusal(adding('x', personId))).toEqual({ code: 'activity-unknown' });
  expect(day.refusal({ ...adding(activityId, other), postId: 'x' })).toEqual({ code: 'post-unknown' });
});

test('who is entered for yesterday of a daily activity is on the list of yesterday, not of today', () => {
  const { day, activity, personId } = dayWithVisit();
  day.wait(24 * 3600);
  day.ask(adding(activity.activityId, day.addPerson('李强'), '2026-11-22T18:20:00.000+08:00'));
  expect(countsAt(day.state, activity, '2026-11-22T20:00:00.000+08:00').present).toBe(2);
  expect(countsAt(day.state, activity, day.at).present).toBe(0);
  expect(day.refusal(adding(activity.activityId, personId))).toBeUndefined();
});

test('a time that a script gives in UTC belongs to the day of the plant', () => {
  const day = new Day();
  const { activityId } = day.addActivity({ schedule: { kind: 'daily', start: '00:00', end: '02:00' } });
  day.wait(8 * 3600);
  const inUtc = '2026-11-22T17:30:00.000+00:00';
  const { answer } = day.ask<{ visitId: string }>(adding(activityId, day.addPerson('陈杰'), inUtc));
  expect(day.state.visits.get(answer.visitId)).toMatchObject({
    signedInAt: '2026-11-23T01:30:00.000+08:00',
    takingPlace: '2026-11-23',
  });
});

test('an entry for a post that is full is marked, as at the gate', () => {
  const { day, activity } = dayWithVisit();
  const command = { ...adding(activity.activityId, day.addPerson('李强')), postId: 'welding' };
  const { answer } = day.ask<{ visitId: string }>(command);
  expect(day.state.visits.get(answer.visitId)).toMatchObject({ overLimit: true });
});

test('an activity that people signed in to is history; one that nobody came to can go', () => {
  const { day, activity, visitId } = dayWithVisit();
  const { activityId } = activity;
  day.ask({ type: 'void-visit', visitId, reason: 'a try' });
  expect(day.refusal({ type: 'remove-activity', activityId })).toEqual({
    code: 'activity-has-visits',
    visits: 1,
  });
  const empty = day.addActivity();
  day.ask({ type: 'remove-activity', activityId: empty.activityId });
  expect([...day.state.activities.keys()]).toEqual([activityId]);
  expect(day.refusal({ type: 'remove-activity', activityId: empty.activityId })).toEqual({
    code: 'activity-unknown',
  });
});

test('somebody named twice as expected is expected once', () => {
  const day = new Day();
  const personId = day.addPerson('陈杰');
  const activity = day.addActivity({ expectedIds: [personId, personId] });
  expect(countsAt(day.state, activity, day.at).expected).toBe(1);
  const draft = { ...activityDraft(), expectedIds: ['x'] };
  expect(day.refusal({ type: 'save-activity', activity: draft })).toEqual({ code: 'person-unknown' });
});

test('an activity with sign-ins never changes between once and every day: its sheet would be empty', () => {
  const { day, activity } = dayWithVisit();
  const once = {
    kind: 'once' as const,
    startsAt: '2026-11-22T18:00:00.000+08:00',
    endsAt: '2026-11-22T20:00:00.000+08:00',
    opensMinutesBefore: 60,
  };
  const changed = { type: 'save-activity' as const, activity: { ...activity, schedule: once } };
  expect(day.refusal(changed)).toEqual({ code: 'schedule-kind-fixed', visits: 1 });
  const fresh = day.addActivity();
  const free = { ...changed, activity: { ...activity, activityId: fresh.activityId, schedule: once } };
  expect(day.refusal(free)).toBeUndefined();
});

test('a day or a time far from the activity is a slip of the finger, and is refused with its times', () => {
  const day = new Day();
  const personId = day.addPerson('李强');
  const { activityId } = day.addActivity({
    schedule: {
      kind: 'once',
      startsAt: '2026-11-22T14:00:00.000+08:00',
      endsAt: '2026-11-22T16:00:00.000+08:00',
      opensMinutesBefore: 30,
    },
  });
  for (const at of ['2026-11-21T14:10:00.000+08:00', '2025-11-22T14:10:00.000+08:00']) {
    expect(day.refusal(adding(activityId, personId, at))).toEqual({
      code: 'time-outside-activity',
      from: '2026-11-22T14:00:00.000+08:00',
      to: '2026-11-22T16:00:00.000+08:00',
    });
  }
  expect(day.refusal(adding(activityId, personId, '2026-11-22T13:40:00.000+08:00'))).toBeUndefined();
});

test('a clock that was set back opens no old visit to anybody, and what staff entered stays theirs', () => {
  const { day, activity, visitId } = dayWithVisit();
  day.wait(-300);
  expect(day.refusal({ type: 'undo-sign-in', visitId })).toMatchObject({ code: 'undo-too-late' });
  const personId = day.addPerson('李强');
  const { answer } = day.ask<{ visitId: string }>(adding(activity.activityId, personId));
  const undo = { type: 'undo-sign-in' as const, visitId: answer.visitId };
  expect(day.refusal(undo)).toMatchObject({ code: 'undo-too-late' });
  expect(day.refusal(undo, { role: 'editor' })).toBeUndefined();
});

test('an expected person who left the roster is expected no more', () => {
  const { day, personId } = dayWithVisit();
  const gone = day.addPerson('赵六');
  const activity = day.addActivity({ expectedIds: [personId, gone] });
  day.ask({ type: 'remove-people', personIds: [gone] });
  expect(countsAt(day.state, activity, day.at)).toMatchObject({ expected: 1, absent: 1 });
});

test('what a newer Muster has written is refused with words, never skipped', () => {
  const day = new Day();
  const newer = { seq: 1, id: 'gate-1', at: day.at, type: 'badge-linked', data: {} } as unknown as Event;
  expect(() => evolve(day.state, newer)).toThrow(/newer version/);
  const record = { kind: 'badge', record: {} } as unknown as SnapshotRecord;
  expect(() => restoreRecord(day.state, record)).toThrow(/newer version/);
});

test('who is moved to another post was entered by staff all the same: both reasons are kept, each for its own', () => {
  const { day, activity } = dayWithVisit();
  const personId = day.addPerson('李强');
  const { visitId } = day.ask<{ visitId: string }>(adding(activity.activityId, personId)).answer;
  day.ask({ type: 'change-post', visitId, postId: 'welding', reason: 'sent by the leader' });
  expect(day.state.visits.get(visitId)).toMatchObject({
    reason: 'the gate was switched off',
    postReason: 'sent by the leader',
    overLimit: true,
  });
  day.ask({ type: 'change-post', visitId, postId: 'truss' });
  const moved = day.state.visits.get(visitId)!;
  expect([moved.reason, moved.postReason, moved.overLimit]).toEqual([
    'the gate was switched off',
    undefined,
    undefined,
  ]);
});

test('who was let into a full activity stays marked at whatever post', () => {
  const day = new Day();
  const { activityId } = day.addActivity({ capacity: 1 });
  day.signIn(activityId, day.addPerson('陈杰'), 'truss');
  const personId = day.addPerson('李强');
  const signIn = { type: 'sign-in' as const, activityId, personId, postId: 'welding' };
  const { visitId } = day.ask<{ visitId: string }>(signIn, { role: 'editor' }).answer;
  day.ask({ type: 'change-post', visitId, postId: 'truss' });
  expect(day.state.visits.get(visitId)).toMatchObject({
    postId: 'truss',
    overLimit: true,
    overCapacity: true,
  });
});

test('nobody is in two visits at a time: an entry or a longer end into another visit is refused, with its times', () => {
  const { day, activity, personId, visitId } = dayWithVisit();
  const { activityId } = activity;
  const at = (time: string) => `2026-11-22T${time}:00.000+08:00`;
  day.wait(1200);
  day.ask({ type: 'sign-out', visitId });
  day.wait(1200);
  const second = day.signIn(activityId, personId);
  day.wait(600);
  day.ask({ type: 'sign-out', visitId: second });
  const [first, later] = [
    { code: 'visits-overlap', visitId, signedInAt: at('18:00'), endedAt: at('18:20') },
    { code: 'visits-overlap', visitId: second, signedInAt: at('18:40'), endedAt: at('18:50') },
  ];
  expect(day.refusal(adding(activityId, personId, at('18:10')))).toEqual(first);
  expect(day.refusal(adding(activityId, personId, at('18:20')))).toEqual(later);
  const between = { ...adding(activityId, personId, at('18:20')), leftAt: at('18:40') };
  expect(day.refusal({ ...between, leftAt: at('18:41') })).toEqual(later);
  expect(day.refusal({ ...between, leftAt: at('18:19') })?.code).toBe('left-before-arrival');
  expect(day.refusal({ ...between, leftAt: at('20:00') })?.code).toBe('time-in-future');
  day.ask(between, { role: 'editor' });
  const correct = { type: 'correct-sign-out' as const, visitId, reason: 'worked longer' };
  day.ask({ ...correct, at: at('18:10') });
  day.ask({ ...correct, at: at('18:20') });
  expect(day.refusal({ ...correct, at: at('18:21') })?.code).toBe('visits-overlap');
});

test('who was there and has left is entered with both times, also beside a visit that goes on', () => {
  const { day, activity, personId, visitId: first } = dayWithVisit();
  const other = day.addActivity();
  day.wait(3600);
  const leftAt = '2026-11-22T18:30:00.000+08:00';
  const signedInAt = '2026-11-22T18:10:00.000+08:00';
  const chen = day.addPerson('李强');
  day.signIn(activity.activityId, chen);
  const entry = { ...adding(activity.activityId, chen, signedInAt), leftAt };
  const { visitId } = day.ask<{ visitId: string }>(entry, { role: 'editor' }).answer;
  expect(day.state.visits.get(visitId)).toMatchObject({
    signOut: { at: leftAt, how: 'corrected', by: 'editor', reason: 'the gate was switched off' },
  });
  expect(minutesOf(day.state.visits.get(visitId)!)).toBe(20);
  expect(countsAt(day.state, activity, day.at).inside).toBe(2);
  // One visit at a time holds over all activities.
  day.ask({ type: 'sign-out', visitId: first });
  const elsewhere = { ...adding(other.activityId, personId, signedInAt), leftAt };
  expect(day.refusal(elsewhere, { role: 'editor' })?.code).toBe('visits-overlap');
});
