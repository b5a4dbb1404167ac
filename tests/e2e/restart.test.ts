import { expect, onTestFinished, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { EVENING, openSampleKiosk } from '../support/sample-kiosk.ts';
import { openScreen } from './gate-page.ts';

test('a screen that was cut off catches up by itself with what happened meanwhile', async () => {
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const kiosk = await openSampleKiosk();
  onTestFinished(() => kiosk.close());
  const { page } = await openScreen(browser, kiosk, { size: 'landscape', language: 'zh', path: '/wall' });

  await kiosk.stopServing();
  const personId = 'sample-chen-jie-2';
  await kiosk.asStaff('attendance.signIn', {
    gestureId: 'a',
    activityId: EVENING,
    personId,
    postId: 'truss',
  });
  expect(await page.locator('.tile .brick').count()).toBe(0);
  await kiosk.serveAgain();
  await page.locator('.tile .brick', { hasText: '陈杰' }).waitFor();
});
