import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { EVENING } from '../support/sample-kiosk.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { resultFrom, unlock } from './bridge.ts';
import { openApp, PATIENT } from './muster-app.ts';

/** What becomes of a request for these devices; a camera that is given is switched off again. */
function askFor(page: Page, devices: MediaStreamConstraints): Promise<string> {
  return page.evaluate(async (constraints) => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia(constraints);
      const kinds = stream.getTracks().map((track) => track.kind);
      for (const track of stream.getTracks()) track.stop();
      return kinds.join(' ');
    } catch (error) {
      return (error as Error).name;
    }
  }, devices);
}

/** Has the sample's evening ask for photos, or not. */
async function letAsk(page: Page, token: string, photo: boolean): Promise<void> {
  const { activity, schedule } = await resultFrom<{
    activity: { title: object; place: object };
    schedule: object;
  }>(page, 'activities.get', { activityId: EVENING });
  const { title, place } = activity;
  const evidence = photo && { evidence: { photo: true } };
  const asking = { activityId: EVENING, title, place, schedule, posts: [], ...evidence };
  await resultFrom(page, 'activities.save', { gestureId: crypto.randomUUID(), activity: asking }, token);
}

test('the camera is given while an open activity asks for photos, a microphone never', async () => {
  const app = await openApp({ args: ['--data', await tempFolder(), '--sample'] });
  await app.ready;
  const page = await app.page('/gate');
  await expect.poll(() => page.locator('.sign-in').count(), PATIENT).toBe(1);
  expect(await askFor(page, { video: true })).toBe('NotAllowedError');

  const token = await unlock(page);
  await letAsk(page, token, true);
  expect(await askFor(page, { video: true })).toBe('video');
  expect(await askFor(page, { audio: true })).toBe('NotAllowedError');
  expect(await askFor(page, { video: true, audio: true })).toBe('NotAllowedError');

  await letAsk(page, token, false);
  expect(await askFor(page, { video: true })).toBe('NotAllowedError');
});
