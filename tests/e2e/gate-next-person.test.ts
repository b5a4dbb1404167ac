import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { isoFromEpoch } from '../../src/domain/time.ts';
import { EVENING } from '../support/sample-kiosk.ts';
import { readBadge } from './badge-reader.ts';
import { read, touchSignIn } from './gate-page.ts';
import { kiosk, linkBadge, openGate, openGateWithClock, visitsOf } from './gate-suite.ts';

const inHours = (hours: number) => isoFromEpoch(Date.now() + hours * 3_600_000, '+08:00');

/** An activity without posts. */
const DRILL = { title: { en: 'Drill', zh: '演练' }, place: { en: 'Yard', zh: '场地' }, posts: [] };
const VISIT = { ...DRILL, title: { en: 'Visit', zh: '参观' } };

/** Two activities at the same hours; the id of the first. */
async function openTwo(): Promise<string> {
  const [startsAt, endsAt] = [inHours(-1), inHours(3)];
  const schedule = { kind: 'once', startsAt, endsAt, opensMinutesBefore: 0 } as const;
  const [drill] = await Promise.all(
    [DRILL, VISIT].map((one) =>
      kiosk.asStaff('activities.save', { gestureId: one.title.en, activity: { ...one, schedule } }),
    ),
  );
  return drill!.activityId;
}

test('a badge read while the screen is wiped signs nobody in, though the gate was there before', async () => {
  await linkBadge('wang-jianguo', 'A1029384');
  await kiosk.asStaff('access.setPin', { pin: '20261122' });
  const page = await openGate();
  await page.locator('.staff').tap();
  await page.locator('.lock h1').waitFor();
  await page.keyboard.type('20261122', { delay: 120 });
  await page.keyboard.press('Enter');
  await page.locator('nav button, nav a', { hasText: '设置' }).click();
  await page.locator('.start-wipe').click();
  await page.locator('.wipe').waitFor();
  await page.locator('.idle').waitFor();
  await readBadge(page, 'A1029384');
  await read(page);
  expect(await visitsOf()).toHaveLength(0);
  expect(await page.locator('.idle').count()).toBe(1);
});

/** Touches a place 150 ms after a page has come, and tells what was touched; in the page, as no test is so quick. */
function touchSoonAfter(page: Page, selector: string, at: { x: number; y: number }): Promise<string> {
  return page.evaluate(
    async ({ selector, at: { x, y } }) => {
      while (!document.querySelector(selector)) await new Promise(requestAnimationFrame);
      await new Promise((resolve) => setTimeout(resolve, 150));
      const touched = document.elementFromPoint(x, y)!;
      const click = { bubbles: true, cancelable: true, detail: 1, clientX: x, clientY: y };
      touched.dispatchEvent(new MouseEvent('click', click));
      return touched.closest('button')?.className ?? touched.className;
    },
    { selector, at },
  );
}

