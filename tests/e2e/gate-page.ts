import { expect } from 'vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Language, Theme } from '../../src/domain/settings.ts';
import { SIZES, type SizeName } from '../support/browser.ts';
import { axeViolations, layoutProblems } from '../support/page-checks.ts';
import type { SampleKiosk } from '../support/sample-kiosk.ts';

/** How a person meets the screen. */
export interface Look {
  size: SizeName;
  language: Language;
  theme?: Theme;
  path?: '/gate' | '/wall' | '/board' | '/show' | `/show/${string}`;
  reducedMotion?: boolean;
}

/** A touch screen on the kiosk, showing what `look` says. */
export async function openScreen(
  browser: Browser,
  kiosk: SampleKiosk,
  { size, language, theme = 'festive', path = '/gate', reducedMotion = true }: Look,
): Promise<{ page: Page; context: BrowserContext }> {
  await kiosk.asStaff('settings.save', { gestureId: crypto.randomUUID(), settings: { language, theme } });
  await closeStrangers(browser, kiosk);
  const context = await browser.newContext({
    viewport: SIZES[size],
    screen: SIZES[size],
    hasTouch: true,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  await page.goto(kiosk.address + path);
  await page.locator(path === '/gate' ? '.idle' : 'main').waitFor();
  await page.evaluate(() => document.fonts.ready);
  return { page, context };
}

/** Closes what shows another kiosk: pages of a test that is over go on drawing beside the next one. */
async function closeStrangers(browser: Browser, kiosk: SampleKiosk): Promise<void> {
  for (const context of browser.contexts()) {
    if (!context.pages().some((page) => page.url().startsWith(kiosk.address))) await context.close();
  }
}

/** Waits until pictures are drawn and nothing moves, then expects no accessibility or layout problem. */
export async function expectSound(page: Page): Promise<void> {
  await expectFitting(page);
  expect(await axeViolations(page)).toEqual([]);
}

/** The same without what axe looks at: words and colours, which another size does not change. */
export async function expectFitting(page: Page): Promise<void> {
  await settled(page);
  expect(await layoutProblems(page)).toEqual([]);
}

/** Waits for fonts, pictures and transitions. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    const running = document.getAnimations().filter((animation) => {
      const { iterations, duration } = animation.effect?.getComputedTiming() ?? {};
      return iterations !== Infinity && Number(duration) <= 1500;
    });
    await Promise.all(running.map((animation) => animation.finished.catch(() => undefined)));
  });
}

/** Types on the pad by touch. */
export async function typeOnPad(page: Page, letters: string): Promise<void> {
  for (const letter of letters) await page.locator('.key', { hasText: new RegExp(`^${letter}$`) }).tap();
}

/** From the idle wall to the list of names. */
export async function touchSignIn(page: Page): Promise<void> {
  await read(page);
  await page.locator('.sign-in').tap();
  await page.locator('.finder').waitFor();
}

/** Finds somebody by initials and taps the card; `mark` tells namesakes apart. */
export async function touchName(page: Page, initials: string, name: string, mark?: string): Promise<void> {
  await typeOnPad(page, initials);
  let card = page.locator('.person', { hasText: name });
  if (mark !== undefined) card = card.filter({ hasText: mark });
  await card.first().tap();
}

/** A person reads a page before touching it; a quicker touch at the same place would count as a double tap. */
export function read(page: Page): Promise<void> {
  return page.waitForTimeout(700);
}

export async function touchPost(page: Page, name: string): Promise<void> {
  await read(page);
  await page.locator('.posts .post', { hasText: name }).tap();
}

/** Types on the keyboard of guests by touch. */
export async function touchKeys(page: Page, keys: string): Promise<void> {
  for (const key of keys)
    await page.locator('.keyboard .key', { hasText: new RegExp(`^\\s*${key}\\s*$`, 'i') }).tap();
}

/** Writes a wave of `waves` waves into the box, and a dot. */
export async function writeSignature(page: Page, waves = 3): Promise<void> {
  const box = (await page.locator('canvas').boundingBox())!;
  const middle = box.y + box.height / 2;
  await page.mouse.move(box.x + 40, middle);
  await page.mouse.down();
  const steps = waves * 20;
  for (let step = 1; step <= steps; step++)
    await page.mouse.move(
      box.x + 40 + (step / steps) * (box.width - 80),
      middle + 60 * Math.sin((step / 20) * 2 * Math.PI),
    );
  await page.mouse.up();
  await page.mouse.click(box.x + 60, box.y + 40);
}
