import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser, SIZES } from '../support/browser.ts';
import { axeViolations } from '../support/page-checks.ts';
import { plainPicture } from '../support/pictures.ts';
import { EVENING, openSampleKiosk, type SampleKiosk } from '../support/sample-kiosk.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { expectSound, openScreen } from './gate-page.ts';

let browser: Browser;
let kiosk: SampleKiosk;

beforeAll(async () => {
  browser = await launchBrowser();
  kiosk = await openSampleKiosk();
});
afterAll(async () => {
  await browser.close();
  await kiosk.close();
});

/** Every test finds the sample as it was: no show, every photo to be seen. */
afterEach(async () => {
  for (const showId of kiosk.kiosk.state.shows.keys()) {
    await kiosk.asStaff('shows.remove', { gestureId: crypto.randomUUID(), showId });
  }
  for (const { photoId, hidden } of kiosk.kiosk.state.photos.values()) {
    if (!hidden) continue;
    await kiosk.asStaff('photos.hide', { gestureId: crypto.randomUUID(), photoId, hidden: false });
  }
});

const person = { activityId: EVENING, personId: 'sample-chen-jie-1', postId: 'welding' };

/** What the audience sees: the words of a slide, or the address of a photo. */
function onScreen(page: Page): Promise<string> {
  return page.evaluate(() => {
    const plane = document.querySelector('.plane.front')!;
    const photo = plane.classList.contains('photo');
    return photo ? plane.querySelector('img')!.src.split('/').slice(-2)[0]! : plane.textContent.trim();
  });
}

async function press(page: Page, key: string): Promise<string> {
  const before = await onScreen(page);
  await page.keyboard.press(key);
  await expect.poll(() => onScreen(page)).not.toBe(before);
  return onScreen(page);
}

/** A show of its own over the given items, opened at its address. */
async function openShow(items: Parameters<typeof saveShow>[0], reducedMotion = true) {
  const showId = await saveShow(items);
  return openScreen(browser, kiosk, {
    size: 'small',
    language: 'zh',
    path: `/show/${showId}`,
    reducedMotion,
  });
}

async function saveShow(
  items: ({ kind: 'all-photos' | 'welcome' | 'count' } | { kind: 'album'; albumId: string })[],
) {
  const show = { title: { en: 'Review', zh: '回顾' }, items, secondsPerSlide: 3 };
  return (await kiosk.asStaff('shows.save', { gestureId: crypto.randomUUID(), show })).showId;
}

async function photoIds(): Promise<string[]> {
  return (await kiosk.asStaff('photos.list', {})).photos.map(({ photoId }) => photoId);
}

test('the words of a show cannot be read on one of the screens', async () => {
  const { page, context } = await openScreen(browser, kiosk, {
    size: 'landscape',
    language: 'zh',
    path: '/show',
  });
  await page.keyboard.press(' ');
  await page.locator('.plane.front.welcome').waitFor();
  for (const look of LOOKS) {
    await wear(page, look);
    await page.keyboard.press('Home');
    await page.locator('.plane.front.welcome').waitFor();
    expect(await onScreen(page)).toMatch(/志愿服务之夜.*Volunteer evening|Volunteer evening.*志愿服务之夜/);
    await expectSound(page);
    expect(await press(page, 'ArrowRight')).toMatch(/以实干促生产，以行动践初心/);
    expect(await onScreen(page)).toContain('Promote production with practical work');
    const { width, height } = SIZES[look.size];
    await page.touchscreen.tap(width / 2, height / 2);
    await page.locator('.controls').waitFor();
    await expectSound(page);
    await page.touchscreen.tap(width / 2, height / 2);
  }
  await press(page, 'Home');
  await press(page, 'ArrowLeft');
  await page.locator('.plane.front.count').waitFor();
  await expectSound(page);
  await context.close();
});

const LOOKS = [
  { size: 'landscape', language: 'zh', theme: 'festive' },
  { size: 'portrait', language: 'en', theme: 'calm' },
] as const;

async function wear(page: Page, { size, language, theme }: (typeof LOOKS)[number]): Promise<void> {
  await page.setViewportSize(SIZES[size]);
  await kiosk.asStaff('settings.save', { gestureId: crypto.randomUUID(), settings: { language, theme } });
  await page.locator(`html[lang^="${language}"][data-theme="${theme}"]`).waitFor({ state: 'attached' });
}

test('the host is left with a show that does not move: keys, touch and round the end', async () => {
  const { page, context } = await openScreen(browser, kiosk, {
    size: 'small',
    language: 'zh',
    path: '/show',
  });
  const { width, height } = SIZES.small;
  await page.locator('.plane.front.welcome').waitFor();
  const first = await onScreen(page);
  const second = await press(page, 'PageDown');
  const third = await press(page, 'ArrowDown');
  expect(new Set([first, second, third]).size).toBe(3);
  expect(await press(page, 'PageUp')).toBe(second);
  await page.touchscreen.tap(width * 0.9, height / 2);
  await expect.poll(() => onScreen(page)).toBe(third);
  await page.touchscreen.tap(width * 0.1, height / 2);
  await expect.poll(() => onScreen(page)).toBe(second);
  for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.locator('.plane.front.photo').count()).toBe(1);
  expect(await press(page, 'Home')).toBe(first);
  await press(page, 'ArrowLeft');
  await page.locator('.plane.front.count').waitFor();

  await page.touchscreen.tap(width / 2, height / 2);
  await page.getByRole('button', { name: '下一张' }).tap();
  await expect.poll(() => onScreen(page)).toBe(first);
  await page.locator('.controls').waitFor({ state: 'detached', timeout: 6000 });
  await context.close();
});

