import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { isoFromEpoch } from '../../src/domain/time.ts';
import { EVENING } from '../support/sample-kiosk.ts';
import { expectSound, read, touchSignIn } from './gate-page.ts';
import { kiosk, openGate, openGateWithClock } from './gate-suite.ts';

test.each(['c', 'Enter', 'Escape'])('the key %s says that somebody is still there', async (key) => {
  const page = await openGateWithClock();
  await page.locator('.sign-in').tap();
  await page.locator('.person').first().waitFor();
  await page.clock.runFor(22_000);
  await page.locator('.countdown').waitFor();
  await page.keyboard.press(key);
  await page.locator('.countdown').waitFor({ state: 'detached', timeout: 3000 });
  await page.clock.runFor(9000);
  expect(await page.locator('.finder').count()).toBe(1);
  expect(await page.locator('.finder input').inputValue()).toBe('');
});

test('while the screen asks whether anybody is there, the keyboard reaches nothing but its answers', async () => {
  const page = await openGateWithClock();
  await page.locator('.sign-in').tap();
  await page.locator('.person').first().waitFor();
  await page.clock.runFor(22_000);
  await page.locator('.countdown').waitFor();
  for (let tab = 0; tab < 8; tab++) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => !!document.activeElement?.closest('.page'))).toBe(false);
  }
  // "Next person" is an answer as well.
  await page.locator('.countdown button').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.idle').waitFor();
});

test('Escape closes what lies on top first: the filters, then the sign-in', async () => {
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.filter').focus();
  await page.keyboard.press('Enter');
  await page.locator('.sheet').waitFor();
  await page.keyboard.type('c', { delay: 150 });
  await page.keyboard.press('Escape');
  await page.locator('.sheet').waitFor({ state: 'detached' });
  expect(await page.locator('.finder input').inputValue()).toBe('');
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('filter');
  await page.keyboard.press('Escape');
  await page.locator('.idle').waitFor();
});

test('Escape closes the privacy notice, not the sign-in', async () => {
  const text = { en: 'We keep your name.', zh: '我们保存姓名。' };
  await kiosk.asStaff('settings.save', { gestureId: 'notice', settings: { notice: { text } } });
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.notice-line').focus();
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  expect(await page.locator('.finder').count()).toBe(1);
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('notice-line');
});

test('Escape throws nothing away that a guest has typed: it closes the syllable, then leads to the way back', async () => {
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.as-guest').tap();
  await page.locator('.guest').waitFor();
  await page.keyboard.type('wang', { delay: 150 });
  await page.keyboard.press(' ');
  await page.keyboard.type('j', { delay: 150 });
  await page.keyboard.press('Escape');
  expect(await page.locator('.syllable').count()).toBe(0);
  await page.keyboard.press('Escape');
  expect(await page.locator('.guest input').first().inputValue()).toBe('王');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('返回');
  await page.keyboard.press('Enter');
  await page.locator('.finder').waitFor();
});

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent.trim());

