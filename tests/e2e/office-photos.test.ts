import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterEach, expect, test } from 'vitest';
import { plainJpeg } from '../support/pictures.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { expectSoundOffice } from './office-page.ts';
import { context, kiosk, openAt, page } from './office-suite.ts';

afterEach(() => {
  delete process.env['MUSTER_PLACES'];
});

test('a photo is hidden with one click, leaves the wall at once, and comes back', async () => {
  await openAt('photos');
  const wall = await context.newPage();
  await wall.goto(`${kiosk.address}/wall`);
  const source = await wall.locator('.tile img').first().getAttribute('src');
  const photoId = source!.split('/')[2]!;
  const onWall = wall.locator(`.tile img[src*="${photoId}"]`);
  const tile = page.locator('.tile', { has: page.locator(`img[src*="${photoId}"]`) });
  await tile.getByRole('button', { name: '隐藏' }).click();
  await tile.getByText('已隐藏').waitFor();
  await expect.poll(() => onWall.count(), { timeout: 10_000 }).toBe(0);
  // The office still sees which one it is.
  await expect.poll(() => isDrawn(tile.locator('img'))).toBe(true);
  await expectSoundOffice(page);
  await tile.getByRole('button', { name: '恢复显示' }).click();
  await tile.getByText('已隐藏').waitFor({ state: 'detached' });
  expect((await kiosk.asStaff('photos.list', {})).photos.map((photo) => photo.photoId)).toContain(photoId);
});

test('photos come from files of this computer, and move to another album that is then renamed', async () => {
  await openAt('photos', { language: 'en' });
  await page.getByRole('button', { name: 'Import photos' }).click();
  await page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles([
      { name: '合影 1.jpg', mimeType: 'image/jpeg', buffer: await plainJpeg(900, 600, '#1f5596') },
      { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photo at all') },
      { name: '合影 2.jpg', mimeType: 'image/jpeg', buffer: await plainJpeg(600, 900, '#1f6b45') },
    ]);
  await page.getByText(/^3 files, /).waitFor();
  // Without a folder's name the album is called like tonight's activity.
  expect(await page.getByRole('combobox').inputValue()).toMatch(/^Volunteer .* \d{4}-\d\d-\d\d$/);
  await expectSoundOffice(page);
  await page.getByRole('combobox').fill('Autumn outing');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const card = page.locator('.card', { hasText: 'Import to "Autumn outing"' });
  await card.getByText('2 photos added').waitFor();
  await card.getByText('1 file left out').click();
  await card.getByText('notes.jpg').waitFor();
  await card.getByText('not a photo').waitFor();
  await card.getByRole('button', { name: 'Show the album' }).click();
  await expect.poll(() => page.locator('.tile').count()).toBe(2);
  await expectSoundOffice(page);

  await page.locator('.tile label').first().click();
  await page.getByRole('button', { name: 'Move to an album' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Volunteer evening/ })
    .click();
  await page.getByText('1 photo moved to').waitFor();
  await expect.poll(() => page.locator('.tile').count()).toBe(1);

  await page.getByRole('button', { name: 'Rename the album' }).click();
  const { albums } = await kiosk.asStaff('photos.library', {});
  await page.getByRole('textbox', { name: 'Album' }).fill(albums.find(({ sample }) => sample)!.name);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('alert').getByText('Please choose another name').waitFor();
  await page.getByRole('textbox', { name: 'Album' }).fill('Autumn 2026');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('.chips').getByRole('button', { name: 'Autumn 2026 1' }).waitFor();
});

test('photos that are on their way come in although somebody turns to the gate, and the office is locked', async () => {
  await openAt('photos');
  const before = await photoCount();
  const held: (() => void)[] = [];
  await page.route(/\/uploads\/photos\/[^/]+\?name=/, async (route) => {
    await new Promise<void>((resolve) => void held.push(resolve));
    await route.continue();
  });
  await page.getByRole('button', { name: '导入照片' }).click();
  const colours = ['#102030', '#203040', '#304050', '#405060'];
  const files = colours.map(async (colour, n) => {
    return { name: `${n}.jpg`, mimeType: 'image/jpeg', buffer: await plainJpeg(90, 60, colour) };
  });
  await page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles(await Promise.all(files));
  await page.getByRole('combobox').fill('去签到');
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await page.getByText('正在上传 0 / 4').waitFor();
  await page.getByRole('button', { name: '签到页', exact: true }).click();
  await page.locator('.office').waitFor({ state: 'detached' });
  for (let sent = 0; sent < 4; sent++) {
    await expect.poll(() => held.length).toBeGreaterThan(sent);
    held[sent]!();
  }
  await expect.poll(photoCount, { timeout: 10_000 }).toBe(before + 4);
  const { imports } = await kiosk.asStaff('photos.imports', {});
  expect(imports[0]).toMatchObject({ state: 'done', sent: { arrived: 4, files: 4, over: true } });
});

test('a file that does not arrive is named, and the others are stopped on their way', async () => {
  await openAt('photos');
  const before = await photoCount();
  let arrive = () => undefined as void;
  await page.route(/\/uploads\/photos\//, async (route) => {
    if (route.request().url().includes('broken')) return route.abort();
    await new Promise<void>((resolve) => (arrive = resolve));
    return route.continue();
  });
  await page.getByRole('button', { name: '导入照片' }).click();
  const buffer = await plainJpeg(900, 600, '#1f5596');
  await page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles(
      ['broken.jpg', 'slow.jpg', 'never.jpg'].map((name) => ({ name, mimeType: 'image/jpeg', buffer })),
    );
  await page.getByRole('combobox').fill('路上');
  await page.getByRole('button', { name: '导入', exact: true }).click();
  const card = page.locator('.card', { hasText: '导入到“路上”' });
  await card.getByText('正在上传 1 / 3').waitFor();
  await card.getByRole('button', { name: '停止' }).click();
  await card.getByText('3 个文件中收到 0 个').waitFor();
  arrive();
  await card.getByText('1 个文件未导入').click();
  await card.getByText('broken.jpg').waitFor();
  await card.getByText('未能上传').waitFor();
  await expect.poll(() => card.locator('details li').count()).toBe(1);
  expect(await photoCount()).toBe(before);
});

