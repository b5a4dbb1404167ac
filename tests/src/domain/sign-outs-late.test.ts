import { expect, test } from 'vitest';
import { Day } from './day.ts';

test('who comes to a daily activity after its end is there until midnight, not signed out within a minute', () => {
  const day = new Day();
  const { activityId } = day.addActivity();
  day.wait(4 * 3600);
  const visitId = day.signIn(activityId, day.addPerson('Anna'));
  day.ask({ type: 'announce-stay', visitId });
  day.wait(60);
  day.ask({ type: 'close-forgotten' }, { role: 'admin' });
  expect(day.state.visits.get(visitId)?.signOut).toBeUndefined();
  day.wait(2 * 3600);
  day.ask({ type: 'close-forgotten' }, { role: 'admin' });
  expect(day.state.visits.get(visitId)?.signOut).toMatchObject({
    how: 'planned',
    at: '2026-11-22T22:00:00.000+08:00',
  });
});
