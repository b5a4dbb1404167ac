import type { Page } from 'playwright-core';
import { EVENING } from '../support/sample-kiosk.ts';
import { openScreen, type Look } from './gate-page.ts';
import { browser, kiosk } from './kiosk-suite.ts';

export { browser, kiosk, takeKiosk } from './kiosk-suite.ts';

/*
 * What every test of the gate starts from: the browser, the kiosk, and what people do at other screens. Pages are
 * closed when the next test opens one.
 */

/** Opens a gate: a landscape screen in Chinese where `look` says nothing else. */
export async function openGate(look: Partial<Look> = {}): Promise<Page> {
  const { page } = await openScreen(browser, kiosk, { size: 'landscape', language: 'zh', ...look });
  return page;
}

/** The same on a clock that the test moves on. */
export async function openGateWithClock(look: Partial<Look> = {}): Promise<Page> {
  const page = await openGate(look);
  await page.clock.install();
  await page.reload();
  return page;
}

/** The visits of the sample's evening, or of another activity, as the office lists them. */
export async function visitsOf(activityId = EVENING) {
  return (await kiosk.asStaff('attendance.list', { activityId })).visits;
}

/** Somebody of the sample, `wang-jianguo` say, signs in to its evening at another screen. */
export function signInElsewhere(person: string, postId: string) {
  return kiosk.asStaff('attendance.signIn', {
    gestureId: crypto.randomUUID(),
    activityId: EVENING,
    personId: `sample-${person}`,
    postId,
  });
}

/** Staff link a badge to somebody of the sample. */
export function linkBadge(person: string, badge: string) {
  const gestureId = crypto.randomUUID();
  return kiosk.asStaff('badges.link', { gestureId, personId: `sample-${person}`, badge });
}
