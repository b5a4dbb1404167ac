import { expect, test } from 'vitest';
import { expectSound, touchName, touchPost, touchSignIn } from '../e2e/gate-page.ts';
import { EVENING } from '../support/sample-kiosk.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openApp, PATIENT, realElectron } from './muster-app.ts';
import { lookInto } from './sample-folder.ts';

// Pages of a real Electron take no touches from Playwright.
test.skipIf(realElectron())('a first start brings the sample; a touch signs in, on disk', async () => {
  const folder = await tempFolder();
  const app = await openApp({ args: ['--data', folder, '--sample'] });
  await app.ready;
  const page = await app.page('/gate');
  await page.locator('.idle').waitFor();
  // The album was decoded in a utility process, and its pictures come through our scheme.
  await expect.poll(() => page.locator('.tile img').count(), PATIENT).toBeGreaterThan(3);
  await expectSound(page);

  await touchSignIn(page);
  await touchName(page, 'CJ', '陈杰', '017');
  await touchPost(page, '焊接');
  await page.locator('.greeting h1', { hasText: '陈杰' }).waitFor();
  await expectSound(page);
  await page.locator('.next').tap();
  await page.locator('.tile .brick', { hasText: '刚刚签到' }).waitFor();

  app.kill('SIGTERM');
  expect(await app.ended).toEqual({ code: 0, signal: null });
  expect(app.stderr()).toBe('');
  await lookInto(folder, async ({ state, dispatch }) => {
    expect(state.photos.size).toBe(15);
    const answer = await dispatch('attendance.list', { activityId: EVENING }, { role: 'admin' });
    expect(answer).toMatchObject({
      result: { visits: [{ personId: 'sample-chen-jie-1', postId: 'welding' }] },
    });
  });
});
