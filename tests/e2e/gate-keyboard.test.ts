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

test('Escape closes what lies on top first: the filters, then the sign-in', async () => {
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.filter').focus();
  await page.keyboard.press('Enter');
  await page.locator('.sheet').waitFor();
  await page.keyboard.type('c', { delay: 150 });
  await page.keyboard.press('Escape');
  await page.locator('.sheet').waitFor({ state: 'detached' });
  expect(await page.locator('.finder input').inputValue()).toBe('');
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('filter');
  await page.keyboard.press('Escape');
  await page.locator('.idle').waitFor();
});

test('Escape closes the privacy notice, not the sign-in', async () => {
  const text = { en: 'We keep your name.', zh: '我们保存姓名。' };
  await kiosk.asStaff('settings.save', { gestureId: 'notice', settings: { notice: { text } } });
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.notice-line').focus();
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  expect(await page.locator('.finder').count()).toBe(1);
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('notice-line');
});

test('Escape throws nothing away that a guest has typed: it closes the syllable, then leads to the way back', async () => {
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.as-guest').tap();
  await page.locator('.guest').waitFor();
  await page.keyboard.type('wang', { delay: 150 });
  await page.keyboard.press(' ');
  await page.keyboard.type('j', { delay: 150 });
  await page.keyboard.press('Escape');
  expect(await page.locator('.syllable').count()).toBe(0);
  await page.keyboard.press('Escape');
  expect(await page.locator('.guest input').first().inputValue()).toBe('王');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('返回');
  await page.keyboard.press('Enter');
  await page.locator('.finder').waitFor();
});
