import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { readBadge, type ReaderKey } from './badge-reader.ts';
import { expectSound, read, touchName, touchPost, touchSignIn, typeOnPad } from './gate-page.ts';
import { kiosk, linkBadge, openGate, visitsOf } from './gate-suite.ts';

test('scanner as keyboard: whatever has the focus, nobody with a badge touches anything, from the wall and from every page on the way', async () => {
  await linkBadge('wang-jianguo', 'A1029384');
  await linkBadge('li-minglang', 'B5647382');
  await linkBadge('zhao-zhiqiang', 'C1212121');
  await linkBadge('sun-lihua', 'D3434343');
  const page = await openGate();
  await readBadge(page, 'A1029384');
  await page.locator('.greeting h1', { hasText: '王建国' }).waitFor();

  // A greeting gives way to the next badge.
  await readBadge(page, 'B5647382');
  await page.locator('.greeting h1', { hasText: '李明朗' }).waitFor();
  await page.locator('.next').last().tap();
  await page.locator('.idle').waitFor();

  // Whatever has the focus, a field with letters in it too: they are forgotten with the page.
  await touchSignIn(page);
  await page.locator('.finder input').focus();
  await page.keyboard.type('CJ', { delay: 150 });
  await readBadge(page, 'C1212121');
  await page.locator('.greeting h1', { hasText: '赵志强' }).waitFor();
  await page.locator('.next').last().tap();
  await page.locator('.idle').waitFor();

  await touchSignIn(page);
  await touchName(page, 'WG', '吴刚');
  await page.locator('.posts').waitFor();
  await readBadge(page, 'D3434343');
  await page.locator('.greeting h1', { hasText: '孙丽华' }).waitFor();

  expect(await visitsOf()).toMatchObject([
    { name: '王建国', postId: 'blanking', by: 'badge' },
    { name: '李明朗', postId: 'welding', by: 'badge' },
    { name: '赵志强', postId: 'truss', by: 'badge' },
    { name: '孙丽华', postId: 'spraying', by: 'badge' },
  ]);
});

test('scanner as keyboard: Caps Lock is harmless, and so is a reader that sends no end key', async () => {
  await linkBadge('wang-jianguo', 'Ab1029384');
  await linkBadge('li-minglang', 'B5647382');
  const page = await openGate();
  await readBadge(page, 'aB1029384');
  await page.locator('.greeting h1', { hasText: '王建国' }).waitFor();
  await readBadge(page, 'b5647382', '');
  await page.locator('.greeting h1', { hasText: '李明朗' }).waitFor();
  expect(await visitsOf()).toHaveLength(2);
});

test('badge read twice: ignored for three seconds, then asked, never toggled', async () => {
  await linkBadge('wang-jianguo', 'A1029384');
  const page = await openGate();
  await readBadge(page, 'A1029384');
  await page.locator('.greeting').waitFor();
  await readBadge(page, 'A1029384');
  await page.waitForTimeout(3200);
  expect(await page.locator('.already').count()).toBe(0);
  await readBadge(page, 'A1029384');
  await page.locator('.already').waitFor();
  const visits = await visitsOf();
  expect(visits).toHaveLength(1);
  expect(visits[0]).not.toHaveProperty('signOut');
});

test('somebody whose post is not known is asked for it after the badge', async () => {
  await linkBadge('liu-yang', 'E7777777');
  const page = await openGate();
  await readBadge(page, 'E7777777');
  await page.locator('.posts', { hasText: '刘洋' }).waitFor();
  await touchPost(page, '桁架');
  await page.locator('.greeting h1', { hasText: '刘洋' }).waitFor();
  expect(await visitsOf()).toMatchObject([{ by: 'badge', postId: 'truss' }]);
});

test('two badges read while the first is being saved: the later one waits for it', async () => {
  await linkBadge('wang-jianguo', 'A1029384');
  await linkBadge('li-minglang', 'B5647382');
  const page = await openGate();
  await page.route('**/api/attendance.signIn', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    await route.continue();
  });
  await readBadge(page, 'A1029384');
  await readBadge(page, 'B5647382');
  await page.locator('.greeting h1', { hasText: '李明朗' }).waitFor();
  expect((await visitsOf()).map(({ name }) => name)).toEqual(['王建国', '李明朗']);
});

test('slow typing is a person, not a badge', async () => {
  await linkBadge('wang-jianguo', '1029384');
  const page = await openGate();
  await touchSignIn(page);
  await page.keyboard.type('2382', { delay: 150 });
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.person').count()).toBe(1);
  expect(await page.locator('.finder').count()).toBe(1);
});

