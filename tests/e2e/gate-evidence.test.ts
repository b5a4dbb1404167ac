import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Bilingual } from '../../src/domain/bilingual.ts';
import { launchBrowser, WITH_CAMERA } from '../support/browser.ts';
import { axeViolations } from '../support/page-checks.ts';
import { EVENING, openSampleKiosk, type SampleKiosk } from '../support/sample-kiosk.ts';
import {
  expectSound,
  openScreen,
  read,
  touchName,
  touchPost,
  touchSignIn,
  writeSignature,
  type Look,
} from './gate-page.ts';

let kiosk: SampleKiosk;

// The first kiosk decodes the album, on a machine that may have other work.
beforeEach(async () => void (kiosk = await openSampleKiosk()), 60_000);
afterEach(() => kiosk.close());

/** The sample's evening asking for this, without posts unless some are named. */
async function letAsk(
  evidence: { signature?: true; photo?: true },
  postNames: Bilingual[] = [],
): Promise<void> {
  const { activity, schedule } = await kiosk.asStaff('activities.get', { activityId: EVENING });
  const { title, place } = activity;
  const asking = {
    activityId: EVENING,
    title,
    place,
    schedule,
    posts: postNames.map((name) => ({ name, wanted: 4 })),
    evidence,
  };
  await kiosk.asStaff('activities.save', { gestureId: randomUUID(), activity: asking });
}

/** A gate on a browser of its own, for this test. */
async function openGate(
  look: Pick<Look, 'size' | 'language'>,
  options: readonly string[] = [],
): Promise<Page> {
  const browser: Browser = await launchBrowser(options);
  onTestFinished(() => browser.close());
  return (await openScreen(browser, kiosk, look)).page;
}

/** Signs in and goes on from the greeting. */
async function signIn(page: Page): Promise<void> {
  await touchSignIn(page);
  await touchName(page, 'LY', '刘洋');
  await page.locator('.greeting').waitFor();
  await read(page);
  await page.locator('.greeting .next').tap();
}

async function visitOf() {
  const { visits } = await kiosk.asStaff('attendance.list', { activityId: EVENING });
  return visits[0]!;
}

async function evidence() {
  return (await kiosk.asStaff('evidence.get', { visitId: (await visitOf()).visitId })).evidence;
}

describe('a signature', () => {
  test.each([
    { size: 'landscape', language: 'zh' },
    { size: 'portrait', language: 'en' },
  ] as const)('is drawn, cleared, drawn again and kept as strokes: $size', async (look) => {
    await letAsk({ signature: true });
    const page = await openGate(look);
    await signIn(page);
    await page.locator('.signature').waitFor();
    await read(page);
    await writeSignature(page);
    expect(await inked(page)).toBeGreaterThan(0);
    await page.locator('.signature .clear').tap();
    expect(await inked(page)).toBe(0);
    await writeSignature(page);
    await page.locator('.signature .done').tap();
    await page.locator('.idle').waitFor();

    const kept = (await evidence())?.signature;
    expect(kept?.strokes.length).toBe(2);
    // A dot is one point; a wave is more than its ends and less than all that was told.
    expect(kept?.strokes[1]?.length).toBe(2);
    expect(kept?.strokes[0]?.length).toBeGreaterThan(20);
    expect(JSON.stringify(kept).length).toBeLessThan(3000);
    expect((await visitOf()).undoneAt).toBeUndefined();
  });

  test('refused, the wall comes back and the sign-in stands', async () => {
    await letAsk({ signature: true });
    const page = await openGate({ size: 'landscape', language: 'zh' });
    await signIn(page);
    await page.locator('.signature .skip').tap();
    await page.locator('.idle').waitFor();
    expect(await evidence()).toBeNull();
    expect((await visitOf()).undoneAt).toBeUndefined();
  });

  test('that the kiosk does not take is said in a sentence, and the sign-in stands', async () => {
    await letAsk({ signature: true });
    const page = await openGate({ size: 'small', language: 'en' });
    await signIn(page);
    await page.locator('.signature').waitFor();
    await read(page);
    await writeSignature(page);
    await letAsk({});
    await page.locator('.signature .done').tap();
    await page.locator('.not-kept', { hasText: 'Your sign-in is saved' }).waitFor();
    await expectSound(page);
    await page.locator('.idle').waitFor({ timeout: 15_000 });
    expect((await visitOf()).undoneAt).toBeUndefined();
  });

  test('that nobody gives is not waited for: the page counts down and clears', async () => {
    await letAsk({ signature: true });
    const page = await openGate({ size: 'landscape', language: 'zh' });
    await signIn(page);
    await page.locator('.signature').waitFor();
    await page.locator('.countdown').waitFor({ timeout: 25_000 });
    expect(await axeViolations(page)).toEqual([]);
    await page.locator('.idle').waitFor({ timeout: 15_000 });
    expect((await visitOf()).undoneAt).toBeUndefined();
  }, 120_000);
});

