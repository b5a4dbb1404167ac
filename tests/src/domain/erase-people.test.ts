import { expect, test } from 'vitest';
import { planImport } from '../../../src/domain/decide-people.ts';
import type { Command } from '../../../src/domain/command.ts';
import { countsAt } from '../../../src/domain/counts.ts';
import { SAMPLE } from '../../../src/sample/volunteer-evening.ts';
import { activityDraft, Day } from './day.ts';

const wang = { staffNo: '4711', team: '焊接班', categoryId: 'party-member' };

/** Somebody who leads, is expected, came with a reason and was declared void the first time. */
function dayWithWang() {
  const day = new Day();
  const personId = day.addPerson('王伟', wang);
  const other = day.addPerson('李静');
  const draft = activityDraft();
  draft.posts[0]!.leaderId = personId;
  const activity = day.addActivity({ ...draft, expectedIds: [personId, other] });
  const { activityId } = activity;
  const voided = day.signIn(activityId, personId);
  day.ask({ type: 'void-visit', visitId: voided, reason: '王伟 was at home' });
  const again = { activityId, personId, postId: 'welding', reason: '王伟 knows the machine' };
  const { visitId } = day.ask<{ visitId: string }>({ type: 'sign-in', ...again }).answer;
  const erase = { type: 'erase-people' as const, personIds: [personId] };
  return { day, personId, other, activityId, visitId, voided, erase };
}

test('of who is erased an id and a category are left, and that it was done', () => {
  const { day, personId, other, activityId, erase } = dayWithWang();
  expect(day.ask(erase).answer).toEqual({ erased: 1 });
  expect(day.state.people.get(personId)).toEqual({
    personId,
    name: '',
    categoryId: 'party-member',
    left: true,
    erased: true,
  });
  expect(day.state.receipts).toEqual(
    new Map([[personId, { personId, erasedAt: day.at, seq: day.state.lastSeq }]]),
  );
  const activity = day.state.activities.get(activityId)!;
  expect([activity.expectedIds, activity.posts[0]!.leaderId]).toEqual([[other], undefined]);
  expect(JSON.stringify([...day.state.visits.values(), ...day.state.gestures.values()])).not.toMatch(
    /王伟|4711|machine/,
  );
});

test('the visits stay and count as before, void ones as void', () => {
  const { day, activityId, visitId, voided, erase } = dayWithWang();
  const countsOf = () => {
    const { present, posts, categories } = countsAt(day.state, day.state.activities.get(activityId)!, day.at);
    return { present, posts, categories };
  };
  const before = countsOf();
  expect(before.categories).toEqual([{ categoryId: 'party-member', present: 1 }]);
  day.ask(erase);
  expect(countsOf()).toEqual(before);
  expect(day.state.visits.get(visitId)).not.toHaveProperty('reason');
  expect(day.state.visits.get(voided)).toMatchObject({ voidReason: '' });
});

test('erasing again is answered without an event; somebody unknown is refused', () => {
  const { day, other, erase } = dayWithWang();
  day.ask(erase);
  expect(day.ask(erase)).toEqual({ answer: { erased: 0 }, event: undefined });
  const both = { ...erase, personIds: [...erase.personIds, other, other] };
  expect(day.ask(both).event?.data).toEqual({ personIds: [other] });
  expect(day.refusal({ type: 'erase-people', personIds: ['nobody'] })).toEqual({ code: 'person-unknown' });
});

test('who is erased does not come back: not by a sign-in, a change, an import or an activity', () => {
  const { day, personId, activityId, erase } = dayWithWang();
  day.ask(erase);
  const unknown = { code: 'person-unknown' };
  expect(day.refusal({ type: 'sign-in', activityId, personId })).toEqual(unknown);
  expect(day.refusal({ type: 'add-visit', activityId, personId, reason: 'was here' })).toEqual(unknown);
  expect(day.refusal({ type: 'save-person', person: { personId, name: '王伟' } })).toEqual(unknown);
  expect(day.refusal({ type: 'remove-people', personIds: [personId] })).toEqual(unknown);
  const activity = activityDraft();
  expect(day.refusal({ type: 'save-activity', activity: { ...activity, expectedIds: [personId] } })).toEqual(
    unknown,
  );
  const posts = activity.posts.map((post) => ({ ...post, leaderId: personId }));
  expect(day.refusal({ type: 'save-activity', activity: { ...activity, posts } })).toEqual({
    code: 'leader-unknown',
    leaderId: personId,
  });
  // The same name and number are somebody new: nobody can know that it is the same person.
  for (const draft of [{ name: '王伟', ...wang }, { name: '' }]) {
    const { changes } = planImport(day.state, 'new', [draft]);
    expect(changes).toMatchObject([{ person: { personId: 'new-1' } }]);
  }
});

