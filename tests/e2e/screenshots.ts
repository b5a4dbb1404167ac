/*
 * `npm run screenshots [-- --photos FOLDER] [--out FOLDER]`: a picture of every page at every size, in both
 * languages and themes, to be looked at. Not a test. Without --photos the sample's own album hangs on the wall.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import type { Language, Theme } from '../../src/domain/settings.ts';
import { launchBrowser, SIZES as WIDTHS, type SizeName } from '../support/browser.ts';
import { EVENING, openSampleKiosk, type SampleKiosk } from '../support/sample-kiosk.ts';
import { openScreen, settled, touchName, touchSignIn, typeOnPad, type Look } from './gate-page.ts';

const { values } = parseArgs({ options: { photos: { type: 'string' }, out: { type: 'string' } } });
const OUT = values.out ?? fileURLToPath(new URL('../.output/screenshots/', import.meta.url));

const SIZES: SizeName[] = ['landscape', 'portrait', 'small', 'large'];
const LANGUAGES: Language[] = ['zh', 'en'];
const THEMES: Theme[] = ['festive', 'calm'];

/** Who is there already, and where. */
const PRESENT: [person: string, postId: string][] = [
  ['wang-jianguo', 'blanking'],
  ['cheng-jianjun', 'blanking'],
  ['wu-gang', 'blanking'],
  ['liu-yang', 'blanking'],
  ['li-minglang', 'welding'],
  ['feng-tao', 'welding'],
  ['zhao-zhiqiang', 'truss'],
  ['sun-lihua', 'spraying'],
  ['zhou-min', 'spraying'],
  ['chen-wei', 'electrical'],
  ['zheng-jie', 'electrical'],
];

mkdirSync(OUT, { recursive: true });
const browser = await launchBrowser();
for (const size of SIZES) {
  for (const language of LANGUAGES)
    for (const theme of THEMES) await shootAll(browser, size, language, theme);
}
await browser.close();
console.log(`Screenshots are in ${OUT}`);

async function shootAll(browser: Browser, size: SizeName, language: Language, theme: Theme): Promise<void> {
  const kiosk = await openSampleKiosk();
  await fill(kiosk);
  const { page, context } = await openScreen(browser, kiosk, { size, language, theme });
  const shoot = async (name: string, one: Page = page) => {
    await settled(one);
    await one.screenshot({ path: join(OUT, `${name}-${size}-${language}-${theme}.png`) });
  };
  await shoot('gate-1-idle');
  await touchSignIn(page);
  await page.locator('.person').first().waitFor();
  await shoot('gate-2-names');
  await typeOnPad(page, 'CJ');
  await page.locator('.person.roomy').first().waitFor();
  await shoot('gate-3-found');
  await page.locator('.person', { hasText: '曹景' }).tap();
  await page.locator('.posts .post.full').waitFor();
  await shoot('gate-4-posts');
  await page.locator('.posts .post.full').tap();
  await page.locator('.reason').waitFor();
  await shoot('gate-5-full');
  await page.locator('.reason .back').tap();
  await page.locator('.posts .post').nth(2).tap();
  await page.locator('.greeting').waitFor();
  await shoot('gate-6-greeting');
  await page.locator('.next').tap();
  await page.locator('.idle .brick').first().waitFor();
  await shoot('gate-7-brick');
  await touchSignIn(page);
  await touchName(page, 'CJ', '曹景');
  await page.locator('.already').waitFor();
  await shoot('gate-8-already');
  await kiosk.stopServing();
  await page.locator('.already .answer').last().tap();
  await page.locator('.message, .idle').first().waitFor();
  await shoot('gate-9-trouble');
  await kiosk.serveAgain();
  const wall = await openScreen(browser, kiosk, { size, language, theme, path: '/wall' });
  await wall.page.locator('.tile .brick').first().waitFor();
  await shoot('wall', wall.page);
  await wall.context.close();
  const board = await openScreen(browser, kiosk, { size, language, theme, path: '/board' });
  await shoot('board', board.page);
  await board.context.close();
  await shootShow(browser, kiosk, { size, language, theme }, shoot);
  await context.close();
  await kiosk.close();
}

/** The welcome, a slogan, a photo with the controls, and the count. */
async function shootShow(
  browser: Browser,
  kiosk: SampleKiosk,
  look: Look,
  shoot: (name: string, page: Page) => Promise<void>,
): Promise<void> {
  const { page, context } = await openScreen(browser, kiosk, { ...look, path: '/show' });
  const { width, height } = WIDTHS[look.size];
  await page.keyboard.press(' ');
  await page.locator('.plane.front.welcome').waitFor();
  await shoot('show-1-welcome', page);
  await page.keyboard.press('ArrowRight');
  await page.locator('.plane.front.slogan').waitFor();
  await shoot('show-2-slogan', page);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await page.locator('.plane.front.count').waitFor();
  await shoot('show-3-count', page);
  await page.keyboard.press('ArrowLeft');
  await page.locator('.plane.front.photo').waitFor();
  await page.touchscreen.tap(width / 2, height / 2);
  await page.locator('.controls').waitFor();
  await shoot('show-4-photo', page);
  await context.close();
}

async function fill(kiosk: SampleKiosk): Promise<void> {
  if (values.photos !== undefined) {
    for (const photoId of kiosk.kiosk.state.photos.keys()) {
      await kiosk.asStaff('photos.hide', { gestureId: photoId, photoId, hidden: true });
    }
    await kiosk.kiosk.importPhotos({ path: values.photos, albumName: 'photos' });
  }
  for (const [person, postId] of PRESENT) {
    const personId = `sample-${person}`;
    await kiosk.asStaff('attendance.signIn', { gestureId: person, activityId: EVENING, personId, postId });
  }
}