test('pause does not hold, or the show stands still after it', async () => {
  const { page, context } = await openShow([{ kind: 'all-photos' }]);
  await page.clock.install();
  await page.reload();
  await page.locator('.plane.front.photo').waitFor();
  await page.keyboard.press(' ');
  const held = await onScreen(page);
  await page.clock.runFor(10_000);
  expect(await onScreen(page)).toBe(held);
  await page.locator('.corner', { hasText: '已暂停' }).waitFor();
  await page.touchscreen.tap(SIZES.small.width / 2, SIZES.small.height / 2);
  const pause = page.getByRole('button', { name: '暂停', pressed: true });
  await pause.tap();
  await page.clock.runFor(3500);
  await expect.poll(() => onScreen(page)).not.toBe(held);
  await context.close();
});

test('a photo that cannot be had leaves an empty frame, or is asked for again and again', async () => {
  const ids = await photoIds();
  const broken = ids[1]!;
  const { page, context } = await openShow([{ kind: 'all-photos' }], false);
  let asked = 0;
  await page.route(`**/photos/${broken}/**`, (route) => {
    asked++;
    return route.fulfill({ contentType: 'image/jpeg', body: 'no picture' });
  });
  await page.reload();
  await page.locator('.plane.front.photo').waitFor();
  await watchFrames(page);
  const seen = new Set([await onScreen(page)]);
  for (let turn = 0; turn < ids.length; turn++) seen.add(await press(page, 'ArrowRight'));
  const askedInOneRound = asked;
  for (let turn = 0; turn < ids.length; turn++) seen.add(await press(page, 'ArrowRight'));
  expect(seen).toEqual(new Set(ids.filter((id) => id !== broken)));
  expect(askedInOneRound).toBeGreaterThan(0);
  expect(asked).toBe(askedInOneRound);
  const { frames, bad } = await page.evaluate(() => (window as unknown as { watched: Watched }).watched);
  expect(frames).toBeGreaterThan(20);
  expect(bad).toEqual([]);
  await context.close();
});

interface Watched {
  frames: number;
  bad: string[];
}