test('an unknown badge is said kindly; staff link it with the PIN, and the office is closed again', async () => {
  await kiosk.asStaff('access.setPin', { pin: '20261122' });
  const page = await openGate();
  await readBadge(page, 'Z9090909');
  await page.locator('.unknown-badge .link').waitFor();
  await read(page);
  await page.locator('.unknown-badge .link').tap();
  await page.locator('.staff-page').waitFor();
  await read(page);
  for (const digit of '20261122') await page.locator('.pin button', { hasText: digit }).tap();
  await page.locator('.pin .done').tap();
  await page.getByRole('heading', { name: '这张卡是谁的？' }).waitFor();
  await read(page);
  await typeOnPad(page, 'WJG');
  const asking = page.waitForRequest(/badges\.link/);
  await page.locator('.person', { hasText: '王建国' }).tap();
  const linking = await asking;
  await page.locator('.linked', { hasText: '王建国' }).waitFor();
  expect(await visitsOf()).toHaveLength(0);
  await read(page);
  // Nobody at the gate is staff afterwards.
  const signingIn = page.waitForRequest(/attendance\.signIn/);
  await page.locator('.sign-in-now').tap();
  expect((await signingIn).headers()).not.toHaveProperty('authorization');
  expect(linking.headers()).toHaveProperty('authorization');
  await page.locator('.greeting h1', { hasText: '王建国' }).waitFor();
});

test('an unknown badge stops nobody: the name does it', async () => {
  const page = await openGate();
  await readBadge(page, 'Z9090909');
  await page.locator('.unknown-badge').waitFor();
  await read(page);
  await page.locator('.find').tap();
  await touchName(page, 'WJG', '王建国');
  await page.locator('.greeting h1', { hasText: '王建国' }).waitFor();
  expect((await visitsOf())[0]).not.toHaveProperty('by');
});

test('after one unknown badge after the other the gate says when badges are read again, and the name does it', async () => {
  await linkBadge('wang-jianguo', 'A1029384');
  const page = await openGate();
  await guessBadges(page);
  await readBadge(page, 'A1029384');
  await page.locator('.refused', { hasText: '秒后可继续刷卡' }).waitFor();
  await page.getByText('Badges are read again in a moment').waitFor();
  await expectSound(page);
  await read(page);
  await page.locator('.refused .find').tap();
  await touchName(page, 'WJG', '王建国');
  await page.locator('.greeting h1', { hasText: '王建国' }).waitFor();
});

/** Guesses as a program does, until the wait is longer than this machine is slow. */
function guessBadges(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (let guess = 0; ; guess++) {
      const body = JSON.stringify({ badge: `guess ${guess}` });
      const headers = { 'content-type': 'application/json' };
      const answer = await (await fetch('/api/badges.read', { method: 'POST', headers, body })).json();
      if (Number(answer.refusal?.seconds ?? 0) > 25) return;
      if (answer.refusal?.seconds) await new Promise((resolve) => setTimeout(resolve, 500));
    }
  });
}

test('scanner as keyboard: a badge held too long leaves no letters behind, neither for the finder nor in a guest’s name', async () => {
  const page = await openGate();
  await readBadge(page, 'Z777123');
  await page.locator('.unknown-badge').waitFor();
  await read(page);
  await page.locator('.find').tap();
  await page.locator('.finder input').focus();
  await readBadge(page, 'Z777123');
  expect(await page.locator('.finder input').inputValue()).toBe('');
  await page.locator('.filter').focus();
  await readBadge(page, 'Z777123');
  expect(await page.locator('.finder input').inputValue()).toBe('');
  await page.locator('.as-guest').tap();
  await page.locator('.guest').waitFor();
  await readBadge(page, 'Z777123');
  await expect.poll(() => page.locator('.guest input').first().inputValue()).toBe('');
  expect(await page.locator('.syllable').count()).toBe(0);
});

/** What keys look like while an input method is on: only their places are known. */
function composed(badge: string): ReaderKey[] {
  const signs: Record<string, string> = { '-': 'Minus', '/': 'Slash' };
  return [...badge].map((character) => ({
    key: 'Process',
    code: signs[character] ?? (/\d/.test(character) ? `Digit${character}` : `Key${character}`),
  }));
}

test('a badge is read while an input method composes, to the key that ends it', async () => {
  await linkBadge('wang-jianguo', 'D34-34/343');
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.finder input').focus();
  await readBadge(page, composed('D34-34/343'), { key: 'Process', code: 'NumpadEnter' });
  await page.locator('.greeting h1', { hasText: '王建国' }).waitFor();
});

test('a reader that presses Shift and sends no end key is read as well', async () => {
  await linkBadge('wang-jianguo', 'A1029384');
  const page = await openGate();
  await readBadge(page, [{ key: 'Shift' }, ...'A1029384', { key: 'Shift' }], '');
  await page.locator('.greeting h1', { hasText: '王建国' }).waitFor();
});