test('a repeated tap from before the erasure is refused, never done again', () => {
  const day = new Day();
  const gesture = { id: 'touch', fingerprint: 'made from 王伟' };
  const save = { type: 'save-person', person: { name: '王伟' } } as const;
  const { personId } = day.ask<{ personId: string }>(save, { gesture }).answer;
  day.ask({ type: 'erase-people', personIds: [personId] });
  expect(day.refusal(save, { gesture })).toEqual({ code: 'gesture-reused' });
});

test('whoever is erased may have been in any file that was imported: its fingerprint goes, other people’s stay', () => {
  const day = new Day();
  const by = (id: string) => ({ gesture: { id, fingerprint: `made of ${id}` } });
  day.ask({ type: 'import-people', people: [{ name: '王伟' }] }, by('import'));
  day.ask({ type: 'save-person', person: { name: '李静' } }, by('save'));
  const [personId] = [...day.state.people.keys()];
  day.ask({ type: 'erase-people', personIds: [personId!] });
  expect(['import', 'save'].map((id) => day.state.gestures.get(id)?.fingerprint)).toEqual([
    '',
    'made of save',
  ]);
});

test('nothing is written about who was erased: a visit of theirs is void without a reason', () => {
  const { day, visitId, erase } = dayWithWang();
  day.ask(erase);
  const { event } = day.ask({ type: 'void-visit', visitId, reason: 'Wang again' }, { role: 'admin' });
  expect(event?.data).toEqual({ visitId, reason: '' });
  expect(day.state.visits.get(visitId)).toMatchObject({ voidReason: '', undoneAt: day.at });
});

test('a sample that is added again comes without whom somebody erased of it', () => {
  const day = new Day();
  day.ask({ type: 'add-sample', sample: SAMPLE });
  const { leaderId } = SAMPLE.activities[0]!.posts.find((post) => post.leaderId)!;
  day.ask({ type: 'erase-people', personIds: [leaderId!] });
  day.ask({ type: 'remove-sample' });
  day.ask({ type: 'add-sample', sample: SAMPLE });
  expect(day.state.people.get(leaderId!)).toMatchObject({ name: '', erased: true });
  expect(day.state.people.size).toBe(SAMPLE.people.length);
  const leaders = day.state.activities
    .get(SAMPLE.activities[0]!.activityId)!
    .posts.map((post) => post.leaderId);
  expect(leaders).not.toContain(leaderId);
});

test('who was taken off the roster and left no trace on it can be erased, once, and comes back only as somebody new', () => {
  const day = new Day();
  const personId = day.addPerson('王伟', { staffNo: '4711' });
  const gesture = { id: 'touch', fingerprint: 'made from 王伟' };
  day.ask({ type: 'save-person', person: { personId, name: '王伟' } }, { gesture });
  day.ask({ type: 'remove-people', personIds: [personId] });
  expect([day.state.people.has(personId), [...day.state.removedPeople]]).toEqual([false, [personId]]);
  const erase: Command = { type: 'erase-people', personIds: [personId] };
  expect(day.ask(erase).answer).toEqual({ erased: 1 });
  expect(day.state.people.get(personId)).toEqual({ personId, name: '', left: true, erased: true });
  expect([...day.state.removedPeople]).toEqual([]);
  expect(day.state.gestures.get('touch')?.fingerprint).toBe('');
  expect(day.ask(erase)).toEqual({ answer: { erased: 0 }, event: undefined });
});

test('the sample’s people that went with it are known as removed until they come again', () => {
  const day = new Day();
  day.ask({ type: 'add-sample', sample: SAMPLE });
  day.ask({ type: 'remove-sample' });
  expect(day.state.removedPeople.size).toBe(SAMPLE.people.length);
  day.ask({ type: 'add-sample', sample: SAMPLE });
  expect(day.state.removedPeople.size).toBe(0);
});

test('somebody whom a restored backup brought back can be erased again, receipt or not', () => {
  const { day, personId, erase } = dayWithWang();
  day.ask(erase);
  day.state.people.set(personId, { personId, name: '王伟' });
  expect(day.ask(erase).answer).toEqual({ erased: 1 });
  expect(day.state.people.get(personId)).toMatchObject({ name: '', erased: true });
});
