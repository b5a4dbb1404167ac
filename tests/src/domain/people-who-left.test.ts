import { expect, test } from 'vitest';
import type { ImportAnswer } from '../../../src/domain/decide-people.ts';
import type { PersonDraft } from '../../../src/domain/person.ts';
import { Day } from './day.ts';

const chen = { name: '陈杰', staffNo: '1017', team: '焊接班' };

function bring(day: Day, ...people: PersonDraft[]): ImportAnswer {
  return day.ask<ImportAnswer>({ type: 'import-people', people }).answer;
}

/** Somebody who came once and has left since. */
function dayWithLeaver(draft: PersonDraft = chen) {
  const day = new Day();
  const personId = day.addPerson(draft.name, draft);
  const activity = day.addActivity();
  const visitId = day.signIn(activity.activityId, personId);
  day.ask({ type: 'remove-people', personIds: [personId] });
  return { day, personId, activity, visitId };
}

function onRoster(day: Day) {
  return [...day.state.people.values()].filter(({ left }) => !left);
}

test('who has left is off the roster but stays known to the list they are on', () => {
  const { day, personId, visitId } = dayWithLeaver();
  expect([onRoster(day), onRoster(day).length]).toEqual([[], 0]);
  expect(day.state.people.get(personId)).toEqual({ personId, ...chen, left: true });
  expect(day.state.visits.get(visitId)?.personId).toBe(personId);
});

test('somebody whom nothing names is forgotten whole', () => {
  const day = new Day();
  const personId = day.addPerson('typed by mistake');
  day.ask({ type: 'remove-people', personIds: [personId] });
  expect([day.state.people.size, onRoster(day).length]).toEqual([0, 0]);
});

test('a leader and somebody who is expected stay known to their activity', () => {
  const day = new Day();
  const [leader, expected] = [day.addPerson('李强'), day.addPerson('王建国')];
  day.addActivity({
    posts: [{ name: { en: 'Gate', zh: '大门' }, wanted: 1, leaderId: leader }],
    expectedIds: [expected],
  });
  day.ask({ type: 'remove-people', personIds: [leader, expected] });
  expect([...day.state.people.values()].map(({ left }) => left)).toEqual([true, true]);
});

test('who has left can neither sign in, be entered nor be removed again', () => {
  const { day, personId, activity } = dayWithLeaver();
  const { activityId } = activity;
  const unknown = { code: 'person-unknown' };
  expect(day.refusal({ type: 'sign-in', activityId, personId })).toEqual(unknown);
  expect(day.refusal({ type: 'add-visit', activityId, personId, reason: 'x' })).toEqual(unknown);
  expect(day.refusal({ type: 'remove-people', personIds: [personId] })).toEqual(unknown);
});

test('somebody named twice is removed once, and counted once', () => {
  const day = new Day();
  const personId = day.addPerson('陈杰');
  expect(day.ask({ type: 'remove-people', personIds: [personId, personId] }).answer).toEqual({ removed: 1 });
  expect(onRoster(day).length).toBe(0);
});

test('one unknown among those to remove removes nobody', () => {
  const day = new Day();
  const personId = day.addPerson('陈杰');
  expect(day.refusal({ type: 'remove-people', personIds: [personId, 'x'] })).toEqual({
    code: 'person-unknown',
  });
  expect(onRoster(day).length).toBe(1);
});

test('the next list brings back who has left, as the same person', () => {
  const { day, personId } = dayWithLeaver();
  expect(bring(day, chen)).toMatchObject({ added: 0, updated: 1 });
  expect(onRoster(day)).toEqual([{ personId, ...chen }]);
  expect(onRoster(day).length).toBe(1);
});

test('saved in the office, who has left is back, too', () => {
  const { day, personId } = dayWithLeaver();
  day.ask({ type: 'save-person', person: { personId, name: '陈杰' } });
  expect(onRoster(day)).toEqual([{ personId, ...chen }]);
});

test('a number that went to somebody else stays theirs when the next list comes', () => {
  const day = new Day();
  const successor = day.addPerson('李强', { team: '电装班' });
  const former = day.addPerson(chen.name, chen);
  day.signIn(day.addActivity().activityId, former);
  day.ask({ type: 'remove-people', personIds: [former] });
  day.ask({ type: 'save-person', person: { personId: successor, name: '李强', staffNo: chen.staffNo } });
  bring(day, { name: '李强', staffNo: chen.staffNo, team: '焊接班' });
  expect(onRoster(day).map(({ personId, team }) => [personId, team])).toEqual([[successor, '焊接班']]);
});

test('who comes back finds their number gone to somebody else: two people never have one', () => {
  const { day, personId } = dayWithLeaver();
  const successor = day.addPerson('李强', { staffNo: chen.staffNo });
  expect(day.refusal({ type: 'save-person', person: { personId, name: '陈杰' } })).toEqual({
    code: 'staff-number-taken',
    staffNo: chen.staffNo,
    name: '李强',
  });
  bring(day, { name: chen.name, team: chen.team });
  const withNumber = onRoster(day).filter(({ staffNo }) => staffNo === chen.staffNo);
  expect(withNumber.map(({ personId }) => personId)).toEqual([successor]);
  expect(onRoster(day).map(({ name }) => name)).toContain('陈杰');
});

test('a namesake who left long ago does not keep the one who is here from being known', () => {
  const { day } = dayWithLeaver({ name: '陈杰', team: '焊接班' });
  const here = day.addPerson('陈杰', { team: '焊接班' });
  expect(bring(day, { name: '陈杰', team: '焊接班', categoryId: 'activist' })).toMatchObject({
    updated: 1,
    skipped: [],
  });
  expect(onRoster(day)).toEqual([{ personId: here, name: '陈杰', team: '焊接班', categoryId: 'activist' }]);
});
