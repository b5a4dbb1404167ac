import { expect, test } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import { Day } from './day.ts';

function dayWithCommand() {
  const day = new Day();
  const { activityId } = day.addActivity();
  const command: Command = { type: 'sign-in', activityId, personId: day.addPerson('陈杰') };
  return { day, command };
}

test('a double tap makes one visit and says thank you twice', () => {
  const { day, command } = dayWithCommand();
  const gesture = { id: 'tap', fingerprint: 'same' };
  const first = day.ask(command, { gesture });
  const second = day.ask(command, { gesture });
  expect(second).toEqual({ answer: first.answer, event: undefined });
  expect(day.state.visits.size).toBe(1);
});

test('a retry that arrives after the undo does not sign the person in again', () => {
  const { day, command } = dayWithCommand();
  const gesture = { id: 'tap', fingerprint: 'same' };
  const { answer } = day.ask<{ visitId: string }>(command, { gesture });
  day.ask({ type: 'undo-sign-in', visitId: answer.visitId });
  expect(day.ask(command, { gesture }).event).toBeUndefined();
  expect(day.state.visits.get(answer.visitId)).toHaveProperty('undoneAt');
});

test('a gesture id that comes back with another input is refused, not answered with somebody else', () => {
  const { day, command } = dayWithCommand();
  day.ask(command, { gesture: { id: 'tap', fingerprint: 'one person' } });
  expect(day.refusal(command, { gesture: { id: 'tap', fingerprint: 'another' } })).toEqual({
    code: 'gesture-reused',
  });
});

test('a refused gesture may be tried again when the reason is gone', () => {
  const { day, command } = dayWithCommand();
  const { visitId } = day.ask<{ visitId: string }>(command).answer;
  const gesture = { id: 'tap', fingerprint: 'same' };
  expect(day.refusal(command, { gesture })?.code).toBe('already-signed-in');
  day.ask({ type: 'undo-sign-in', visitId });
  expect(day.refusal(command, { gesture })).toBeUndefined();
});
