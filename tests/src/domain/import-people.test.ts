import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImportAnswer } from '../../../src/domain/decide-people.ts';
import type { PersonDraft } from '../../../src/domain/person.ts';
import { SAMPLE } from '../../../src/sample/volunteer-evening.ts';
import { Day } from './day.ts';

function bring(day: Day, ...people: PersonDraft[]): ImportAnswer {
  return day.ask<ImportAnswer>({ type: 'import-people', people }).answer;
}

function roster(day: Day) {
  return [...day.state.people.values()].map(({ personId: _, ...person }) => person);
}

const chen = { name: '陈杰', staffNo: '1017', team: '焊接班' };
const nothing: ImportAnswer = { added: 0, updated: 0, unchanged: 0, skipped: [] };

test('the same file again changes nothing and writes nothing', () => {
  const day = new Day();
  const file = [chen, { name: '陈伟', team: '电装班' }, { name: 'Anna' }];
  expect(bring(day, ...file)).toEqual({ ...nothing, added: 3 });
  const events = day.events.length;
  expect(bring(day, ...file)).toEqual({ ...nothing, unchanged: 3 });
  expect(day.events.length).toBe(events);
});

test('who married or moved is the same person by staff number, and keeps their visits', () => {
  const day = new Day();
  const personId = day.addPerson(chen.name, chen);
  const visitId = day.signIn(day.addActivity().activityId, personId);
  expect(bring(day, { name: '陈洁', staffNo: '1017', team: '电装班' })).toEqual({ ...nothing, updated: 1 });
  expect(roster(day)).toEqual([{ name: '陈洁', staffNo: '1017', team: '电装班' }]);
  expect(day.state.visits.get(visitId)?.personId).toBe(personId);
});

test('an empty column takes nothing away', () => {
  const day = new Day();
  day.addPerson(chen.name, { ...chen, categoryId: 'activist' });
  bring(day, { name: '陈洁', staffNo: '1017' });
  expect(roster(day)).toEqual([{ ...chen, name: '陈洁', categoryId: 'activist' }]);
});

test('without a staff number name and team tell who it is', () => {
  const day = new Day();
  day.addPerson('陈杰', { team: '焊接班' });
  expect(bring(day, { name: '陈杰', team: '焊接班', categoryId: 'guest' })).toEqual({
    ...nothing,
    updated: 1,
  });
  expect(bring(day, { name: '陈杰', team: '电装班' })).toEqual({ ...nothing, added: 1 });
});

test('who was known by name and team gets the number the new file brings', () => {
  const day = new Day();
  day.addPerson('陈杰', { team: '焊接班' });
  expect(bring(day, chen)).toEqual({ ...nothing, updated: 1 });
  expect(roster(day)).toEqual([chen]);
});

test('namesakes of one team with numbers of their own are never merged', () => {
  const day = new Day();
  expect(bring(day, chen, { ...chen, staffNo: '2382' })).toEqual({ ...nothing, added: 2 });
  expect(bring(day, { ...chen, staffNo: '3000' })).toEqual({ ...nothing, added: 1 });
});

test('a row that fits two people changes neither of them', () => {
  const day = new Day();
  bring(day, chen, { ...chen, staffNo: '2382' });
  const { name, team } = chen;
  expect(bring(day, { name, team, categoryId: 'guest' }, { name: 'Anna' })).toEqual({
    ...nothing,
    added: 1,
    skipped: [{ index: 0, reason: 'several-people-match' }],
  });
  expect(roster(day).some(({ categoryId }) => categoryId !== undefined)).toBe(false);
});

test('a new number for one of two namesakes without numbers is not given to a guess', () => {
  const day = new Day();
  day.addPerson('陈杰', { team: '焊接班' });
  day.addPerson('陈杰', { team: '焊接班' });
  expect(bring(day, chen).skipped).toEqual([{ index: 0, reason: 'several-people-match' }]);
});

test('a number that stands in the file twice is taken once and reported', () => {
  const day = new Day();
  expect(bring(day, chen, { ...chen, name: '程杰' })).toEqual({
    ...nothing,
    added: 1,
    skipped: [{ index: 1, reason: 'staff-number-twice' }],
  });
  expect(roster(day)).toEqual([chen]);
});

test('a number twice is reported also when the person is on the roster already', () => {
  const day = new Day();
  bring(day, chen);
  expect(bring(day, chen, { ...chen, team: '电装班' })).toEqual({
    ...nothing,
    unchanged: 1,
    skipped: [{ index: 1, reason: 'staff-number-twice' }],
  });
});

test('two rows of one name and team without numbers are one person and a report, not two people', () => {
  const day = new Day();
  const row = { name: '陈杰', team: '焊接班' };
  expect(bring(day, row, row)).toEqual({
    ...nothing,
    added: 1,
    skipped: [{ index: 1, reason: 'same-name-and-team-twice' }],
  });
});

test('a real person is never written over a sample one, who will go', () => {
  const day = new Day();
  day.ask({ type: 'add-sample', sample: SAMPLE });
  const [first] = SAMPLE.people;
  const { name, staffNo, team } = first!;
  const draft = { name, staffNo: staffNo!, team: team! };
  expect(bring(day, draft)).toEqual({ ...nothing, added: 1 });
  day.ask({ type: 'remove-sample' });
  expect(roster(day)).toEqual([draft]);
});

const drafts = fc.array(
  fc.record(
    {
      name: fc.constantFrom('陈杰', '陈伟'),
      staffNo: fc.constantFrom('1', '2', '3'),
      team: fc.constantFrom('焊接班', '电装班'),
    },
    { requiredKeys: ['name'] },
  ) as fc.Arbitrary<PersonDraft>,
  { maxLength: 8 },
);

test('every row of any file is counted once, and no number is ever given to two people', () => {
  fc.assert(
    fc.property(fc.array(drafts, { maxLength: 3 }), (files) => {
      const day = new Day();
      for (const file of files) {
        const before = day.state.people.size;
        const { added, updated, unchanged, skipped } = bring(day, ...file);
        expect(added + updated + unchanged + skipped.length).toBe(file.length);
        expect(day.state.people.size).toBe(before + added);
      }
      const numbers = roster(day).flatMap(({ staffNo }) => staffNo ?? []);
      expect(new Set(numbers).size).toBe(numbers.length);
    }),
  );
});