/** Looks at the stage before every frame that is painted and keeps what must never be seen. */
function watchFrames(page: Page): Promise<void> {
  return page.evaluate(() => {
    const watched: Watched = { frames: 0, bad: [] };
    Object.assign(window, { watched });
    const look = () => {
      const seen = [...document.querySelectorAll<HTMLElement>('.plane')].filter(
        (plane) => getComputedStyle(plane).visibility === 'visible',
      );
      const covered = seen.some((plane) => getComputedStyle(plane).opacity === '1');
      const empty = seen.filter((plane) => {
        const image = plane.querySelector('img')!;
        const drawn = image.complete && image.naturalWidth > 0 && image.currentSrc === image.src;
        return plane.classList.contains('photo') && !drawn;
      });
      watched.frames++;
      if (!covered) watched.bad.push(`nothing is drawn in full in frame ${watched.frames}`);
      for (const plane of empty) watched.bad.push(`${plane.className} is empty in frame ${watched.frames}`);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

test('the screen goes dark between two photos', async () => {
  const folder = await tempFolder();
  const colours = { red: [220, 90, 90], blue: [90, 90, 220] } as const;
  await plainPicture(1366, 768, 'rgb(220,90,90)').jpeg({ quality: 100 }).toFile(join(folder, 'red.jpg'));
  await plainPicture(1366, 768, 'rgb(90,90,220)').jpeg({ quality: 100 }).toFile(join(folder, 'blue.jpg'));
  await kiosk.kiosk.importPhotos({ path: folder, albumName: 'colours' });
  const album = [...kiosk.kiosk.state.albums.values()].find(({ name }) => name === 'colours')!;
  const { page, context } = await openShow([{ kind: 'album', albumId: album.albumId }], false);
  await page.locator('.plane.front.photo').waitFor();
  const before = await onScreen(page);
  const mixtures: number[][] = [];
  await expect
    .poll(
      async () => {
        mixtures.push(await middleOf(page));
        return (await onScreen(page)) !== before && (await page.locator('.plane.under').count()) === 0;
      },
      { timeout: 8000, interval: 30 },
    )
    .toBe(true);
  for (const [red, green, blue] of mixtures as [number, number, number][]) {
    expect(red).toBeGreaterThan(colours.blue[0] - 8);
    expect(green).toBeGreaterThan(colours.red[1] - 8);
    expect(blue).toBeGreaterThan(colours.red[2] - 8);
    // What one photo loses the other gives.
    expect(Math.abs(red + blue - 310)).toBeLessThan(16);
  }
  expect(mixtures.some(([red]) => red! > 105 && red! < 205)).toBe(true);
  await context.close();
});

async function middleOf(page: Page): Promise<number[]> {
  const { width, height } = SIZES.small;
  const clip = { x: width / 2, y: height / 2, width: 4, height: 4 };
  const { channels } = await sharp(await page.screenshot({ clip })).stats();
  return channels.slice(0, 3).map(({ mean }) => Math.round(mean));
}

test('a photo is hidden and stays on the screen, or news from the office start the show anew', async () => {
  const { page, context } = await openShow([{ kind: 'welcome' }, { kind: 'all-photos' }]);
  await page.keyboard.press(' ');
  await page.locator('.plane.front.welcome').waitFor();
  const [first, second, third] = (await photoIds()) as [string, string, string];
  expect(await press(page, 'ArrowRight')).toBe(first);
  expect(await press(page, 'ArrowRight')).toBe(second);
  await kiosk.asStaff('photos.hide', { gestureId: crypto.randomUUID(), photoId: first, hidden: true });
  await kiosk.asStaff('slogans.save', {
    gestureId: crypto.randomUUID(),
    slogan: { text: { en: 'Safety first', zh: '安全第一' } },
  });
  await page.waitForTimeout(400);
  expect(await onScreen(page)).toBe(second);
  await kiosk.asStaff('photos.hide', { gestureId: crypto.randomUUID(), photoId: second, hidden: true });
  await expect.poll(() => onScreen(page)).toBe(third);
  expect(await press(page, 'ArrowLeft')).toContain('志愿服务之夜');
  await context.close();
});

test('the count on the screen is not the count at the gate', async () => {
  const { page, context } = await openShow([{ kind: 'count' }, { kind: 'welcome' }]);
  await page.keyboard.press(' ');
  await page.locator('.plane.front.count').waitFor();
  const { visitId } = await kiosk.asStaff('attendance.signIn', { gestureId: crypto.randomUUID(), ...person });
  await expect.poll(() => page.locator('.front .number').textContent()).toMatch(/^1\s*\/ 18$/);
  await page.locator('.front .newest', { hasText: '陈杰' }).waitFor();
  await press(page, 'ArrowRight');
  await page.locator('.corner', { hasText: '1 / 18' }).waitFor();
  await kiosk.asStaff('attendance.undo', { gestureId: crypto.randomUUID(), visitId });
  await page.locator('.corner', { hasText: '0 / 18' }).waitFor();
  await context.close();
});

test('a screen set to a show that was removed stays dark', async () => {
  const { page, context } = await openScreen(browser, kiosk, {
    size: 'small',
    language: 'en',
    path: '/show/gone',
  });
  await page.getByRole('heading', { name: 'This show is not there' }).waitFor();
  await page.getByText('编号为“gone”的放映不存在').waitFor();
  await expectSound(page);
  await page.getByRole('button', { name: 'Start the first show' }).tap();
  await page.locator('.plane.front.welcome').waitFor();
  expect(new URL(page.url()).pathname).toBe('/show');
  await context.close();
});

test('nobody gets out of the show, or out of it without the office', async () => {
  const { page, context } = await openScreen(browser, kiosk, {
    size: 'small',
    language: 'zh',
    path: '/show',
  });
  await page.locator('.plane.front').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.plane').first().waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe('/office');
  await context.close();
});

test('a show that was left by mistake is gone for good, or begins anew', async () => {
  const { page, context } = await openScreen(browser, kiosk, {
    size: 'small',
    language: 'zh',
    path: '/show',
  });
  await page.clock.install();
  await page.reload();
  await page.locator('.plane.front.welcome').waitFor();
  await page.keyboard.press(' ');
  const stood = await press(page, 'ArrowRight');
  const back = async () => {
    await page.locator('.plane.front').waitFor();
    await expect.poll(() => onScreen(page)).toBe(stood);
    expect(new URL(page.url()).pathname).toBe('/show');
    await page.locator('.corner', { hasText: '已暂停' }).waitFor();
  };

  await page.keyboard.press('Escape');
  await page.locator('.lock').waitFor();
  await page.keyboard.press('Escape');
  await back();

  await page.keyboard.press('Escape');
  await page.locator('.lock').getByRole('button', { name: 'English' }).tap();
  await page.getByRole('button', { name: 'Back' }).tap();
  await back();

  // Nobody there: asked after 20 s, back after 10 more; a PIN that is being typed is somebody.
  await page.keyboard.press('Escape');
  await page.locator('.lock h1').waitFor();
  await page.clock.runFor(21_000);
  await page.locator('.countdown').waitFor();
  await page.keyboard.press('4');
  await page.locator('.countdown').waitFor({ state: 'detached' });
  await page.clock.runFor(21_000);
  await page.locator('.countdown').waitFor();
  // It lies over the pad, on purpose.
  expect(await axeViolations(page)).toEqual([]);
  await page.clock.runFor(10_000);
  await back();
  await context.close();
});
