import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { leadersFolder } from '../../src/access/leader-pins.ts';
import type { ScreenAccess, Theme } from '../../src/domain/settings.ts';
import { SIZES } from '../support/browser.ts';
import { setCheapPin } from '../support/cheap-pin.ts';
import { EVENING } from '../support/sample-kiosk.ts';
import { problemsWithSwitches } from './access-switches.ts';
import {
  expectFitting,
  expectSound,
  openScreen,
  read,
  settled,
  touchName,
  touchSignIn,
  typeOnPad,
} from './gate-page.ts';
import { browser, kiosk, signInElsewhere } from './gate-suite.ts';

const OFF: ScreenAccess = {
  lowReach: false,
  mirrored: false,
  highContrast: false,
  largeType: false,
  reducedMotion: false,
};

const turnOn = (access: Partial<ScreenAccess>) =>
  kiosk.asStaff('settings.save', {
    gestureId: crypto.randomUUID(),
    settings: { access: { ...OFF, ...access } },
  });

/** Every text whose contrast with the plain ground behind it is below `least`; what stands on a photo is not judged. */
function paleTexts(page: Page, least: number): Promise<string[]> {
  return page.evaluate((wanted) => {
    const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const light = (colour: string) => {
      const [r, g, b] = channels(colour)
        .slice(0, 3)
        .map((value) => value / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    const groundOf = (element: Element | null): string | undefined => {
      for (let one = element; one; one = one.parentElement) {
        const { backgroundColor, backgroundImage } = getComputedStyle(one);
        if (backgroundImage !== 'none' || one.matches('.tile, .face')) return undefined;
        if ((channels(backgroundColor)[3] ?? 1) === 1) return backgroundColor;
      }
      return undefined;
    };
    const pale: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const parent = node.parentElement!;
      if (!node.textContent?.trim() || !parent.checkVisibility({ opacityProperty: true })) continue;
      const ground = groundOf(parent);
      if (ground === undefined || parent.closest('.unseen')) continue;
      const [dark, bright] = [light(getComputedStyle(parent).color), light(ground)].sort((a, b) => a - b);
      const ratio = (bright! + 0.05) / (dark! + 0.05);
      if (ratio < wanted) pale.push(`${node.textContent.trim().slice(0, 30)}: ${ratio.toFixed(2)}`);
    }
    return [...new Set(pale)];
  }, least);
}

test.each<Theme>(['festive', 'calm'])('in high contrast a text is paler than 7:1 (%s)', async (theme) => {
  await turnOn({ highContrast: true });
  await signInElsewhere('chen-wei', 'welding');
  const gate = await openScreen(browser, kiosk, { size: 'landscape', language: 'zh', theme });
  await settled(gate.page);
  expect(await paleTexts(gate.page, 7)).toEqual([]);
  await touchSignIn(gate.page);
  await gate.page.locator('.person').first().waitFor();
  expect(await paleTexts(gate.page, 7)).toEqual([]);
  await expectSound(gate.page);
  await gate.page.locator('.person', { hasText: '曹景' }).tap();
  await gate.page.locator('.posts .post').first().waitFor();
  expect(await paleTexts(gate.page, 7)).toEqual([]);
  await gate.context.close();
  const board = await openScreen(browser, kiosk, {
    size: 'landscape',
    language: 'en',
    theme,
    path: '/board',
  });
  await settled(board.page);
  expect(await paleTexts(board.page, 7)).toEqual([]);
  await expectSound(board.page);
  await board.context.close();
});

test('the measure sees a pale text', async () => {
  const { page, context } = await openScreen(browser, kiosk, { size: 'small', language: 'en' });
  await page.locator('.footing h1').evaluate((title) => (title.style.color = '#a8141b'));
  expect(await paleTexts(page, 4.5)).toHaveLength(1);
  await context.close();
});

test('what the system wishes is not followed', async () => {
  const context = await browser.newContext({ reducedMotion: 'reduce', contrast: 'more' });
  const page = await context.newPage();
  await page.goto(`${kiosk.address}/wall`);
  await page.locator('html[data-motion="reduced"][data-contrast="high"]').waitFor({ state: 'attached' });
  await page.emulateMedia({ reducedMotion: 'no-preference', contrast: 'no-preference' });
  await page.locator('html:not([data-motion]):not([data-contrast])').waitFor({ state: 'attached' });
  await turnOn({ reducedMotion: true });
  await page.locator('html[data-motion="reduced"]').waitFor({ state: 'attached' });
  await context.close();
});

test.each(['landscape', 'portrait'] as const)(
  'in low reach a key or a foot button lies in the upper half, of a portrait screen the upper two fifths (%s)',
  async (size) => {
    await turnOn({ lowReach: true });
    const { page, context } = await openScreen(browser, kiosk, { size, language: 'zh' });
    const upper = (selector: string) =>
      page.evaluate(
        ([which, share]) =>
          [...document.querySelectorAll(which)]
            .filter(
              (one) => one.checkVisibility() && one.getBoundingClientRect().top < innerHeight * share - 1,
            )
            .map(({ textContent }) => textContent.trim()),
        [selector, size === 'portrait' ? 0.4 : 0.5] as const,
      );
    await settled(page);
    expect(await upper('button')).toEqual([]);
    await touchSignIn(page);
    await page.locator('.person').first().waitFor();
    await expectSound(page);
    expect(await upper('.keys button, .foot button')).toEqual([]);
    await typeOnPad(page, 'CJ');
    await page.locator('.person.roomy').first().waitFor();
    await expectSound(page);
    await page.locator('.person', { hasText: '曹景' }).tap();
    await page.locator('.posts .post').first().waitFor();
    await expectSound(page);
    expect(await upper('.posts .cards button, .posts footer button')).toEqual([]);
    await context.close();
  },
);

test('in low reach an arm has to be raised above the lower 60 % of a portrait screen', async () => {
  await turnOn({ lowReach: true });
  for (const person of ['zhou-min', 'feng-tao', 'he-yong']) await signInElsewhere(person, 'spraying');
  await signInElsewhere('liu-yang', 'truss');
  const { page, context } = await openScreen(browser, kiosk, { size: 'portrait', language: 'en' });
  const expectReachable = async (place: string) => {
    await page.locator(place).first().waitFor();
    await expectFitting(page);
    const tooHigh = await page.evaluate(() =>
      [...document.querySelectorAll('button')]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }))
        .filter((one) => one.getBoundingClientRect().top < innerHeight * 0.4 - 1)
        .map(({ textContent }) => textContent.trim()),
    );
    expect(tooHigh, place).toEqual([]);
    await read(page);
  };
  await expectReachable('.sign-in');
  await touchSignIn(page);
  await expectReachable('.person');
  await page.locator('.filter').tap();
  await expectReachable('.sheet');
  await page.locator('.sheet .all').tap();
  await read(page);
  await touchName(page, 'LY', '刘洋');
  await expectReachable('.already');
  await page.locator('.already .sign-out').tap();
  await expectReachable('.sure');
  await page.locator('.sure .no').tap();
  await touchSignIn(page);
  await touchName(page, 'CJ', '曹景');
  await expectReachable('.posts .post.full');
  await page.locator('.posts .post.full').tap();
  await expectReachable('.reason');
  await page.keyboard.press('Escape');
  await touchSignIn(page);
  await page.locator('.finder .foot .post').tap();
  await expectReachable('.to-roll-call');
  await page.locator('.to-roll-call').tap();
  await expectReachable('.who .leader');
  await page.locator('.who .leader').first().tap();
  await expectReachable('.pin .keys');
  await page.keyboard.press('Escape');
  await touchSignIn(page);
  await page.locator('.as-guest').tap();
  await expectReachable('.guest .keys');
  await context.close();
});

