import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openSampleKiosk, type SampleKiosk } from '../support/sample-kiosk.ts';
import { openScreen } from './gate-page.ts';
import { prepareRush, rush } from './rush.ts';

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

test('120 people through one screen, some undoing, mistaken, nervous or of one name: the counts are exact', async () => {
  const { activityId, queue } = await prepareRush(kiosk, 120);
  const { page, context } = await openScreen(browser, kiosk, { size: 'landscape', language: 'zh' });
  const { expected } = await rush(page, queue);
  const { visits } = await kiosk.asStaff('attendance.list', { activityId });
  const { activity } = await kiosk.asStaff('activities.get', { activityId });
  const standing = visits.filter(({ undoneAt }) => !undoneAt);
  for (const { postId, name } of activity.posts) {
    const here = standing.filter((visit) => visit.postId === postId).map(({ personId }) => personId);
    expect(here.sort(), name.zh).toEqual(expected.get(name.zh)!.sort());
  }
  expect(visits.filter(({ undoneAt }) => undoneAt)).toHaveLength(12);
  expect(visits).toHaveLength(120);
  expect(visits.filter(({ by }) => by === 'badge')).toHaveLength(20);
  expect(visits.filter(({ earlierPosts }) => earlierPosts)).toHaveLength(
    queue.filter(({ slip, assigned }) => slip === 'wrong-post' && !assigned).length,
  );
  await context.close();
}, 600_000);
