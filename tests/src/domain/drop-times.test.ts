import { expect, test } from 'vitest';
import { Day } from './day.ts';

const MIDNIGHT = '2026-11-22T00:00:00.000+08:00';
const tomorrow = { type: 'drop-times', before: '2026-11-23' } as const;

/** The day after an evening with one sign-in that stands, one that is void and one that staff entered. */
function dayAfter() {
  const day = new Day();
  const { activityId } = day.addActivity();
  const stands = day.signIn(activityId, day.addPerson('Anna'), 'truss');
  const voided = day.signIn(activityId, day.addPerson('Ben'));
  day.ask({ type: 'void-visit', visitId: voided, reason: 'was at home' });
  const entry = { activityId, personId: day.addPerson('Chen'), reason: 'no card' };
  const { visitId: entered } = day.ask<{ visitId: string }>({ type: 'add-visit', ...entry }).answer;
  day.wait(24 * 3600);
  return { day, activityId, stands, voided, entered };
}

test('of visits before the day only dates are left; they count as before', () => {
  const { day, activityId, stands, voided, entered } = dayAfter();
  const open = structuredClone(day.state.openVisits);
  const late = day.signIn(activityId, day.addPerson('Dong'));
  expect(day.ask(tomorrow).answer).toEqual({ visits: 3 });
  const [kept, undone, typed] = [stands, voided, entered].map((id) => day.state.visits.get(id)!);
  expect(kept).toMatchObject({ signedInAt: MIDNIGHT, timeDropped: true, postId: 'truss' });
  expect(undone).toMatchObject({ undoneAt: MIDNIGHT, voidReason: '' });
  expect(typed).toMatchObject({ signedInAt: MIDNIGHT, enteredAt: MIDNIGHT });
  expect(typed).not.toHaveProperty('reason');
  expect(day.state.visits.get(late)).toMatchObject({ signedInAt: day.at });
  for (const [key, visits] of open) expect(day.state.openVisits.get(key)).toEqual(visits);
});

test('where nothing is left to drop nothing happens', () => {
  const { day } = dayAfter();
  expect(day.ask({ ...tomorrow, before: '2026-11-22' }).event).toBeUndefined();
  expect(day.ask(tomorrow).event?.data).toEqual({ before: '2026-11-23' });
  expect(day.ask(tomorrow)).toEqual({ answer: { visits: 0 }, event: undefined });
});

test('a visit that is declared void after its time went keeps the day, and its reason until that day goes', () => {
  const { day, stands } = dayAfter();
  day.ask(tomorrow);
  day.ask({ type: 'void-visit', visitId: stands, reason: 'somebody else' }, { role: 'admin' });
  const voided = { undoneAt: '2026-11-23T00:00:00.000+08:00', voidReason: 'somebody else' };
  expect(day.state.visits.get(stands)).toMatchObject(voided);
  expect(day.ask(tomorrow).event).toBeUndefined();
  day.wait(24 * 3600);
  const later = { ...tomorrow, before: '2026-11-24' };
  expect(day.ask(later).answer).toEqual({ visits: 1 });
  expect(day.state.visits.get(stands)).toMatchObject({ ...voided, voidReason: '' });
  expect(day.ask(later).event).toBeUndefined();
});

test('no day that is still to come, and no day while the clock is in doubt', () => {
  const { day } = dayAfter();
  expect(day.refusal({ ...tomorrow, before: '2026-11-24' })).toEqual({
    code: 'date-in-future',
    date: '2026-11-24',
  });
  const jumpId = day.jump(3_600_000);
  expect(day.refusal(tomorrow)).toEqual({ code: 'clock-in-doubt' });
  day.ask({ type: 'correct-clock', jumpId, right: 'after' });
  expect(day.ask(tomorrow).event).toBeDefined();
});

test('the state remembers the latest day and the last event that dropped times', () => {
  const { day, activityId } = dayAfter();
  expect(day.state.timesDropped).toBeNull();
  day.ask(tomorrow);
  const first = day.state.lastSeq;
  expect(day.state.timesDropped).toEqual({ before: '2026-11-23', seq: first });
  day.ask({
    type: 'add-visit',
    activityId,
    personId: day.addPerson('Eva'),
    signedInAt: '2026-11-21T18:30:00.000+08:00',
    reason: 'was forgotten',
  });
  expect(day.ask({ ...tomorrow, before: '2026-11-22' }).answer).toEqual({ visits: 1 });
  expect(day.state.timesDropped).toEqual({ before: '2026-11-23', seq: day.state.lastSeq });
  expect(day.state.lastSeq).toBeGreaterThan(first);
});
