import { expect, test } from 'vitest';
import { EVENING } from '../support/sample-kiosk.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { resultFrom, signInFrom } from './bridge.ts';
import { crash, openApp, PATIENT, QUICK, realElectron } from './muster-app.ts';
import { sampleFolder } from './sample-folder.ts';

const onElectron = realElectron() !== undefined;

test('a page that crashes is back, again and again, and a sign-in is still there; then the app is started again', async () => {
  const app = await openApp({ args: ['--data', await sampleFolder()], env: QUICK, packaged: true });
  await app.ready;
  await signInFrom(await app.page('/gate'), 'sample-liu-yang');
  // The third crash brings a new window, the sixth a new process.
  for (let count = 1; count <= 5; count++) {
    const before = await app.page('/gate');
    await crash(app, '/gate');
    await expect.poll(() => app.pages().includes(before), PATIENT).toBe(false);
    const page = await app.page('/gate');
    await page.locator('.idle').waitFor();
    const list = await resultFrom(page, 'attendance.counts', { activityId: EVENING });
    expect(list).toMatchObject({ present: 1 });
    expect(app.stderr()).toContain(`${count} lately`);
  }
  expect(app.pages()).toHaveLength(1);
  if (onElectron) return;
  await crash(app, '/gate');
  expect(await app.ended).toEqual({ code: 1, signal: null });
  expect(app.stdout()).toContain('started again 1 times');
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

test.skipIf(onElectron)(
  'a graphics process that keeps ending: the app is started again without it, and remembers that',
  async () => {
    const args = ['--data', await tempFolder()];
    const app = await openApp({ args, packaged: true });
    await app.ready;
    expect(await app.control('asked')).toMatchObject({ acceleration: true });
    for (let count = 1; count <= 3; count++) {
      expect(app.stderr()).not.toContain('the next start');
      await app.control('childProcessGone', 'GPU');
    }
    expect(await app.ended).toEqual({ code: 1, signal: null });
    expect(app.stdout()).toContain('started again 1 times');

    const next = await openApp({ args, packaged: true });
    await next.ready;
    expect(await next.control('asked')).toMatchObject({ acceleration: false });
  },
);