test('photos come from a folder of a stick; the same once more brings none', async () => {
  const stick = await tempFolder();
  const evening = join(stick, '11月22日');
  mkdirSync(evening);
  writeFileSync(join(evening, 'a.jpg'), await plainJpeg(900, 600, '#5b4a9e'));
  writeFileSync(join(evening, 'b.jpg'), await plainJpeg(900, 600, '#8a3a12'));
  process.env['MUSTER_PLACES'] = stick;
  await openAt('photos');
  const importIt = async () => {
    await page.getByRole('button', { name: '导入照片' }).click();
    await page.getByTitle(stick).click();
    await page.getByText('此处 0 张照片').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '11月22日' }).click();
    await page.getByText('2 张照片').waitFor();
    await page.getByRole('button', { name: '选用此文件夹' }).click();
    expect(await page.getByRole('combobox').inputValue()).toBe('11月22日');
    await page.getByRole('button', { name: '导入', exact: true }).click();
  };
  await importIt();
  const cards = page.locator('.card', { hasText: '导入到“11月22日”' });
  await cards.getByText('新增 2 张').waitFor();
  await cards.getByRole('button', { name: '关闭' }).click();
  await cards.waitFor({ state: 'detached' });
  await importIt();
  await cards.getByText('2 张已存在').waitFor();
  await page.locator('.chips').getByRole('button', { name: '11月22日 2' }).waitFor();

  // The stick is pulled while somebody looks at it.
  await page.getByRole('button', { name: '导入照片' }).click();
  await page.getByTitle(stick).click();
  await page.getByRole('dialog').getByRole('button', { name: '11月22日' }).waitFor();
  rmSync(evening, { recursive: true });
  await page.getByRole('dialog').getByRole('button', { name: '11月22日' }).click();
  await page.getByRole('dialog').getByRole('alert').getByText('请重新插入 U 盘').waitFor();
  await expectSoundOffice(page);
});

