import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser, SIZES } from '../support/browser.ts';
import { EVENING, openSampleKiosk, type SampleKiosk } from '../support/sample-kiosk.ts';
import { readBadge } from './badge-reader.ts';
import { expectFitting, expectSound, openScreen, touchSignIn } from './gate-page.ts';

let browser: Browser;
let kiosk: SampleKiosk;

beforeAll(async () => void (browser = await launchBrowser()), 60_000);
afterAll(() => browser.close());
beforeEach(async () => {
  kiosk = await openSampleKiosk();
  const settings = { whomToCall: { en: 'the gatekeeper, 8010', zh: '门卫 8010' } };
  await kiosk.asStaff('settings.save', { gestureId: 'whom', settings });
}, 60_000);
afterEach(() => kiosk.close());

const LOOKS = [
  { size: 'landscape', language: 'zh', whom: '门卫 8010' },
  { size: 'portrait', language: 'en', whom: 'the gatekeeper, 8010' },
] as const;

/** The kiosk answers no more. */
const unplug = (page: Page) => page.route('**/api/**', (route) => route.abort());

test.each(LOOKS)('an unknown badge leaves people without anybody to ask ($language)', async (look) => {
  const { page, context } = await openScreen(browser, kiosk, look);
  await readBadge(page, 'Z9090909');
  await page.locator('.unknown-badge .help', { hasText: look.whom }).waitFor();
  await expectSound(page);
  await context.close();
});

test.each(LOOKS)('where nothing is open people stand without anybody to ask ($language)', async (look) => {
  await kiosk.asStaff('activities.remove', { gestureId: 'gone', activityId: EVENING });
  const { page, context } = await openScreen(browser, kiosk, look);
  await page.locator('.idle .hint', { hasText: look.whom }).waitFor();
  await expectSound(page);
  await readBadge(page, 'Z9090909');
  await page.locator('.notice .help', { hasText: look.whom }).waitFor();
  await expectSound(page);
  await context.close();
});

test.each(LOOKS)('a lost connection leaves people without anybody to call ($language)', async (look) => {
  const { page, context } = await openScreen(browser, kiosk, look);
  await unplug(page);
  await touchSignIn(page);
  const notice = page.locator('p[role=status].notice', { hasText: look.whom });
  await notice.waitFor();
  await expectFitting(page);
  const { x, y, width, height } = (await notice.boundingBox())!;
  expect(Math.min(x, y)).toBeGreaterThan(0);
  expect(x + width).toBeLessThan(SIZES[look.size].width);
  expect(y + height).toBeLessThan(SIZES[look.size].height);
  await page.locator('.finder .foot button').first().tap();
  await page.locator('.idle').waitFor();
  await page.unroute('**/api/**');
  await notice.waitFor({ state: 'detached' });
  await context.close();
});

test('a screen that has not reached the kiosk yet says whom a new kiosk would have people call', async () => {
  const page = await browser.newPage();
  await unplug(page);
  await page.goto(`${kiosk.address}/gate`);
  await page.locator('.notice', { hasText: '请联系活动组织者' }).waitFor();
  await page.close();
});
