import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { EVENING } from '../support/sample-kiosk.ts';
import { expectSound, read, touchKeys, touchPost, touchSignIn, typeOnPad } from './gate-page.ts';
import { kiosk, openGate } from './gate-suite.ts';

const NOTICE = { en: 'Your name is kept to count hours.', zh: '保存您的姓名以统计时长。' };

/** From the idle wall to the page of guests. */
async function touchGuest(page: Page): Promise<void> {
  await touchSignIn(page);
  await read(page);
  await page.locator('.as-guest').tap();
  await page.locator('.guest').waitFor();
  await read(page);
}

async function guests() {
  return (await kiosk.asStaff('guests.list', { activityId: EVENING })).guests;
}

describe('a guest at the gate', () => {
  test('types name and organisation by pinyin, chooses a post and is greeted, once', async () => {
    const settings = { notice: { text: NOTICE } };
    await kiosk.asStaff('settings.save', { gestureId: randomUUID(), settings });
    const page = await openGate();
    await touchSignIn(page);
    await page.locator('.notice-line').tap();
    await page.getByText(NOTICE.zh).waitFor();
    await expectSound(page);
    await page.locator('dialog button').tap();
    await read(page);
    await page.locator('.as-guest').tap();
    await page.locator('.guest').waitFor();
    await expectSound(page);

    for (const [syllable, character] of [
      ['wang', '王'],
      ['jian', '建'],
      ['guo', '国'],
    ] as const) {
      await touchKeys(page, syllable);
      expect(await page.locator('.candidate').first().textContent()).toContain(character);
      await expectSound(page);
      await page.locator('.candidate').first().tap();
    }
    await page.locator('input').nth(1).tap();
    await touchKeys(page, 'dian');
    await page.locator('.candidate', { hasText: '电' }).tap();
    await touchKeys(page, 'ti');
    await page.locator('.candidate', { hasText: '梯' }).tap();
    // Nobody's third hand: two quick taps are one.
    await page.locator('.guest .go').dblclick();
    await touchPost(page, '焊接');
    await page.locator('.greeting h1', { hasText: '王建国' }).waitFor();

    expect(await guests()).toMatchObject([{ name: '王建国', organisation: '电梯' }]);
    const { visits } = await kiosk.asStaff('attendance.list', { activityId: EVENING });
    expect(visits).toMatchObject([{ guest: true, postId: 'welding', notice: 1 }]);
    await read(page);
    await page.locator('.greeting .undo').tap();
    await page.locator('.message', { hasText: '王建国' }).first().waitFor();
    expect((await guests())[0]?.undoneAt).toBeDefined();
  });

  test('with a connected keyboard: no name is asked for, 64 characters are kept, an emoji is one', async () => {
    const page = await openGate({ size: 'portrait', language: 'en' });
    await touchGuest(page);
    await page.locator('.guest .go').tap();
    await page.getByRole('alert').waitFor();
    await expectSound(page);
    expect(
      await page
        .locator('input')
        .first()
        .evaluate((input) => input === document.activeElement),
    ).toBe(true);

    const long = `${'𠮷'.repeat(40)}${'x'.repeat(40)}`;
    await page.keyboard.insertText(long);
    await expectSound(page);
    await page.locator('.keyboard .delete').tap();
    await page.keyboard.insertText('👩‍🔧');
    await page.locator('.keyboard .delete').tap();
    await page.locator('.guest .go').tap();
    await touchPost(page, 'Welding');
    await page.locator('.greeting').waitFor();
    await expectSound(page);
    const [guest] = await guests();
    expect(guest).toMatchObject({ organisation: null });
    expect([...guest!.name]).toEqual([...`${'𠮷'.repeat(40)}${'x'.repeat(23)}`]);
  });

  test('letters begin words with a capital; back leads to the list and forgets', async () => {
    const page = await openGate({ size: 'small', language: 'en' });
    await touchGuest(page);
    await touchKeys(page, 'ann');
    await page.locator('.space').tap();
    await touchKeys(page, 'lee');
    expect(await page.locator('input').first().inputValue()).toBe('Ann Lee');
    await expectSound(page);
    await page.locator('.guest .foot button').first().tap();
    await read(page);
    await page.locator('.as-guest').tap();
    await page.locator('.guest').waitFor();
    expect(await page.locator('input').first().inputValue()).toBe('');
  });

  test('is greeted with organisation, post and leader, and signs out through the list like everybody', async () => {
    const page = await openGate({ size: 'small', language: 'en' });
    await touchGuest(page);
    await page.keyboard.insertText('Zoe Quist');
    await page.locator('input').nth(1).tap();
    await page.keyboard.insertText('Northern Institute for Vertical Transport and Applied Mechanics');
    await page.locator('.guest .go').tap();
    await touchPost(page, 'Welding');
    const greeting = page.locator('.greeting', { hasText: 'Zoe Quist' });
    await greeting.getByText('Northern Institute for Vertical Transport').waitFor();
    await greeting.locator('.where', { hasText: 'Welding' }).waitFor();
    await expectSound(page);
    await read(page);
    await page.locator('.greeting .next').tap();
    await page.locator('.idle').waitFor();

    await touchSignIn(page);
    await typeOnPad(page, 'ZQ');
    const card = page.locator('.person', { hasText: 'Zoe Quist' });
    await card.filter({ hasText: 'Northern Institute' }).waitFor();
    await expectSound(page);
    await card.tap();
    await page.locator('.already').waitFor();
    await read(page);
    await page.locator('.already .sign-out').tap();
    await page.locator('.sure').waitFor();
    await read(page);
    await page.locator('.sure .yes').tap();
    await page.locator('.signed-out', { hasText: 'Zoe Quist' }).waitFor();
    const { visits } = await kiosk.asStaff('attendance.list', { activityId: EVENING });
    expect(visits).toMatchObject([{ guest: true, signOut: { how: 'measured' } }]);

    // Gone, a guest is on no list.
    await page.locator('.idle').waitFor({ timeout: 15_000 });
    await touchSignIn(page);
    await typeOnPad(page, 'ZQ');
    await page.locator('.nobody').waitFor();
  });

  test('comes again and is asked: signed in already, or another of that name', async () => {
    const signIn = { gestureId: randomUUID(), activityId: EVENING, name: 'Ann', postId: 'truss' };
    await kiosk.asStaff('guests.signIn', signIn);
    const page = await openGate({ language: 'en' });
    await touchGuest(page);
    await touchKeys(page, 'ann');
    await page.locator('.guest .go').tap();
    await touchPost(page, 'Welding');
    await page.locator('.already', { hasText: 'Truss' }).waitFor();
    await expectSound(page);
    expect(await guests()).toHaveLength(1);
    await read(page);
    await page.locator('.already .another').tap();
    await page.locator('.greeting h1', { hasText: 'Ann' }).waitFor();
    expect(await guests()).toHaveLength(2);
  });

  test('nobody is offered to be one where the activity takes no guests', async () => {
    const { activity, schedule } = await kiosk.asStaff('activities.get', { activityId: EVENING });
    const { title, place } = activity;
    const closed = { activityId: EVENING, title, place, schedule, posts: [], noGuests: true as const };
    await kiosk.asStaff('activities.save', { gestureId: randomUUID(), activity: closed });
    const page = await openGate();
    await touchSignIn(page);
    await page.locator('.person').first().waitFor();
    expect(await page.locator('.as-guest').count()).toBe(0);
  });
});
