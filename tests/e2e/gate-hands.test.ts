import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { EVENING } from '../support/sample-kiosk.ts';
import { touchGlass } from './finger.ts';
import {
  expectFitting,
  expectSound,
  openScreen,
  read,
  touchName,
  touchSignIn,
  typeOnPad,
} from './gate-page.ts';
import { browser, kiosk, openGate, openGateWithClock, visitsOf } from './gate-suite.ts';
import { openOffice } from './office-page.ts';

function setNames(names: 'full' | 'surname' | 'none') {
  return kiosk.asStaff('settings.save', { gestureId: crypto.randomUUID(), settings: { names } });
}

function addPerson(name: string, more: { staffNo?: string; team?: string } = {}) {
  const gestureId = crypto.randomUUID();
  return kiosk.asStaff('people.save', { gestureId, person: { name, categoryId: 'activist', ...more } });
}

/** An open evening of real people without the sample, so that everybody on the roster may come. */
async function fillRoster(count: number): Promise<void> {
  const surnames = [...'王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗'];
  const rows = Array.from({ length: count }, (_, index) => ({
    name: `${surnames[index % surnames.length]}${[...'伟芳娜敏静磊军洋勇艳'][Math.floor(index / 20) % 10]}`,
    staffNo: String(5000 + index),
    team: `${'一二三四'[index % 4]}班`,
  }));
  await kiosk.asStaff('people.import', { gestureId: 'fill', rows });
  const { activity } = await kiosk.asStaff('activities.get', { activityId: EVENING });
  const { title, place } = activity;
  const schedule = { kind: 'daily', start: '18:00', end: '20:00' } as const;
  const real = { title, place, schedule, posts: [] };
  await kiosk.asStaff('activities.save', { gestureId: 'real', activity: real });
}

function boxesOf(page: Page): Promise<Record<string, number[]>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('.person')].map((card) => {
        const { x, y } = card.getBoundingClientRect();
        return [card.querySelector('.name')?.textContent ?? '', [Math.round(x), Math.round(y)]];
      }),
    ),
  );
}

test('a finger that is held signs nobody in, and cards stay under it while the roster changes', async () => {
  await fillRoster(12);
  const page = await openGate();
  await touchSignIn(page);
  await expect.poll(() => page.locator('.person').count()).toBe(12);
  const before = await boxesOf(page);
  const [[x, y]] = Object.values(before) as [number[]];
  const cdp = await page.context().newCDPSession(page);
  await touchGlass(cdp, 'touchStart', [{ x: x! + 40, y: y! + 40 }]);

  const pushed = page.waitForResponse(/people\.find/);
  await addPerson('阿首', { staffNo: '4999' });
  await pushed;
  await page.waitForTimeout(1500);
  expect(await boxesOf(page)).toEqual(before);
  await touchGlass(cdp, 'touchCancel', []);
  await page.locator('.person', { hasText: '阿首' }).waitFor();
  expect(Object.keys(await boxesOf(page))[0]).toContain('阿首');
});

test('ten fingers at once sign nobody in, and the next single touch works', async () => {
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.person').nth(9).waitFor();
  const cards = Object.values(await boxesOf(page)).slice(0, 10);
  const points = cards.map(([x, y]) => ({ x: x! + 60, y: y! + 40 }));
  const cdp = await page.context().newCDPSession(page);
  await touchGlass(cdp, 'touchStart', points);
  await touchGlass(cdp, 'touchEnd', []);
  await read(page);
  expect(await visitsOf()).toHaveLength(0);
  expect(await page.locator('.finder').count()).toBe(1);
  await touchName(page, 'WJG', '王建国');
  await page.locator('.greeting').waitFor();
  expect(await visitsOf()).toHaveLength(1);
});

test('taps while the page is loaded again do nothing but wait', async () => {
  const page = await openGate();
  await touchSignIn(page);
  const reloading = page.reload();
  for (let tap = 0; tap < 8; tap++) {
    // A tap on a page that goes away meanwhile may get no answer.
    const tapped = page.touchscreen.tap(300 + 40 * tap, 400).catch(() => undefined);
    await Promise.race([tapped, page.waitForTimeout(1000)]);
  }
  await reloading;
  await page.locator('.idle, .finder').first().waitFor();
  expect(await visitsOf()).toHaveLength(0);
  await page.reload();
  await page.locator('.idle').waitFor();
  await touchSignIn(page);
  await touchName(page, 'WJG', '王建国');
  await page.locator('.greeting').waitFor();
});

