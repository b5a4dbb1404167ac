import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openTestKiosk } from '../../support/served-kiosk.ts';

test('after the end the gate still lets people out, and nobody in, until the hour to sign out is over', async () => {
  const { kiosk, asStaff, clock } = await openTestKiosk();
  const gestureId = () => randomUUID();
  const { personId } = await asStaff('people.save', { gestureId: gestureId(), person: { name: '陈杰' } });
  const late = await asStaff('people.save', { gestureId: gestureId(), person: { name: '陈伟' } });
  const { activityId } = await asStaff('activities.save', {
    gestureId: gestureId(),
    activity: {
      title: { en: 'Evening', zh: '晚间' },
      place: { en: 'Hall', zh: '车间' },
      schedule: {
        kind: 'once',
        startsAt: '2026-11-22T18:00:00.000+08:00',
        endsAt: '2026-11-22T20:00:00.000+08:00',
        opensMinutesBefore: 60,
      },
      posts: [],
    },
  });
  const gateIsFor = async () => {
    const { activities, counts } = await asStaff('wall.view', {});
    return activities.map((activity) => [activity.activityId, activity.open, counts?.inside]);
  };
  const signIn = (who: string) =>
    kiosk.dispatch(
      'attendance.signIn',
      { gestureId: gestureId(), activityId, personId: who },
      { role: 'screen' },
    );
  clock.forward(3 * 60);
  expect((await signIn(personId)).ok).toBe(true);
  expect(await gateIsFor()).toEqual([[activityId, true, 1]]);
  clock.forward(147 * 60);
  expect(await gateIsFor()).toEqual([[activityId, false, 1]]);
  expect(await signIn(late.personId)).toMatchObject({ ok: false, refusal: { code: 'not-open' } });
  const { visits } = await asStaff('attendance.list', { activityId });
  await asStaff('signOuts.one', { gestureId: gestureId(), visitId: visits[0]!.visitId });
  expect(await gateIsFor()).toEqual([]);
});
