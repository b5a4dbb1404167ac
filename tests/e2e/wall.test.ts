import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { EVENING } from '../support/sample-kiosk.ts';
import { expectSound, openScreen } from './gate-page.ts';
import { browser, kiosk } from './kiosk-suite.ts';

const person = { activityId: EVENING, personId: 'sample-chen-jie-1', postId: 'welding' };

test.each([
  { size: 'landscape', language: 'en', theme: 'calm' },
  { size: 'portrait', language: 'zh', theme: 'calm' },
  { size: 'small', language: 'zh', theme: 'festive' },
  { size: 'large', language: 'en', theme: 'festive' },
] as const)(
  'a sign-in takes a brick of the wall and an undo gives it back: $size, $language, $theme',
  async (look) => {
    const { page, context } = await openScreen(browser, kiosk, { ...look, path: '/wall' });
    await expectSound(page);
    const { visitId } = await kiosk.asStaff('attendance.signIn', { gestureId: 'a', ...person });
    await page.locator('.tile .brick', { hasText: '陈杰' }).waitFor();
    await expect.poll(() => page.locator('.counts').textContent()).toMatch(/1 \/ 18|1 of 18/);
    await expectSound(page);
    await kiosk.asStaff('attendance.undo', { gestureId: 'b', visitId });
    await page.locator('.tile .brick').waitFor({ state: 'detached' });
    await context.close();
  },
);

test('no photo is stretched, and the wall is filled edge to edge', async () => {
  const { page, context } = await openScreen(browser, kiosk, {
    size: 'landscape',
    language: 'zh',
    path: '/wall',
  });
  await page.locator('.tile img').first().waitFor();
  const wall = await page.evaluate(() => {
    const box = document.querySelector('.wall')!.getBoundingClientRect();
    const tiles = [...document.querySelectorAll('.tile')].map((tile) => tile.getBoundingClientRect());
    const covered = tiles.reduce((sum, tile) => sum + tile.width * tile.height, 0) / (box.width * box.height);
    const fits = [...document.querySelectorAll<HTMLImageElement>('.tile img')].map(
      (image) => getComputedStyle(image).objectFit,
    );
    const right = Math.max(...tiles.map((tile) => tile.right));
    const bottom = Math.max(...tiles.map((tile) => tile.bottom));
    return { covered, fits, right: right - box.right, bottom: bottom - box.bottom };
  });
  expect(wall.covered).toBeGreaterThan(0.96);
  expect(new Set(wall.fits)).toEqual(new Set(['cover']));
  expect(Math.abs(wall.right)).toBeLessThan(1);
  expect(Math.abs(wall.bottom)).toBeLessThan(1);
  await context.close();
});

test('a photo that is hidden leaves the wall at once', async () => {
  const { page, context } = await openScreen(browser, kiosk, {
    size: 'landscape',
    language: 'zh',
    path: '/wall',
  });
  const source = await page.locator('.tile img').first().getAttribute('src');
  const photoId = source!.split('/')[2]!;
  await kiosk.asStaff('photos.hide', { gestureId: 'h', photoId, hidden: true });
  await expect.poll(() => page.locator(`.tile img[src*="${photoId}"]`).count(), { timeout: 5000 }).toBe(0);
  await context.close();
});

test('a wall without photos says how to add some', async () => {
  await kiosk.asStaff('sample.remove', { gestureId: 'r' });
  const { page, context } = await openScreen(browser, kiosk, {
    size: 'portrait',
    language: 'zh',
    path: '/wall',
  });
  await page.locator('.empty', { hasText: '还没有照片' }).waitFor();
  await expectSound(page);
  await context.close();
});

test('pause holds the wall and goes on again', async () => {
  const { page, context } = await openScreen(browser, kiosk, {
    size: 'landscape',
    language: 'zh',
    path: '/wall',
  });
  await page.getByRole('button', { name: '暂停' }).tap();
  await page.getByRole('button', { name: '继续' }).waitFor();
  await context.close();
});

test('a sign-in changes its own brick and leaves the other photos where they are', async () => {
  await hangMorePhotos();
  const { page, context } = await openScreen(browser, kiosk, {
    size: 'small',
    language: 'zh',
    path: '/wall',
  });
  await page.clock.install();
  await page.reload();
  await page.locator('.tile img').first().waitFor();
  const photosOf = () =>
    page
      .locator('.tile img')
      .evaluateAll((images) => images.map((image) => image.getAttribute('src')?.split('/')[2]));
  const before = await photosOf();
  for (let turn = 0; turn < 4; turn++) {
    await page.clock.runFor(7000);
    await page.waitForTimeout(300);
  }
  await page.clock.runFor(2000);
  const changed = await photosOf();
  expect(changed).not.toEqual(before);
  await kiosk.asStaff('attendance.signIn', { gestureId: 'a', ...person });
  await page.locator('.counts', { hasText: '1 / 18' }).waitFor();
  expect(await photosOf()).toEqual(changed);
  await context.close();
});

/** More photos than the wall has bricks, in the commonest shape. */
async function hangMorePhotos(): Promise<void> {
  const folder = await tempFolder();
  for (let hue = 0; hue < 12; hue++) {
    const background = { r: 20 * hue, g: 120, b: 255 - 20 * hue };
    const picture = sharp({ create: { width: 1500, height: 1000, channels: 3, background } });
    await picture.jpeg().toFile(join(folder, `${hue}.jpg`));
  }
  await kiosk.kiosk.importPhotos({ path: folder, albumName: 'colours' });
}
