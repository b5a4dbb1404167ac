import { expect, test } from 'vitest';
import { SAMPLE } from '../../../src/sample/volunteer-evening.ts';
import { Day } from './day.ts';

test('a staff number belongs to one person', () => {
  const day = new Day();
  day.addPerson('陈杰', { staffNo: '1017' });
  expect(day.refusal({ type: 'save-person', person: { name: '陈伟', staffNo: '1017' } })).toEqual({
    code: 'staff-number-taken',
    staffNo: '1017',
    name: '陈杰',
  });
});

test('a person may be saved again with their own staff number', () => {
  const day = new Day();
  const personId = day.addPerson('陈杰', { staffNo: '1017', team: '焊接班' });
  day.ask({ type: 'save-person', person: { personId, name: '陈洁', staffNo: '1017' } });
  expect(day.state.people.get(personId)).toEqual({ personId, name: '陈洁', staffNo: '1017', team: '焊接班' });
});

test('a sample person does not keep a real one from their number', () => {
  const day = new Day();
  day.ask({ type: 'add-sample', sample: SAMPLE });
  const personId = day.addPerson('Real', { staffNo: '1017' });
  expect(day.state.people.get(personId)).toEqual({ personId, name: 'Real', staffNo: '1017' });
});

test('namesakes are two people', () => {
  const day = new Day();
  expect(day.addPerson('陈杰')).not.toBe(day.addPerson('陈杰'));
});

test('nobody gets a category that does not exist, nor is changed without being there', () => {
  const day = new Day();
  const person = { name: '陈杰', categoryId: 'x' };
  const refusal = { code: 'category-unknown', categoryId: 'x' };
  expect(day.refusal({ type: 'save-person', person })).toEqual(refusal);
  expect(day.refusal({ type: 'import-people', people: [{ name: '陈伟' }, person] })).toEqual(refusal);
  expect(day.state.people.size).toBe(0);
  expect(day.refusal({ type: 'save-person', person: { personId: 'x', name: '陈杰' } })).toEqual({
    code: 'person-unknown',
  });
});

test('a field that is sent empty is taken away, one that is left out stays', () => {
  const day = new Day();
  const personId = day.addPerson('陈杰', { staffNo: '1017', team: '焊接班', categoryId: 'activist' });
  day.ask({ type: 'save-person', person: { personId, name: '陈杰', staffNo: '', categoryId: '' } });
  expect(day.state.people.get(personId)).toEqual({ personId, name: '陈杰', team: '焊接班' });
  day.ask({ type: 'save-person', person: { name: '李强', staffNo: '1017' } });
});
