import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { EVENING } from '../support/sample-kiosk.ts';
import { expectSound, openScreen, read } from './gate-page.ts';
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

describe('somebody who does not want to be seen', () => {
  test.each([
    { size: 'landscape', language: 'zh', theme: 'festive', down: '照片已撤下' },
    { size: 'portrait', language: 'en', theme: 'calm', down: 'The photo is taken down' },
  ] as const)(
    'takes the photo down with two touches, and a second thought puts it back: $size, $language',
    async ({ down, ...look }) => {
      const { page, context } = await openScreen(browser, kiosk, { ...look, path: '/wall' });
      const tile = page.locator('.tile', { has: page.locator('img') }).first();
      const photoId = (await tile.locator('img').getAttribute('src'))!.split('/')[2]!;
      await tile.locator('.open').tap();
      await page.locator('.large img').waitFor();
      await expectSound(page);
      await read(page);
      await page.locator('.take-down').tap();
      await page.getByRole('heading', { name: down }).waitFor();
      await expectSound(page);
      await expect.poll(() => page.locator(`.tile img[src*="${photoId}"]`).count()).toBe(0);
      const office = () => kiosk.asStaff('photos.library', { filter: 'taken-down' });
      expect((await office()).photos).toMatchObject([{ photoId, takenDownAt: expect.any(String) }]);

      await read(page);
      await page.locator('.actions button').first().tap();
      await page.locator('.large img').waitFor();
      expect((await office()).total).toBe(0);
      await page.locator('.back').tap();
      await page.locator('.large').waitFor({ state: 'detached' });
      await context.close();
    },
  );

  test('and walks away leaves the wall as it was, without their photo', async () => {
    const { page, context } = await openScreen(browser, kiosk, {
      size: 'landscape',
      language: 'zh',
      path: '/wall',
    });
    await page.clock.install();
    await page.reload();
    await page.locator('.tile .open').first().tap();
    await page.locator('.take-down').tap();
    await page.locator('.large h1').waitFor();
    await page.clock.runFor(31_000);
    await page.locator('.large').waitFor({ state: 'detached' });
    await context.close();
  });

  test('where the kiosk does not answer is told so, and whom to ask', async () => {
    const { page, context } = await openScreen(browser, kiosk, {
      size: 'landscape',
      language: 'zh',
      path: '/wall',
    });
    await page.locator('.tile .open').first().tap();
    await page.route('**/photos.takeDown', (route) => route.abort());
    await page.locator('.take-down').tap();
    await page.locator('.failure', { hasText: '活动组织者' }).waitFor();
    await page.unroute('**/photos.takeDown');
    await page.locator('.take-down').tap();
    await page.locator('.large h1', { hasText: '照片已撤下' }).waitFor();
    await context.close();
  });
});
