import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openSampleKiosk, type SampleKiosk } from '../support/sample-kiosk.ts';
import { openScreen } from './gate-page.ts';
import { prepareRush, rush, wrongCounts } from './rush.ts';

/** How many people come: `MUSTER_RUSH`, else so many that the suite stays short. */
const PEOPLE = Number(process.env['MUSTER_RUSH'] ?? 40);

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

test(`${PEOPLE} people through one screen, some undoing, mistaken, nervous or of one name: the counts are exact`, async () => {
  const { activityId, queue } = await prepareRush(kiosk, PEOPLE);
  const { page, context } = await openScreen(browser, kiosk, { size: 'landscape', language: 'zh' });
  const rushed = await rush(page, queue);
  expect(await wrongCounts(kiosk, activityId, queue, rushed)).toEqual([]);
  await context.close();
}, 600_000);