describe('a photo', () => {
  test.each([
    { size: 'landscape', language: 'en' },
    { size: 'portrait', language: 'zh' },
  ] as const)('is taken after consent, once more, and kept small: $size', async (look) => {
    await letAsk({ photo: true });
    const page = await openGate(look, WITH_CAMERA);
    await signIn(page);
    await page.locator('.camera').waitFor();
    expect(await page.locator('video').count()).toBe(0);
    await read(page);
    await page.locator('.camera .go').tap();
    await page.locator('.seconds').waitFor();
    await page.locator('.retake').waitFor();
    await read(page);
    await page.locator('.retake').tap();
    await page.locator('.seconds').waitFor();
    await page.locator('.retake').waitFor();
    await page.locator('.camera .go').tap();
    await page.locator('.idle').waitFor();

    const photo = (await evidence())?.photo ?? '';
    const bytes = Buffer.from(photo.split(',')[1] ?? '', 'base64');
    expect(bytes.length).toBeGreaterThan(1000);
    expect(bytes.length).toBeLessThanOrEqual(25_000);
    const size = await page.evaluate(
      async (data) => {
        const picture = await createImageBitmap(new Blob([new Uint8Array(data)], { type: 'image/jpeg' }));
        return [picture.width, picture.height];
      },
      [...bytes],
    );
    expect(size).toEqual([320, 240]);
  });

  test.each([
    ['no camera', [], 'no camera was found'],
    ['a camera that may not be used', ['--use-fake-device-for-media-stream'], 'may not use the camera'],
  ] as const)('printer or gate stuck: %s costs a sentence, then the wall', async (_what, options, words) => {
    await letAsk({ photo: true });
    const page = await openGate({ size: 'landscape', language: 'en' }, options);
    await signIn(page);
    await page.locator('.camera').waitFor();
    await read(page);
    await page.locator('.camera .go').tap();
    await page.locator('.not-kept', { hasText: words }).waitFor();
    await expectSound(page);
    await page.locator('.idle').waitFor({ timeout: 15_000 });
    expect(await evidence()).toBeNull();
    expect((await visitOf()).undoneAt).toBeUndefined();
  });

  test('is asked for after the signature; an undone sign-in is asked for nothing', async () => {
    await letAsk({ signature: true, photo: true });
    const page = await openGate({ size: 'landscape', language: 'zh' }, WITH_CAMERA);
    await signIn(page);
    await page.locator('.signature .skip').tap();
    await page.locator('.camera').waitFor();
    await read(page);
    await page.locator('.camera .skip').tap();
    await page.locator('.idle').waitFor();

    await read(page);
    await page.locator('.sign-in').tap();
    await touchName(page, 'CJ', '曹景');
    await page.locator('.greeting').waitFor();
    await read(page);
    await page.locator('.greeting .undo').tap();
    await page.locator('.message').first().waitFor();
    await page.locator('.idle').waitFor();
    expect(await page.locator('.signature').count()).toBe(0);
  });
});

describe('another post on the greeting', () => {
  const POSTS = [
    { en: 'Welding', zh: '焊接' },
    { en: 'Truss', zh: '桁架' },
  ];

  async function signInAndChange(page: Page): Promise<void> {
    await touchSignIn(page);
    await touchName(page, 'LY', '刘洋');
    await touchPost(page, '焊接');
    await page.locator('.greeting .change-post').tap();
    await page.locator('.posts').waitFor();
  }

  test('is no way around what the activity asks for: signature and photo are offered afterwards', async () => {
    await letAsk({ signature: true, photo: true }, POSTS);
    const page = await openGate({ size: 'landscape', language: 'zh' }, WITH_CAMERA);
    await signInAndChange(page);
    await touchPost(page, '桁架');
    await page.locator('.notice', { hasText: '桁架' }).tap();
    await page.locator('.signature').waitFor();
    await read(page);
    await writeSignature(page);
    await page.locator('.signature .done').tap();
    await page.locator('.camera').waitFor();
    await read(page);
    await page.locator('.camera .skip').tap();
    await page.locator('.idle').waitFor();
    expect((await evidence())?.signature?.strokes.length).toBe(2);
    expect((await visitOf()).earlierPosts).toHaveLength(1);
  });

  test('left by itself or thought better of, asks just the same', async () => {
    await letAsk({ signature: true }, POSTS);
    const page = await openGate({ size: 'portrait', language: 'zh' });
    await signInAndChange(page);
    await touchPost(page, '桁架');
    await page.locator('.notice').waitFor();
    await page.locator('.signature').waitFor({ timeout: 15_000 });
    await read(page);
    await page.locator('.signature .skip').tap();
    await page.locator('.idle').waitFor();

    await touchSignIn(page);
    await touchName(page, 'CJ', '曹景');
    await touchPost(page, '焊接');
    await page.locator('.greeting .change-post').tap();
    await page.locator('.posts').waitFor();
    await read(page);
    await page.getByRole('button', { name: '返回' }).tap();
    await page.locator('.signature').waitFor();
  });
});

/** How many pixels of the box have ink. */
function inked(page: Page): Promise<number> {
  return page.locator('canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, index) => index % 4 === 3 && value > 0).length;
  });
}