/** Goes on with Tab until what has the focus says so. */
async function tabTo(page: Page, words: string): Promise<void> {
  for (let tab = 0; tab < 60; tab++) {
    const isButton = await page.evaluate(() => document.activeElement instanceof HTMLButtonElement);
    if (isButton && (await focused(page))?.includes(words)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to "${words}"`);
}

test('by keyboard alone from the wall to the greeting: each page takes the focus, and is said', async () => {
  const page = await openGate();
  const said = page.locator('.said');
  await said.evaluate((region) => region.setAttribute('data-first', 'yes'), undefined, { timeout: 5000 });
  await tabTo(page, '签到');
  await page.keyboard.press('Enter');
  await page.locator('.person').first().waitFor();
  await expect.poll(() => focused(page)).toBe(await page.locator('.finder h1').textContent());
  await tabTo(page, '曹景');
  await page.keyboard.press('Enter');
  await page.locator('.posts').waitFor();
  await expect.poll(() => focused(page)).toBe(await page.locator('.posts h1').textContent());
  await tabTo(page, '桁架');
  await page.keyboard.press('Enter');
  await page.locator('.greeting').waitFor();
  await expect.poll(() => focused(page)).toBe('曹景');
  // One region, there from the beginning: what comes with its own is not read out.
  await expect.poll(() => said.textContent()).toContain('桁架');
  expect(await said.getAttribute('data-first')).toBe('yes');
  expect(await page.locator('.gate [role=status]').count()).toBe(1);
  const { visits } = await kiosk.asStaff('attendance.list', { activityId: EVENING });
  expect(visits.map(({ name }) => name)).toEqual(['曹景']);
});

/** An activity to which so many people of the plant may come; its id. */
async function openDrillFor(count: number): Promise<string> {
  const surnames = [...'王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗'];
  const given = [...'伟芳娜敏静磊军洋勇艳'];
  const rows = Array.from({ length: count }, (_, index) => ({
    name: `${surnames[index % 20]}${given[Math.floor(index / 20) % 10]}${'明华'[Math.floor(index / 200)]}`,
    staffNo: String(50_000 + index),
  }));
  await kiosk.asStaff('people.import', { gestureId: 'rows', rows });
  const at = (hours: number) => isoFromEpoch(Date.now() + hours * 3_600_000, '+08:00');
  const schedule = { kind: 'once', startsAt: at(-1), endsAt: at(3), opensMinutesBefore: 0 } as const;
  const words = { en: 'Drill', zh: '演练' };
  const activity = { title: words, place: words, posts: [], schedule };
  return (await kiosk.asStaff('activities.save', { gestureId: 'drill', activity })).activityId;
}

test('a list that ends before the last person says how many more there are, and what to do', async () => {
  const activityId = await openDrillFor(400);
  const page = await openGate();
  await read(page);
  await page.locator('.sign-in').tap();
  await page.locator('.person').nth(5).waitFor();
  expect(await page.locator('.more').count()).toBe(0);
  const next = page.locator('.pager button').last();
  while (await next.isEnabled()) await next.click();
  const { total } = await kiosk.asStaff('people.find', { activityId, query: '', limit: 1 });
  expect(await page.locator('.more').textContent()).toContain(String(total - 180));
  await expectSound(page);
  await page.locator('.switch button', { hasText: 'English' }).tap();
  expect(await page.locator('.more').textContent()).toBe(`${total - 180} more: type a letter`);
  await expectSound(page);
});

test('a keyboard types names of every kind wherever the focus is, and what lies on a key types nothing', async () => {
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.filter').focus();
  for (const key of [...'Zoë', "'", '-', 'ü']) {
    await page.evaluate((pressed) => {
      const event = new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true });
      document.activeElement!.dispatchEvent(event);
    }, key);
    await page.waitForTimeout(130);
  }
  expect(await page.locator('.finder input').inputValue()).toBe("Zoë'-ü");
  await page.evaluate(() => {
    for (let time = 0; time < 5; time++)
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true, repeat: true }));
  });
  expect(await page.locator('.finder input').inputValue()).toBe("Zoë'-ü");
});

async function openGuest(): Promise<Page> {
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.as-guest').tap();
  await page.locator('.guest').waitFor();
  return page;
}

test('Enter goes on from the guest’s form', async () => {
  const page = await openGuest();
  await page.locator('.mode').first().click();
  await page.keyboard.type('Anna', { delay: 140 });
  await page.keyboard.press('Enter');
  await page.locator('.posts', { hasText: 'Anna' }).waitFor();
});

test('a syllable that nobody chose a character for stays as letters', async () => {
  const page = await openGuest();
  await page.keyboard.type('wang', { delay: 140 });
  await page.locator('.guest .go').click();
  await page.locator('.posts', { hasText: 'wang' }).waitFor();
});
