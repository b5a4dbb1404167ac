import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { isoFromEpoch } from '../../src/domain/time.ts';
import { systemClock } from '../../src/kiosk/clock.ts';
import { read, touchName, touchPost, touchSignIn } from './gate-page.ts';
import { openGate, signInElsewhere, takeKiosk, visitsOf } from './gate-suite.ts';

/** A clock that has nothing to do with the screen's: what a kiosk corrects it to, or another machine has. */
const BEGIN = Date.parse('2031-03-01T18:01:00.000+08:00');

/** A gate whose kiosk says it is 18:01 of 2031-03-01; `forward` moves the kiosk's clock, and the screen hears of it. */
async function openGateOfOtherClock() {
  const started = systemClock.monotonic();
  let moved = 0;
  const now = () => isoFromEpoch(BEGIN + systemClock.monotonic() - started + moved, '+08:00');
  await takeKiosk(undefined, { clock: { ...systemClock, now } });
  const page = await openGate();
  const forward = async (seconds: number) => {
    moved += seconds * 1000;
    await page.reload();
    await page.locator('.idle').waitFor();
  };
  return { page, forward };
}

async function comeAgain(page: Page): Promise<void> {
  await page.locator('.idle').waitFor();
  await touchSignIn(page);
  await touchName(page, 'LY', '刘洋');
}

test('the screen has another clock than the kiosk: the greeting says the time that is stored', async () => {
  const { page } = await openGateOfOtherClock();
  expect(await page.locator('.clock .time').textContent()).toBe(await inZoneOf(page, BEGIN));
  await touchSignIn(page);
  await touchName(page, 'LY', '刘洋');
  await touchPost(page, '桁架');
  await page.locator('.greeting').waitFor();
  const [visit] = await visitsOf();
  const stored = visit!.signedInAt.slice(11, 19);
  expect(stored).toMatch(/^18:01:/);
  expect(await page.locator('.greeting .saved').textContent()).toContain(stored);
  expect(await page.locator('.greeting .facts').textContent()).toContain('18:01');
});

test('the screen has another clock than the kiosk: undo is offered for the first half minute, then a sign-out is not asked twice', async () => {
  const { page, forward } = await openGateOfOtherClock();
  await signInElsewhere('liu-yang', 'truss');
  await comeAgain(page);
  await page.locator('.already .undo').waitFor();

  await forward(31);
  await comeAgain(page);
  await page.locator('.already').waitFor();
  expect(await page.locator('.already .undo').count()).toBe(0);
  await read(page);
  await page.locator('.sign-out').tap();
  await page.locator('.sure').waitFor();

  await forward(120);
  await comeAgain(page);
  await page.locator('.already').waitFor();
  await read(page);
  await page.locator('.sign-out').tap();
  await page.locator('.signed-out').waitFor();
  expect((await visitsOf())[0]).toMatchObject({ signOut: { how: 'measured' } });

  await forward(31);
  await comeAgain(page);
  await page.locator('.left').waitFor();
  expect(await page.locator('.left .undo').count()).toBe(0);
});

/** The time of day as the page writes it, in its own zone. */
function inZoneOf(page: Page, epoch: number): Promise<string> {
  return page.evaluate(
    (at) => new Date(at).toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false }),
    epoch,
  );
}
