import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { touchGlass } from './finger.ts';
import { read, touchName, touchSignIn } from './gate-page.ts';
import { kiosk, openGate, signInElsewhere, visitsOf } from './gate-suite.ts';

/** The gate with the names on it. */
async function openList(): Promise<Page> {
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.person').nth(9).waitFor();
  return page;
}

async function middleOf(page: Page, card: number): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await page.locator('.person').nth(card).boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
}

/** When which names stood in the list, and when keys were pressed, by the page's clock. */
interface Told {
  keys: number[];
  lists: { at: number; names: string[] }[];
}

test('who comes onto the list while somebody types moves nobody until 600 ms after the last key', async () => {
  const page = await openList();
  const answered = page.waitForResponse(
    async (response) => response.url().endsWith('people.find') && (await response.text()).includes('阿首'),
  );
  const telling = page.evaluate(async () => {
    const told: Told = { keys: [], lists: [] };
    const look = () => {
      const names = [...document.querySelectorAll('.person .name')].map(({ textContent }) => textContent);
      told.lists.push({ at: performance.now(), names });
    };
    const observer = new MutationObserver(look);
    look();
    observer.observe(document.querySelector('.people .list')!, { childList: true, subtree: true });
    // Shift types nothing: the question stays the same.
    const typing = setInterval(() => {
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' }));
      told.keys.push(performance.now());
    }, 100);
    const isThere = () => told.lists.at(-1)!.names.some((name) => name.includes('阿首'));
    window.addEventListener('stop-typing', () => clearInterval(typing));
    while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 50));
    clearInterval(typing);
    return told;
  });
  // Somebody signs in at another screen, and the office adds somebody who stands first.
  await signInElsewhere('zhou-min', 'spraying');
  const person = { name: '阿首', categoryId: 'activist' };
  await kiosk.asStaff('people.save', { gestureId: crypto.randomUUID(), person });
  await answered;
  await page.waitForTimeout(1000);
  await page.evaluate(() => window.dispatchEvent(new Event('stop-typing')));

  const { keys, lists } = await telling;
  const moved = lists.find(({ names }) => names.join() !== lists[0]!.names.join())!;
  const lastKey = Math.max(...keys.filter((at) => at < moved.at));
  expect(moved.at - lastKey).toBeGreaterThanOrEqual(599);
  expect(moved.names[0]).toContain('阿首');
});

test('a finger that rests on a name for two seconds means that person and nobody else', async () => {
  const page = await openList();
  const cdp = await page.context().newCDPSession(page);
  const name = (await page.locator('.person .name').first().textContent())!;
  await touchGlass(cdp, 'touchStart', [await middleOf(page, 0)]);
  await page.waitForTimeout(2000);
  expect(await page.locator('.finder').count()).toBe(1);
  await touchGlass(cdp, 'touchEnd', []);
  await page.locator('.posts', { hasText: name }).waitFor();
  expect(await visitsOf()).toHaveLength(0);
});

test('a finger that slips from one name to another signs nobody in, and the next touch works', async () => {
  const page = await openList();
  const cdp = await page.context().newCDPSession(page);
  const [first, second, third] = [await middleOf(page, 0), await middleOf(page, 1), await middleOf(page, 3)];
  for (const end of [second, third]) {
    await touchGlass(cdp, 'touchStart', [first]);
    await touchGlass(cdp, 'touchMove', [{ x: (first.x + end.x) / 2, y: (first.y + end.y) / 2 }]);
    await touchGlass(cdp, 'touchMove', [end]);
    await touchGlass(cdp, 'touchEnd', []);
    await read(page);
    expect(await page.locator('.finder').count()).toBe(1);
  }
  expect(await visitsOf()).toHaveLength(0);
  await touchName(page, 'WJG', '王建国');
  await page.locator('.greeting h1', { hasText: '王建国' }).waitFor();
  expect(await visitsOf()).toHaveLength(1);
});
