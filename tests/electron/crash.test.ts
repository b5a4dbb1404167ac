import { expect, test } from 'vitest';
import { EVENING } from '../support/sample-kiosk.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { resultFrom, signInFrom } from './bridge.ts';
import { openApp, PATIENT, type RunningApp } from './muster-app.ts';
import { sampleFolder } from './sample-folder.ts';

/** Ends the page's process the hard way. */
async function crash(app: RunningApp): Promise<void> {
  const page = await app.page('/gate');
  const gone = page.waitForEvent('crash');
  const cdp = await page.context().newCDPSession(page);
  cdp.send('Page.crash').catch(() => undefined);
  await gone;
}

test('a page that crashes is back, again and again, and a sign-in is still there', async () => {
  const app = await openApp({ args: ['--data', await sampleFolder()] });
  await app.ready;
  await signInFrom(await app.page('/gate'), 'sample-liu-yang');
  // The third crash brings a new window.
  for (let count = 1; count <= 3; count++) {
    const before = await app.page('/gate');
    await crash(app);
    await expect.poll(() => app.pages().includes(before), PATIENT).toBe(false);
    const page = await app.page('/gate');
    await page.locator('.idle').waitFor();
    const list = await resultFrom(page, 'attendance.counts', { activityId: EVENING });
    expect(list).toMatchObject({ present: 1 });
    expect(app.stderr()).toContain(`${count} lately`);
  }
  expect(app.pages()).toHaveLength(1);
}, 60_000);

test('a page that hangs, touched by nobody, is brought back', async () => {
  const app = await openApp({ args: ['--data', await tempFolder()] });
  await app.ready;
  const page = await app.page('/gate');
  await page.evaluate(() =>
    setTimeout(() => {
      for (;;);
    }, 100),
  );
  await expect.poll(() => app.stderr(), { timeout: 40_000, interval: 500 }).toContain('has hung for 15 s');
  await expect.poll(() => app.pages().includes(page), { timeout: 10_000 }).toBe(false);
  expect(await resultFrom(await app.page('/gate'), 'settings.get', {})).toBeTruthy();
}, 70_000);
