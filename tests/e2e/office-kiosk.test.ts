import { expect, test } from 'vitest';
import { SIZES } from '../support/browser.ts';
import { EVENING } from '../support/sample-kiosk.ts';
import { expectSoundOffice, openOffice, PIN } from './office-page.ts';
import { browser, kiosk, openAt, page } from './office-suite.ts';

test('names, language and colours reach the other screens at once; what is half typed stays', async () => {
  await openAt('settings');
  await expectSoundOffice(page);
  const wall = await browser.newPage({ reducedMotion: 'reduce' });
  await wall.goto(`${kiosk.address}/wall`);
  await wall.locator('html[data-theme=festive][lang=zh-CN] .screen').waitFor();

  await page.getByLabel('本机名称 (中文)').fill('东门签到');
  await page.getByLabel('出问题时找谁 (中文)').fill('');
  await page.getByLabel('出问题时找谁 (英文)').fill('');
  await card('名称').getByRole('button', { name: '保存' }).click();
  await page.getByRole('status').getByText('请至少用一种语言填写出问题时找谁').waitFor();
  expect(await page.getByLabel('本机名称 (中文)').inputValue()).toBe('东门签到');

  await page.getByRole('button', { name: '素雅' }).click();
  await wall.locator('html[data-theme=calm]').waitFor();
  expect(await page.getByLabel('本机名称 (中文)').inputValue()).toBe('东门签到');

  await page.getByLabel('出问题时找谁 (中文)').fill('门卫 8010');
  await card('名称').getByRole('button', { name: '保存' }).click();
  await page.locator('nav').getByText('东门签到').waitFor();
  await card('外观').getByRole('button', { name: 'English' }).click();
  await wall.locator('html[lang=en]').waitFor();
  for (const { sloganId } of (await kiosk.asStaff('slogans.list', {})).slogans) {
    await kiosk.asStaff('slogans.remove', { gestureId: sloganId, sloganId });
  }
  await wall.getByText('东门签到').first().waitFor();
  await wall.close();
  expect((await settings()).whomToCall).toEqual({ zh: '门卫 8010', en: '门卫 8010' });
});

test('the size of the screen makes the keys of the gate 20 mm high', async () => {
  await openAt('settings', { size: 'landscape' });
  const gate = await browser.newPage({
    viewport: SIZES.landscape,
    screen: SIZES.landscape,
    reducedMotion: 'reduce',
  });
  await gate.goto(`${kiosk.address}/gate`);
  await gate.locator('.sign-in').click();
  const key = gate.locator('.key').first();
  await key.waitFor();
  const height = () => key.evaluate((element) => (element as HTMLElement).offsetHeight);
  const pixelsOf = (inches: number) =>
    (20 * Math.hypot(SIZES.landscape.width, SIZES.landscape.height)) / (inches * 25.4);

  await page.getByLabel('对角线（英寸）').fill('3');
  await card('签到屏的尺寸').getByRole('button', { name: '保存' }).click();
  await page.getByRole('status').getByText('7 至 120 英寸').waitFor();
  expect(await height()).toBe(112);
  for (const inches of [13.3, 17]) {
    await page.getByLabel('对角线（英寸）').fill(String(inches));
    const bar = page.locator('.ruler .bar');
    expect((await bar.boundingBox())!.width).toBeCloseTo(pixelsOf(inches), 0);
    await card('签到屏的尺寸').getByRole('button', { name: '保存' }).click();
    await expect.poll(height).toBe(Math.round(pixelsOf(inches)));
  }
  await page.getByLabel('对角线（英寸）').fill('');
  await card('签到屏的尺寸').getByRole('button', { name: '保存' }).click();
  await expect.poll(height).toBe(112);
  await gate.close();
  expect((await settings()).screenInches).toBeNull();
});

test('displays are added and set; one that names a removed show says so', async () => {
  const { showId } = await kiosk.asStaff('shows.save', {
    gestureId: 's',
    show: { title: { en: 'Meeting', zh: '例会' }, items: [{ kind: 'welcome' }], secondsPerSlide: 8 },
  });
  await openAt('settings', { language: 'en', size: 'portrait' });
  await page.getByRole('button', { name: 'Add display 2' }).click();
  await page.getByLabel('Display 2', { exact: true }).selectOption({ label: 'Show: Meeting' });
  await page.getByRole('button', { name: 'Add display 3' }).click();
  await page.getByRole('button', { name: 'Add display 4' }).click();
  await page.getByRole('button', { name: 'Remove display 4' }).click();
  await expectSoundOffice(page);
  await card('What the displays show').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('status').getByText('Saved.').waitFor();
  expect((await settings()).screens).toEqual([
    { screen: 'gate' },
    { screen: 'show', showId },
    { screen: 'wall' },
  ]);
  await kiosk.asStaff('shows.remove', { gestureId: 'r', showId });
  await page.getByText('A display names a show that was removed').waitFor();
  expect(await page.getByLabel('Display 2', { exact: true }).locator('option:checked').textContent()).toBe(
    'Show: one that was removed',
  );
});

test('the PIN: a wrong one is refused and the office stays open; a new one locks the others', async () => {
  const other = await openOffice(browser, kiosk, 'slogans');
  await openAt('settings');
  const change = async (current: string, fresh: string, again = fresh) => {
    await page.getByLabel('当前密码').fill(current);
    await page.getByLabel('新密码', { exact: true }).fill(fresh);
    await page.getByLabel('再输入一次新密码').fill(again);
    await page.keyboard.press('Enter');
  };
  const notice = page.getByRole('status');

  await change(PIN, '730164', '730165');
  await notice.getByText('两次输入的新密码不同').waitFor();
  await change(PIN, '123456');
  await notice.getByText('密码须为 6 至 12 位数字').waitFor();
  await change('999999', '730164');
  await notice.getByText('密码错误').waitFor();
  expect(await page.getByLabel('再输入一次新密码').inputValue()).toBe('730164');
  await change(PIN, '730164');
  await notice.getByText('密码已修改').waitFor();
  expect(await page.getByLabel('当前密码').inputValue()).toBe('');
  await page.getByRole('button', { name: '素雅' }).click();
  await expect.poll(async () => (await settings()).theme).toBe('calm');

  await other.page.getByRole('button', { name: '新建标语' }).click();
  await other.page.getByLabel('标语 (中文)').fill('质量第一');
  await other.page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await other.page.locator('.lock h1').waitFor();
  await other.page.keyboard.type('730164');
  await other.page.keyboard.press('Enter');
  await other.page.locator('.office main h1').waitFor();
  await other.context.close();
});

test('the sample goes after a word on what goes with it, and its card with it', async () => {
  const visit = { activityId: EVENING, personId: 'sample-wu-gang', postId: 'welding' };
  await kiosk.asStaff('attendance.signIn', { gestureId: 'a', ...visit });
  await openAt('settings');
  await page.getByRole('button', { name: '移除示例数据' }).click();
  await page.getByRole('dialog').getByText('你自己录入的内容会保留').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: '移除示例数据' }).click();
  await page.getByRole('status').getByText('包括 1 条签到记录').waitFor();
  await page.getByRole('button', { name: '移除示例数据' }).waitFor({ state: 'detached' });
  expect((await kiosk.asStaff('system.details', {})).people).toBe(0);
});

function card(title: string) {
  return page.locator('section.card', { has: page.getByRole('heading', { name: title, exact: true }) });
}

async function settings() {
  return (await kiosk.asStaff('settings.get', {})).settings;
}
