import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import type { KioskOptions } from '../../src/kiosk/open-kiosk.ts';
import { openSampleKiosk, type SampleKiosk } from '../support/sample-kiosk.ts';
import { openOffice } from './office-page.ts';

/*
 * What every test of the office starts from: one browser a file, a kiosk with the sample a test, and the page that
 * `openAt` has opened. Importing it is enough.
 */
export let browser: Browser;
export let kiosk: SampleKiosk;
export let page: Page;
export let context: BrowserContext;

/** Opens the office at one of its sections, with the PIN. */
export async function openAt(...[section, look]: OfficeAt): Promise<void> {
  ({ page, context } = await openOffice(browser, kiosk, section, look));
}

/** Takes another kiosk than the sample's, on a folder that `prepare` has changed first, with `options` of its own. */
export async function takeKiosk(prepare?: (folder: string) => void, options?: KioskOptions): Promise<void> {
  await kiosk.close();
  kiosk = await openSampleKiosk(prepare, options);
}

type OfficeAt = Parameters<typeof openOffice> extends [unknown, unknown, ...infer Rest] ? Rest : never;

beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());
beforeEach(async () => void (kiosk = await openSampleKiosk()));
afterEach(async () => {
  await context.close();
  await kiosk.close();
});