test('a key that something lies on does not keep the gate from clearing', async () => {
  const page = await openGateWithClock();
  await touchSignIn(page);
  for (let second = 0; second < 24; second++) {
    await page.evaluate(() => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', repeat: true })));
    await page.clock.runFor(1000);
  }
  await page.locator('.countdown').waitFor();
});

test('staff wipe the screen: no touch counts for 30 s, then the gate goes on', async () => {
  const { page } = await openOffice(browser, kiosk, 'settings', { size: 'landscape' });
  await page.locator('.start-wipe').click();
  await page.locator('.wipe').waitFor();
  await page.locator('.idle').waitFor();
  for (let wipe = 0; wipe < 10; wipe++) await page.mouse.click(1500 + 30 * wipe, 980);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.wipe .seconds').textContent(), { timeout: 20_000 }).toBe('15');
  expect(await page.locator('.finder').count()).toBe(0);
  await page.locator('.wipe').waitFor({ state: 'detached', timeout: 20_000 });
  await page.locator('.sign-in').click();
  await page.locator('.finder').waitFor();
});

test('unsorted list: a team or a group narrows the list for one sign-in', async () => {
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.person').nth(17).waitFor();
  await page.locator('.filter').tap();
  await page.locator('.sheet').waitFor();
  await read(page);
  await page.locator('.chip', { hasText: '焊接班' }).tap();
  await expect.poll(() => page.locator('.person').count()).toBe(4);
  await expectSound(page);
  await read(page);
  await typeOnPad(page, 'CJ');
  await expect.poll(() => page.locator('.person').count()).toBe(1);
  await page.locator('.person').tap();
  await page.locator('.posts').waitFor();
  await page.keyboard.press('Escape');
  await touchSignIn(page);
  await page.locator('.person').nth(17).waitFor();
});

test('names are masked until a letter is typed, and masks that are alike sign nobody in', async () => {
  await setNames('surname');
  const page = await openGate();
  const telling = page.waitForResponse(/people\.find/);
  await touchSignIn(page);
  await page.locator('.person', { hasText: '陈**' }).first().waitFor();
  const told = await (await telling).text();
  expect(told).toContain('陈**');
  expect(told).not.toMatch(/陈杰|建国/);
  expect(await page.locator('.finder').textContent()).not.toContain('陈杰');
  await page.locator('.person', { hasText: '陈**' }).first().tap();
  await page.locator('.person', { hasText: '陈杰' }).first().waitFor();
  expect(await page.locator('.finder input').inputValue()).toBe('陈');
  expect(await visitsOf()).toHaveLength(0);
});

test('a mask that only one person has is a touch: who it was is greeted by name', async () => {
  await setNames('surname');
  const page = await openGate();
  await touchSignIn(page);
  const card = page.locator('.person', { hasText: '王**' });
  await card.waitFor();
  expect(await card.count()).toBe(1);
  await card.tap();
  await page.locator('.greeting h1', { hasText: '王建国' }).waitFor();
});

test('where no names are shown there is no list until somebody types', async () => {
  await setNames('none');
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.nobody').waitFor();
  expect(await page.locator('.person').count()).toBe(0);
  await touchName(page, 'WJG', '王建国');
  await page.locator('.greeting').waitFor();
  await page.locator('.next').tap();
  await page.locator('.tile .brick').waitFor();
  expect(await page.locator('.idle').textContent()).not.toContain('王建国');
});

test.each([
  { size: 'landscape', language: 'en' },
  { size: 'small', language: 'en' },
  { size: 'portrait', language: 'zh' },
] as const)(
  'on 10.1 inches, where targets are largest, a button leaves the screen or lies on another ($size)',
  async (look) => {
    await kiosk.asStaff('settings.save', { gestureId: 'inches', settings: { screenInches: 10.1 } });
    const rows = Array.from({ length: 60 }, (_, index) => ({ name: `王${index}`, staffNo: `N${index}` }));
    await kiosk.asStaff('people.import', { gestureId: 'sixty', rows });
    const { page, context } = await openScreen(browser, kiosk, look);
    await touchSignIn(page);
    await page.locator('.pager').waitFor();
    await expectFitting(page);
    await read(page);
    await page.locator('.as-guest').tap();
    await page.locator('.guest .keys').waitFor();
    await expectFitting(page);
    await context.close();
  },
);

test('a name of 40 letters, a post and a title of two lines leave their places', async () => {
  const { activity, schedule, rules } = await kiosk.asStaff('activities.get', { activityId: EVENING });
  const postName = {
    zh: '桁架焊接与校正联合作业岗位（二号厂房）',
    en: 'Joint post of truss welding and straightening (hall 2)',
  };
  const name = 'Alexandra Wilhelmina Fitzgerald-Cholmond';
  await kiosk.asStaff('people.save', { gestureId: 'long', person: { name } });
  await kiosk.asStaff('activities.save', {
    gestureId: 'long names',
    activity: {
      activityId: EVENING,
      title: {
        zh: '“以实干促生产，以行动践初心”电梯制造中心党支部志愿服务之夜',
        en: 'Promote production with practical work: the volunteer evening of the manufacturing centre',
      },
      place: activity.place,
      schedule,
      ...rules,
      posts: activity.posts.map(({ leader, wanted }) => ({
        name: postName,
        leaderId: leader!.personId,
        wanted: wanted * 5,
      })),
    },
  });
  for (const look of [
    { size: 'landscape', language: 'en' },
    { size: 'portrait', language: 'zh' },
  ] as const) {
    const { page, context } = await openScreen(browser, kiosk, look);
    await expectFitting(page);
    await touchSignIn(page);
    await touchName(page, 'AW', name);
    await page.locator('.posts .post').first().waitFor();
    await expectFitting(page);
    await read(page);
    await page.locator('.posts .post').first().tap();
    await page.locator('.greeting').waitFor();
    await expectFitting(page);
    await read(page);
    await page.locator('.greeting .undo').tap();
    await context.close();
  }
});

test.each([
  [15, 12],
  [32, 24],
])('at %i inches %i people fit one page', async (screenInches, people) => {
  await kiosk.asStaff('settings.save', { gestureId: 'inches', settings: { screenInches } });
  await fillRoster(60);
  for (const size of ['landscape', 'portrait'] as const) {
    const { page, context } = await openScreen(browser, kiosk, { size, language: 'zh' });
    await touchSignIn(page);
    await expect.poll(() => page.locator('.person').count()).toBeGreaterThanOrEqual(people);
    await context.close();
  }
});
