import type { BrowserContext, Page } from 'playwright-core';
import { afterEach } from 'vitest';
import { browser, kiosk } from './kiosk-suite.ts';
import { openOffice } from './office-page.ts';

export { browser, kiosk, takeKiosk } from './kiosk-suite.ts';

/*
 * What every test of the office starts from: the browser, the kiosk, and the page that `openAt` has opened.
 */
export let page: Page;
export let context: BrowserContext;

/** Opens the office at one of its sections, with the PIN. */
export async function openAt(...[section, look]: OfficeAt): Promise<void> {
  ({ page, context } = await openOffice(browser, kiosk, section, look));
}

type OfficeAt = Parameters<typeof openOffice> extends [unknown, unknown, ...infer Rest] ? Rest : never;

// The kiosk is closed after it.
afterEach(() => context.close());