test('an impatient second tap while the disk takes its time does not undo what is greeted', async () => {
  const page = await openGate({ size: 'portrait' });
  await page.route('**/api/attendance.signIn', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  await touchSignIn(page);
  await page.locator('.person', { hasText: '曹景' }).tap();
  await page.locator('.posts').waitFor();
  await read(page);
  const second = touchSoonAfter(page, '.greeting', { x: 280, y: 1560 });
  await page.touchscreen.tap(280, 1560);
  expect(await second).toContain('undo');
  await read(page);
  expect(await page.locator('.greeting').count()).toBe(1);
  expect((await visitsOf()).map(({ undoneAt }) => undoneAt)).toEqual([undefined]);
});

test('with two activities open the next badge is asked for its own, while somebody still choosing is not', async () => {
  const drill = await openTwo();
  await linkBadge('zhao-zhiqiang', 'C1212121');
  await linkBadge('sun-lihua', 'D3434343');
  const page = await openGate();
  await readBadge(page, 'C1212121');
  await page.locator('.activities .card', { hasText: '演练' }).tap();
  await page.locator('.greeting').waitFor();
  await readBadge(page, 'D3434343');
  await page.locator('.activities').waitFor();
  expect(await visitsOf(drill)).toHaveLength(1);

  await page.keyboard.press('Escape');
  await page.locator('.idle').waitFor();
  await page.locator('.sign-in').tap();
  await read(page);
  await page.locator('.activities .card', { hasText: '演练' }).tap();
  await page.locator('.finder').waitFor();
  await page.waitForTimeout(3000);
  await readBadge(page, 'D3434343');
  await page.locator('.greeting h1', { hasText: '孙丽华' }).waitFor();
  expect(await visitsOf(drill)).toHaveLength(2);
});

test('who reads the privacy notice can say that they are still there', async () => {
  const notice = { en: 'We keep your name. '.repeat(40), zh: '我们保存姓名。'.repeat(60) };
  await kiosk.asStaff('settings.save', { gestureId: 'notice', settings: { notice: { text: notice } } });
  const page = await openGateWithClock();
  await page.locator('.sign-in').tap();
  await page.locator('.notice-line').waitFor();
  await page.clock.runFor(800);
  await page.locator('.notice-line').tap();
  await page.locator('dialog[open]').waitFor();
  await page.clock.runFor(23_000);
  await page.locator('.countdown').waitFor();
  await page.locator('.countdown .main').tap({ timeout: 3000 });
  await page.locator('.countdown').waitFor({ state: 'detached' });
  await page.clock.runFor(9000);
  expect(await page.locator('.finder dialog[open]').count()).toBe(1);
});

test('the language of one person is not the next one’s who comes by badge; one chosen on the wall is theirs', async () => {
  await linkBadge('wang-jianguo', 'A1029384');
  await linkBadge('li-minglang', 'B5647382');
  const page = await openGate();
  const language = () => page.evaluate(() => document.documentElement.lang);
  await touchSignIn(page);
  await page.locator('.switch button', { hasText: 'English' }).tap();
  await page.locator('.person', { hasText: '陈伟' }).tap();
  await page.locator('.greeting').waitFor();
  expect(await language()).toBe('en');
  await readBadge(page, 'A1029384');
  await page.locator('.greeting h1', { hasText: '王建国' }).waitFor();
  expect(await language()).toBe('zh-CN');

  await page.locator('.next').last().tap();
  await page.locator('.idle').waitFor();
  await read(page);
  await page.locator('.switch button', { hasText: 'English' }).tap();
  await readBadge(page, 'B5647382');
  await page.locator('.greeting h1', { hasText: '李明朗' }).waitFor();
  expect(await language()).toBe('en');
});

test('a language chosen after an unknown badge stays for whoever tries another badge there', async () => {
  await linkBadge('wang-jianguo', 'A1029384');
  const page = await openGate();
  await readBadge(page, 'Z777123');
  await page.locator('.unknown-badge').waitFor();
  await read(page);
  await page.locator('.find').tap();
  await page.locator('.finder').waitFor();
  await page.locator('.switch button', { hasText: 'English' }).tap();
  await readBadge(page, 'A1029384');
  await page.locator('.greeting h1', { hasText: '王建国' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
});

test('a badge read during the countdown says that somebody is there, with two activities as well', async () => {
  await openTwo();
  await linkBadge('wang-jianguo', 'A1029384');
  const page = await openGateWithClock();
  await page.locator('.sign-in').tap();
  await page.locator('.activities').waitFor();
  await page.clock.runFor(24_000);
  await page.locator('.countdown').waitFor();
  await readBadge(page, 'A1029384');
  await page.locator('.countdown').waitFor({ state: 'detached', timeout: 3000 });
  await page.clock.runFor(9000);
  expect(await page.locator('.activities').count()).toBe(1);
});

test('an activity that ends while somebody looks for their name: they are told, and the attempt is kept', async () => {
  const drill = await openTwo();
  const person = { name: '贺青', categoryId: 'activist' };
  await kiosk.asStaff('people.save', { gestureId: 'person', person });
  const page = await openGate();
  await read(page);
  await page.locator('.sign-in').tap();
  await page.locator('.activities').waitFor();
  await read(page);
  await page.locator('.activities .card', { hasText: '演练' }).tap();
  await page.locator('.person', { hasText: '贺青' }).waitFor();
  const [startsAt, endsAt] = [inHours(-30), inHours(-28)];
  const schedule = { kind: 'once', startsAt, endsAt, opensMinutesBefore: 0 } as const;
  const over = { activityId: drill, ...DRILL, schedule };
  await kiosk.asStaff('activities.save', { gestureId: 'over', activity: over });
  await read(page);
  await page.locator('.person', { hasText: '贺青' }).tap();
  await page.locator('.refused').waitFor();
  const { attempts } = await kiosk.asStaff('attempts.list', { activityId: drill });
  expect(attempts).toMatchObject([{ name: '贺青', code: 'not-open' }]);
});

test('a second notice right after the first one is shown as long as any other', async () => {
  const [startsAt, endsAt] = [inHours(-30), inHours(-28)];
  const schedule = { kind: 'once', startsAt, endsAt, opensMinutesBefore: 0 } as const;
  const over = { activityId: EVENING, ...DRILL, schedule };
  await kiosk.asStaff('activities.save', { gestureId: 'over', activity: over });
  const page = await openGateWithClock();
  await page.locator('.idle').waitFor();
  await readBadge(page, 'A1029384');
  await page.locator('.notice').waitFor();
  await page.clock.runFor(4000);
  await readBadge(page, 'B5647382');
  await page.clock.runFor(3000);
  expect(await page.locator('.notice').count()).toBe(1);
  await page.clock.runFor(2500);
  await page.locator('.idle').waitFor();
});
