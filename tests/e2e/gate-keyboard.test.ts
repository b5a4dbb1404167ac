import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openSampleKiosk, type SampleKiosk } from '../support/sample-kiosk.ts';
import { openScreen, touchSignIn } from './gate-page.ts';

let browser: Browser;
let kiosk: SampleKiosk;

beforeAll(async () => void (browser = await launchBrowser()), 60_000);
afterAll(() => browser.close());
beforeEach(async () => void (kiosk = await openSampleKiosk()), 60_000);
afterEach(() => kiosk.close());

async function openGate(): Promise<Page> {
  const { page } = await openScreen(browser, kiosk, { size: 'landscape', language: 'zh' });
  return page;
}

/** The gate on a clock that the test moves on. */
async function openWithClock(): Promise<Page> {
  const page = await openGate();
  await page.clock.install();
  await page.reload();
  return page;
}

test.each(['c', 'Enter', 'Escape'])('the key %s says that somebody is still there', async (key) => {
  const page = await openWithClock();
  await page.locator('.sign-in').tap();
  await page.locator('.person').first().waitFor();
  await page.clock.runFor(22_000);
  await page.locator('.countdown').waitFor();
  await page.keyboard.press(key);
  await page.locator('.countdown').waitFor({ state: 'detached', timeout: 3000 });
  await page.clock.runFor(9000);
  expect(await page.locator('.finder').count()).toBe(1);
  expect(await page.locator('.finder input').inputValue()).toBe('');
});

test('while the screen asks whether anybody is there, the keyboard reaches nothing but its answers', async () => {
  const page = await openWithClock();
  await page.locator('.sign-in').tap();
  await page.locator('.person').first().waitFor();
  await page.clock.runFor(22_000);
  await page.locator('.countdown').waitFor();
  for (let tab = 0; tab < 8; tab++) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => !!document.activeElement?.closest('.page'))).toBe(false);
  }
  // "Next person" is an answer as well.
  await page.locator('.countdown button').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.idle').waitFor();
});
