import { systemClock } from '../../src/kiosk/clock.ts';
import { openActivities } from '../../src/kiosk/handlers/activity-view.ts';
import type { Kiosk } from '../../src/kiosk/open-kiosk.ts';

/** Is the camera wanted: does an activity that is open now ask for photos? */
export function wantsCamera({ state }: Pick<Kiosk, 'state'>): boolean {
  return openActivities(state, systemClock.now()).some(({ evidence }) => evidence?.photo);
}