test.each(['landscape', 'portrait'] as const)(
  'in low reach there is no box to sign in, or a button of the roll-call has left the screen (%s)',
  async (size) => {
    await turnOn({ lowReach: true });
    const { activity, schedule, rules } = await kiosk.asStaff('activities.get', { activityId: EVENING });
    const posts = activity.posts.map(({ postId, name, leader, wanted }) => {
      const common = { postId, name, leaderId: leader!.personId, wanted };
      return postId === 'electrical' ? { ...common, limit: 1, hard: true as const } : common;
    });
    await kiosk.asStaff('activities.save', {
      gestureId: 'asking',
      activity: {
        activityId: EVENING,
        title: activity.title,
        place: activity.place,
        schedule,
        ...rules,
        posts,
        evidence: { signature: true },
      },
    });
    await signInElsewhere('zheng-jie', 'electrical');
    const leader = join(leadersFolder(kiosk.folder), 'sample-li-minglang');
    mkdirSync(leader, { recursive: true });
    await setCheapPin(leader, '271828');
    const { page, context } = await openScreen(browser, kiosk, { size, language: 'en' });
    await touchSignIn(page);
    await touchName(page, 'CJ', '曹景');
    await page.locator('.posts .post:disabled').waitFor();
    await expectFitting(page);
    await read(page);
    await page.locator('.posts .post:enabled').first().tap();
    await page.locator('.greeting').waitFor();
    await read(page);
    await page.locator('.greeting .next').tap();
    await page.locator('.signature canvas').waitFor();
    await expectFitting(page);
    const box = (await page.locator('.signature canvas').boundingBox())!;
    expect(box.height).toBeGreaterThanOrEqual(SIZES[size].height * 0.3);
    expect(box.y).toBeGreaterThanOrEqual(SIZES[size].height * 0.4);
    await read(page);
    await page.locator('.signature .skip').tap();
    await touchSignIn(page);
    await page.locator('.finder .foot .post').tap();
    await read(page);
    await page.locator('.to-roll-call').tap();
    await read(page);
    await page.locator('.leader', { hasText: '李明朗' }).tap();
    await read(page);
    for (const digit of '271828')
      await page.locator('.pin .keys button').getByText(digit, { exact: true }).tap();
    await page.locator('.pin .done').tap();
    await page.locator('.call .person').first().waitFor();
    await expectFitting(page);
    await read(page);
    await page.locator('.call .person:enabled').first().tap();
    await page.locator('.sign-in-ticked').tap();
    await page.locator('.result .called').waitFor();
    await expectFitting(page);
    await context.close();
  },
);

