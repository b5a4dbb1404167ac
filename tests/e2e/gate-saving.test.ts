import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { SIZES } from '../support/browser.ts';
import { failing, WatchedFileSystem } from '../support/watched-file-system.ts';
import { expectSound, openScreen, read, touchName, touchSignIn } from './gate-page.ts';
import { browser, kiosk, openGate, takeKiosk, visitsOf } from './gate-suite.ts';

/** How long the slow disk takes, in milliseconds. `MUSTER_SLOW_DISK=30` makes it half a minute. */
const SLOW = Number(process.env['MUSTER_SLOW_DISK'] ?? 4) * 1000;

let disk: WatchedFileSystem;
let page: Page;

beforeEach(async () => {
  disk = new WatchedFileSystem();
  await takeKiosk(undefined, { fs: disk });
  page = await openGate();
});

test(
  'a slow disk: the gate says that it is saving, takes no tap twice, the rest goes on, one visit',
  async () => {
    const wall = await openScreen(browser, kiosk, { size: 'landscape', language: 'zh', path: '/wall' });
    await wall.page.clock.install();
    await wall.page.reload();
    const slogan = () => wall.page.locator('.slogan').first().textContent();
    await toPosts();
    const post = (await page.locator('.posts .post').first().boundingBox())!;
    const back = (await page.getByRole('button', { name: '返回' }).boundingBox())!;
    const held = Promise.withResolvers<void>();
    delayNextSync(() => held.promise);

    const begin = Date.now();
    for (let tap = 0; tap < 3; tap++) await page.touchscreen.tap(post.x + 90, post.y + 90);
    await page.touchscreen.tap(back.x + 40, back.y + 40);
    await page.keyboard.press('Escape');
    await page.locator('.saving', { hasText: '刘洋' }).waitFor();
    await tapNervously(await undoPlace());
    expect(await page.locator('.countdown, .idle, .posts').filter({ visible: true }).count()).toBe(0);
    expect(await bricksMoving()).toBe(0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await expect.poll(bricksMoving).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });

    const waits = await askHealthFor(Math.max(1000, SLOW - (Date.now() - begin) - 1500));
    expect(waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.9)]).toBeLessThan(SLOW / 4);
    const hung = await slogan();
    await wall.page.clock.runFor(12_500);
    await expect.poll(slogan).not.toBe(hung);
    await wall.page.reload();
    await wall.page.locator('.tile img').first().waitFor();
    expect(await visitsOf()).toHaveLength(0);
    expect(await page.locator('.saving').count()).toBe(1);
    await page.waitForTimeout(Math.max(0, SLOW - (Date.now() - begin)));
    held.resolve();

    await page.locator('.greeting h1', { hasText: '刘洋' }).waitFor({ timeout: SLOW + 10_000 });
    expect(Date.now() - begin).toBeGreaterThan(SLOW - 100);
    await page.locator('.idle').waitFor({ timeout: 10_000 });
    await expect.poll(() => visitsOf()).toMatchObject([{ personId: 'sample-liu-yang' }]);
    expect((await visitsOf())[0]!.undoneAt).toBeUndefined();
    await wall.context.close();
  },
  SLOW + 60_000,
);

test('nobody is counted away or given up while the disk takes a minute', async () => {
  await page.clock.install();
  await page.reload();
  await touchSignIn(page);
  await touchName(page, 'LY', '刘洋');
  await page.locator('.posts').waitFor();
  const saved = Promise.withResolvers<void>();
  delayNextSync(() => saved.promise);
  await page.locator('.posts .post').first().dispatchEvent('click');
  for (let second = 0; second < 70; second += 5) {
    await page.clock.runFor(5000);
    await page.locator('.saving').waitFor();
  }
  await page.getByText('不会重复签到').waitFor();
  expect(await page.locator('.countdown').count()).toBe(0);
  await expectSound(page);
  saved.resolve();
  await page.locator('.greeting h1', { hasText: '刘洋' }).waitFor();
  expect(await visitsOf()).toHaveLength(1);
});

