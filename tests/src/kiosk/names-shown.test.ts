import { expect, test } from 'vitest';
import type { NamesShown } from '../../../src/domain/settings.ts';
import { openTestKiosk, prepareEvening } from '../../support/served-kiosk.ts';

test.each<[NamesShown, string]>([
  ['full', '李明朗'],
  ['surname', '李**'],
  ['none', ''],
])('bystanders see of a name on wall and board what "%s" allows', async (names, shown) => {
  const kiosk = await openTestKiosk();
  const { activityId, li, welding } = await prepareEvening(kiosk);
  await kiosk.asStaff('settings.save', { gestureId: 'names', settings: { names } });
  await kiosk.asStaff('attendance.signIn', { gestureId: 'in', activityId, personId: li, postId: welding });
  const { arrivals } = await kiosk.asStaff('wall.view', {});
  expect(arrivals.map(({ name }) => name)).toEqual([shown]);
  const board = await kiosk.asStaff('board.view', { activityId });
  expect(board.arrivals.map(({ name }) => name)).toEqual([shown]);
});
