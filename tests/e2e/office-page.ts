import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Language } from '../../src/domain/settings.ts';
import { SIZES, type SizeName } from '../support/browser.ts';
import { axeViolations, layoutProblems } from '../support/page-checks.ts';
import type { SampleKiosk } from '../support/sample-kiosk.ts';
import { settled } from './gate-page.ts';

/** The PIN that `openOffice` sets. */
export const PIN = '482916';

/** The office at one of its sections, opened with the PIN as a person does. */
export async function openOffice(
  browser: Browser,
  kiosk: SampleKiosk,
  section: string,
  { size = 'small', language = 'zh' }: { size?: SizeName; language?: Language } = {},
): Promise<{ page: Page; context: BrowserContext }> {
  const { settings } = await kiosk.asStaff('settings.get', {});
  if (settings.language !== language)
    await kiosk.asStaff('settings.save', { gestureId: crypto.randomUUID(), settings: { language } });
  const { pinSet } = await kiosk.asStaff('access.state', {});
  if (!pinSet) await kiosk.kiosk.dispatch('access.setPin', { pin: PIN }, { role: 'screen' });
  const context = await browser.newContext({
    viewport: SIZES[size],
    screen: SIZES[size],
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${kiosk.address}/office/${section}`);
  await page.locator('.lock h1').waitFor();
  await page.keyboard.type(PIN);
  await page.keyboard.press('Enter');
  await page.locator('.office main h1').waitFor();
  return { page, context };
}

/** Waits until nothing moves, then expects no accessibility or layout problem. */
export async function expectSoundOffice(page: Page): Promise<void> {
  await settled(page);
  expect(await layoutProblems(page, 'office')).toEqual([]);
  expect(await axeViolations(page)).toEqual([]);
}