test('disk full: what cannot be saved is said before the first tap and in the flow, and the button comes back by itself', async () => {
  await kiosk.asStaff('settings.save', {
    gestureId: 'w',
    settings: { whomToCall: { en: 'the gatekeeper 8010', zh: '门卫 8010' } },
  });
  await toPosts();
  disk.before = failing('write journal', Infinity, 'ENOSPC');
  await page.locator('.posts .post').first().tap();
  await page.getByRole('heading', { name: '无法保存签到' }).waitFor();
  await page.locator('.message', { hasText: '请联系门卫 8010' }).getByText('磁盘已满').waitFor();
  await expectSound(page);
  disk.before = () => undefined;
  await read(page);
  await page.getByRole('button', { name: '重试' }).tap();
  await page.locator('.greeting h1', { hasText: '刘洋' }).waitFor();
  await page.locator('.next').tap();

  await touchSignIn(page);
  await touchName(page, 'CJJ', '程建军');
  await page.locator('.posts .post').first().waitFor();
  await read(page);
  disk.before = failing('datasync', Infinity);
  await page.locator('.posts .post').first().tap();
  await page.getByRole('heading', { name: '无法保存签到' }).waitFor();
  await read(page);
  await page.getByRole('button', { name: '返回' }).tap();
  const panel = page.locator('.idle .cannot-save');
  await panel.getByText('请联系门卫 8010').waitFor();
  await panel.getByText('磁盘再次出错').waitFor();
  expect(await page.locator('.sign-in').count()).toBe(0);
  expect(await page.locator('.tile img').count()).toBeGreaterThan(3);
  await expectSound(page);
  await page.getByRole('button', { name: 'English' }).tap();
  await panel.getByText('Please call the gatekeeper 8010').waitFor();
  for (const size of ['portrait', 'small'] as const) {
    await page.setViewportSize(SIZES[size]);
    await expectSound(page);
  }

  disk.before = () => undefined;
  await kiosk.asStaff('system.resume', {});
  await page.locator('.sign-in').waitFor();
  expect(await panel.count()).toBe(0);
  expect(await visitsOf()).toHaveLength(1);
});

async function toPosts(): Promise<void> {
  await touchSignIn(page);
  await touchName(page, 'LY', '刘洋');
  await page.locator('.posts .post').first().waitFor();
  await read(page);
}

/** The next sync of the journal waits for `wait`; the others are as quick as ever. */
function delayNextSync(wait: () => Promise<void>): void {
  let waited = false;
  disk.before = (call) => {
    if (waited || !call.startsWith('datasync journal')) return undefined;
    waited = true;
    return wait();
  };
}

/** Where the greeting's undo will stand. */
async function undoPlace(): Promise<{ x: number; y: number }> {
  const { width, height } = page.viewportSize()!;
  return { x: width * 0.1, y: height - 90 };
}

/** A finger that touches one place again and again until it sees the greeting, and once more. */
async function tapNervously(place: { x: number; y: number }): Promise<void> {
  await page.evaluate(({ x, y }) => {
    const timer = setInterval(() => {
      const at = { bubbles: true, cancelable: true, detail: 1, clientX: x, clientY: y };
      document.elementFromPoint(x, y)?.dispatchEvent(new MouseEvent('click', at));
      if (document.querySelector('.greeting')) clearInterval(timer);
    }, 100);
  }, place);
}

function bricksMoving(): Promise<number> {
  return page.evaluate(
    () => document.querySelector('.saving .course')!.getAnimations({ subtree: true }).length,
  );
}

/** How long the server took for each answer about its health, in milliseconds. */
async function askHealthFor(milliseconds: number): Promise<number[]> {
  const waits: number[] = [];
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    const start = performance.now();
    const response = await fetch(`${kiosk.address}/api/system.health`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(200);
    await response.arrayBuffer();
    waits.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return waits;
}
