import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openSampleKiosk, type SampleKiosk } from '../support/sample-kiosk.ts';
import { openScreen } from './gate-page.ts';
import { prepareRush, rush } from './rush.ts';

/** How many people come: `MUSTER_RUSH`, else so many that the suite stays short. */
const PEOPLE = Number(process.env['MUSTER_RUSH'] ?? 40);

let browser: Browser;
let kiosk: SampleKiosk;

beforeAll(async () => {
  browser = await launchBrowser();
  kiosk = await openSampleKiosk();
});
afterAll(async () => {
  await browser.close();
  await kiosk.close();
});

test(`${PEOPLE} people through one screen, some undoing, mistaken, nervous or of one name: the counts are exact`, async () => {
  const { activityId, queue } = await prepareRush(kiosk, PEOPLE);
  const { page, context } = await openScreen(browser, kiosk, { size: 'landscape', language: 'zh' });
  const { expected } = await rush(page, queue);
  const { visits } = await kiosk.asStaff('attendance.list', { activityId });
  const { activity } = await kiosk.asStaff('activities.get', { activityId });
  const standing = visits.filter(({ undoneAt }) => !undoneAt);
  for (const { postId, name } of activity.posts) {
    const here = standing.filter((visit) => visit.postId === postId).map(({ personId }) => personId);
    expect(here.sort(), name.zh).toEqual(expected.get(name.zh)!.sort());
  }
  const slips = queue.filter(({ slip }) => slip === 'undoes');
  expect(visits.filter(({ undoneAt }) => undoneAt)).toHaveLength(slips.length);
  expect(visits).toHaveLength(PEOPLE);
  expect(visits.filter(({ by }) => by === 'badge')).toHaveLength(
    queue.filter(({ by }) => by === 'badge').length,
  );
  expect(visits.filter(({ earlierPosts }) => earlierPosts)).toHaveLength(
    queue.filter(({ slip, assigned }) => slip === 'wrong-post' && !assigned).length,
  );
  await context.close();
}, 600_000);
