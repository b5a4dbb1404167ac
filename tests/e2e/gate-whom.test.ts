import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { SIZES } from '../support/browser.ts';
import { EVENING } from '../support/sample-kiosk.ts';
import { readBadge } from './badge-reader.ts';
import { expectFitting, expectSound, touchSignIn } from './gate-page.ts';
import { browser, kiosk, openGate } from './gate-suite.ts';

beforeEach(async () => {
  const settings = { whomToCall: { en: 'the gatekeeper, 8010', zh: '门卫 8010' } };
  await kiosk.asStaff('settings.save', { gestureId: 'whom', settings });
});

const LOOKS = [
  { size: 'landscape', language: 'zh', whom: '门卫 8010' },
  { size: 'portrait', language: 'en', whom: 'the gatekeeper, 8010' },
] as const;

/** The kiosk answers no more. */
const unplug = (page: Page) => page.route('**/api/**', (route) => route.abort());

test.each(LOOKS)('an unknown badge leaves people without anybody to ask ($language)', async (look) => {
  const page = await openGate({ size: look.size, language: look.language });
  await readBadge(page, 'Z9090909');
  await page.locator('.unknown-badge .help', { hasText: look.whom }).waitFor();
  await expectSound(page);
});

test.each(LOOKS)('where nothing is open people stand without anybody to ask ($language)', async (look) => {
  await kiosk.asStaff('activities.remove', { gestureId: 'gone', activityId: EVENING });
  const page = await openGate({ size: look.size, language: look.language });
  await page.locator('.idle .hint', { hasText: look.whom }).waitFor();
  await expectSound(page);
  await readBadge(page, 'Z9090909');
  await page.locator('.notice .help', { hasText: look.whom }).waitFor();
  await expectSound(page);
});

test.each(LOOKS)('a lost connection leaves people without anybody to call ($language)', async (look) => {
  const page = await openGate({ size: look.size, language: look.language });
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
});

test('a screen that has not reached the kiosk yet says whom a new kiosk would have people call', async () => {
  const page = await browser.newPage();
  await unplug(page);
  await page.goto(`${kiosk.address}/gate`);
  await page.locator('.notice', { hasText: '请联系活动组织者' }).waitFor();
  await page.close();
});
