import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { KioskOptions } from '../../src/kiosk/open-kiosk.ts';
import { launchBrowser } from '../support/browser.ts';
import { openSampleKiosk, type SampleKiosk } from '../support/sample-kiosk.ts';

/*
 * What every test of a screen starts from: one browser a file, and a kiosk with the sample a test. Importing it is
 * enough.
 */
export let browser: Browser;
export let kiosk: SampleKiosk;

/** Takes another kiosk than the sample's, on a folder that `prepare` has changed first, with `options` of its own. */
export async function takeKiosk(prepare?: (folder: string) => void, options?: KioskOptions): Promise<void> {
  await kiosk.close();
  kiosk = await openSampleKiosk(prepare, options);
}

beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());
beforeEach(async () => void (kiosk = await openSampleKiosk()));
afterEach(() => kiosk.close());