test('mirrored, the pad stands on the wrong side', async () => {
  await turnOn({ mirrored: true, largeType: true });
  const { page, context } = await openScreen(browser, kiosk, { size: 'landscape', language: 'en' });
  await touchSignIn(page);
  await page.locator('.person').first().waitFor();
  const [pad, people] = await Promise.all(['.pad', '.people'].map((one) => page.locator(one).boundingBox()));
  expect(pad!.x + pad!.width).toBeLessThanOrEqual(people!.x);
  await expectSound(page);
  await context.close();
});

test.each(
  (['landscape', 'portrait', 'small'] as const).flatMap((size) =>
    (['zh', 'en'] as const).map((language) => ({ size, language })),
  ),
)(
  'with a switch or several something is cut off at the gate ($size, $language)',
  async ({ size, language }) => {
    const context = await browser.newContext({
      viewport: SIZES[size],
      screen: SIZES[size],
      hasTouch: true,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await kiosk.asStaff('settings.save', { gestureId: crypto.randomUUID(), settings: { language } });
    for (const person of ['cai-jun', 'chen-wei', 'liu-yang']) {
      const choice = { activityId: EVENING, personId: `sample-${person}`, postId: 'spraying' };
      await kiosk.asStaff('attendance.signIn', { gestureId: crypto.randomUUID(), ...choice });
    }
    await page.clock.install();
    await page.goto(`${kiosk.address}/gate`);
    await page.locator('.idle').waitFor();
    const problems: string[] = [];
    const look = async (name: string, first: string) => {
      await page.locator(first).first().waitFor();
      problems.push(...(await problemsWithSwitches(page, `${size} ${language} ${name}`)));
    };
    await look('idle', '.idle .sign-in');
    await touchSignIn(page);
    await look('finder', '.person');
    await page.locator('.finder .filter').tap();
    await look('filter', '.sheet .chip');
    await page.locator('.sheet .all').tap();
    await typeOnPad(page, 'CJ');
    await look('namesakes', '.person.roomy');
    await page.locator('.person', { hasText: '曹景' }).tap();
    await look('posts', '.posts .post');
    await read(page);
    await page.locator('.posts .post').first().tap();
    await look('greeting', '.greeting .undo');
    await page.locator('.idle').waitFor();
    await touchSignIn(page);
    await touchName(page, 'CJ', '曹景');
    await look('already', '.already .sign-out');
    await read(page);
    await page.locator('.already .nothing').tap();
    await touchSignIn(page);
    await page.locator('.finder .as-guest').tap();
    await look('guest', '.guest .keys');
    expect(problems).toEqual([]);
    await context.close();
  },
  120_000,
);
