import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { expectSoundOffice } from './office-page.ts';
import { kiosk, openAt, page } from './office-suite.ts';

test('a slogan is added in one language, changed and removed; what is empty or gone is refused in words', async () => {
  await openAt('slogans');
  await page.getByText('焊好每一道缝，安全每一部梯').waitFor();
  await expectSoundOffice(page);

  await page.getByRole('button', { name: '新建标语' }).click();
  await save(page);
  await page.getByRole('alert').getByText('请至少用一种语言填写标语').waitFor();
  await page.getByLabel('标语 (中文)').fill('质量第一');
  await page.keyboard.press('Enter');
  await dialogGone(page);
  expect((await slogans()).at(-1)?.text).toEqual({ zh: '质量第一', en: '质量第一' });

  await page.getByRole('button', { name: '修改：质量第一' }).click();
  await page.getByLabel('标语 (英文)').fill('Quality first');
  await save(page);
  await dialogGone(page);
  await page.locator('main').getByText('Quality first').waitFor();

  await page.getByRole('button', { name: '修改：质量第一' }).click();
  await page.getByLabel('标语 (中文)').fill('质量为先');
  const { sloganId } = (await slogans()).at(-1)!;
  await kiosk.asStaff('slogans.remove', { gestureId: 'elsewhere', sloganId });
  await save(page);
  await page.getByRole('alert').waitFor();
  expect(await page.getByLabel('标语 (中文)').inputValue()).toBe('质量为先');
  await page.keyboard.press('Escape');
  await dialogGone(page);

  await page.getByRole('button', { name: '删除：党员是块砖' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
  await dialogGone(page);
  expect((await slogans()).map(({ sloganId }) => sloganId)).toEqual([
    'sample-practical-work',
    'sample-quality',
  ]);
  await expect.poll(() => page.locator('main li').count()).toBe(2);
});

test('without slogans the page says what hangs on the wall instead', async () => {
  for (const { sloganId } of await slogans()) {
    await kiosk.asStaff('slogans.remove', { gestureId: sloganId, sloganId });
  }
  await openAt('slogans', { language: 'en', size: 'portrait' });
  await page.getByText('the name of the kiosk hangs on the wall').waitFor();
  await expectSoundOffice(page);
});

test('a show of an album and a slogan is put together and plays in that order', async () => {
  const photoIds = await hangTwoPhotos();
  await openAt('shows');
  await page.getByText('还没有自己的放映').waitFor();
  expect(await partsOf(page.locator('main article'))).toEqual([
    '欢迎页：当前活动',
    '全部标语',
    '全部照片',
    '实时签到人数',
  ]);

  await page.getByRole('button', { name: '新建放映' }).click();
  const dialog = page.getByRole('dialog');
  for (let left = 4; left > 0; left--) await dialog.getByRole('button', { name: '移除：' }).first().click();
  await save(page);
  await page.getByRole('alert').getByText('放映至少要有一项内容').waitFor();
  await dialog.getByRole('button', { name: '添加：党员是块砖' }).click();
  await dialog.getByRole('button', { name: '添加：两张' }).click();
  expect(await partsOf(dialog)).toEqual(['标语：党员是块砖，哪里需要哪里搬', '相册：两张']);
  await dialog.getByRole('button', { name: '上移：相册：两张' }).click();
  expect(await partsOf(dialog)).toEqual(['相册：两张', '标语：党员是块砖，哪里需要哪里搬']);
  await dialog.getByLabel('每张停留秒数').fill('2');
  await save(page);
  await page.getByRole('alert').getByText('3 至 120 秒').waitFor();
  await dialog.getByLabel('每张停留秒数').fill('120');
  await dialog.getByLabel('标题 (中文)').fill('月度例会');
  await dialog.getByLabel('标题 (英文)').fill('');
  await save(page);
  await dialogGone(page);

  const { shows } = await kiosk.asStaff('shows.list', {});
  expect(shows.map(({ title, secondsPerSlide }) => ({ title, secondsPerSlide }))).toEqual([
    { title: { zh: '月度例会', en: '月度例会' }, secondsPerSlide: 120 },
  ]);
  await page.getByText(`${kiosk.address}/show/${shows[0]!.showId}`).waitFor();
  await page.getByRole('button', { name: '在本屏播放：月度例会' }).click();
  await page.waitForURL(`**/show/${shows[0]!.showId}`);
  const order = [photoIds[0], photoIds[1], '党员是块砖，哪里需要哪里搬', photoIds[0]];
  for (const [step, slide] of order.entries()) {
    if (step > 0) await page.keyboard.press('ArrowRight');
    // The slide before it stays until the next one is drawn; nothing else may come in between.
    await expect.poll(shownSlide).toSatisfy((shown) => shown !== undefined && shown !== order[step - 1]);
    expect(await shownSlide()).toBe(slide);
  }
});

test('what a show names and is gone is marked, left out on saving, and a show is removed after a word', async () => {
  const { sloganId } = await kiosk.asStaff('slogans.save', {
    gestureId: 'a',
    slogan: { text: { en: 'For one evening', zh: '只用一晚' } },
  });
  await kiosk.asStaff('shows.save', {
    gestureId: 'b',
    show: {
      title: { en: 'Evening', zh: '晚会' },
      items: [{ kind: 'slogan', sloganId }, { kind: 'count' }],
      secondsPerSlide: 8,
    },
  });
  await openAt('shows', { language: 'en' });
  await page.getByText('Slogan: For one evening').waitFor();
  await kiosk.asStaff('slogans.remove', { gestureId: 'c', sloganId });
  await page.locator('article .struck', { hasText: 'A slogan that was removed' }).waitFor();
  await expectSoundOffice(page);
  await page.getByRole('button', { name: 'Change: Evening' }).click();
  await page.getByRole('dialog').getByText('drops out of it when you save').waitFor();
  await expectSoundOffice(page);
  await save(page, 'Save');
  await dialogGone(page);
  const { shows } = await kiosk.asStaff('shows.list', {});
  expect(shows[0]?.items).toEqual([{ kind: 'count' }]);

  await page.getByRole('button', { name: 'Remove: Evening' }).click();
  await page.getByText('Photos and slogans stay.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('There is no show of your own yet').waitFor();
});

async function slogans() {
  return (await kiosk.asStaff('slogans.list', {})).slogans;
}

function save(page: Page, name = '保存'): Promise<void> {
  return page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
}

function dialogGone(page: Page): Promise<void> {
  return page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** The parts of a show as listed, in words. */
function partsOf(place: ReturnType<Page['locator']>): Promise<string[]> {
  return place
    .locator('ol li')
    .evaluateAll((parts) => parts.map((part) => part.querySelector('span')!.textContent.trim()));
}

/** What the show's front plane shows: a photo's id, or a slogan's words in Chinese. */
function shownSlide(): Promise<string | undefined> {
  return page.evaluate(() => {
    const front = document.querySelector('.plane.front');
    if (front?.classList.contains('photo')) return front.querySelector('img')?.src.split('/').at(-2);
    return front?.querySelector('.own')?.textContent.trim();
  });
}

/** An album of two, in the order in which they are shown. */
async function hangTwoPhotos(): Promise<string[]> {
  const folder = await tempFolder();
  for (const [index, background] of ['#a8141b', '#1d4b5c'].entries()) {
    const picture = sharp({ create: { width: 1500, height: 1000, channels: 3, background } });
    await picture.jpeg().toFile(join(folder, `${index}.jpg`));
  }
  await kiosk.kiosk.importPhotos({ path: folder, albumName: '两张' });
  const { albums } = await kiosk.asStaff('photos.library', { limit: 1 });
  const { albumId } = albums.find(({ name }) => name === '两张')!;
  const { photos } = await kiosk.asStaff('photos.list', { albumId });
  return photos.map(({ photoId }) => photoId);
}