test('an import is stopped, another loses its stick: what is in stays, and no photo is half', async () => {
  const stick = await tempFolder();
  const [slow, lost] = [join(stick, 'slow'), join(stick, 'lost')];
  for (const [folder, first] of [
    [slow, 0],
    [lost, 100],
  ] as const) {
    mkdirSync(folder);
    await fillFolder(folder, first);
  }
  process.env['MUSTER_PLACES'] = stick;
  await openAt('photos');
  const before = await photoCount();
  const importFolder = async (name: string) => {
    await page.getByRole('button', { name: '导入照片' }).click();
    await page.getByTitle(stick).click();
    await page.getByRole('dialog').getByRole('button', { name }).click();
    await page.getByRole('button', { name: '选用此文件夹' }).click();
    await page.getByRole('button', { name: '导入', exact: true }).click();
  };
  const cardOf = (name: string) => page.locator('.card', { hasText: `导入到“${name}”` });

  await importFolder('slow');
  await cardOf('slow')
    .getByText(/^[2-9] \/ 40 个文件/)
    .waitFor();
  await expectSoundOffice(page);
  await cardOf('slow').getByRole('button', { name: '停止' }).click();
  await cardOf('slow').getByText('已停止，此前导入的照片已保存').waitFor();
  const stopped = await addedBy('slow');
  expect(stopped).toBeGreaterThanOrEqual(2);
  expect(stopped).toBeLessThan(40);

  await importFolder('lost');
  await cardOf('lost')
    .getByText(/^[2-9] \/ 40 个文件/)
    .waitFor();
  rmSync(lost, { recursive: true });
  await cardOf('lost').getByText('是否拔出了 U 盘？此前导入的照片已保存').waitFor();
  const kept = await addedBy('lost');
  expect(kept).toBeGreaterThanOrEqual(2);
  expect(kept).toBeLessThan(40);
  await expectSoundOffice(page);

  expect(await photoCount()).toBe(before + stopped + kept);
  const { photos } = await kiosk.asStaff('photos.list', {});
  for (const { photoId, width, height } of photos.slice(before)) {
    const picture = await fetch(`${kiosk.address}/photos/${photoId}/1920.jpg`);
    const { info } = await sharp(await picture.arrayBuffer()).toBuffer({ resolveWithObject: true });
    expect(info.width / info.height).toBeCloseTo(width / height, 1);
  }
}, 60_000);

async function photoCount(): Promise<number> {
  return (await kiosk.asStaff('photos.library', {})).total;
}

/** How many photos of its album the library has. */
async function addedBy(albumName: string): Promise<number> {
  const { albums } = await kiosk.asStaff('photos.library', {});
  return albums.find(({ name }) => name === albumName)?.photos ?? 0;
}

/** Forty photos that take a moment each. */
async function fillFolder(folder: string, first: number): Promise<void> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 };
  const create = { width: 1500, height: 1000, channels: 3 as const, background: '#000', noise };
  const picture = await sharp({ create }).jpeg().toBuffer();
  for (let n = 0; n < 40; n++) {
    // The same picture with another comment behind its end is another file.
    writeFileSync(join(folder, `${first + n}.jpg`), Buffer.concat([picture, Buffer.from(`${first + n}`)]));
  }
}

/** Has the browser drawn the picture? */
function isDrawn(image: ReturnType<Page['locator']>): Promise<boolean> {
  return image.evaluate((one) => (one as HTMLImageElement).naturalWidth > 0);
}
