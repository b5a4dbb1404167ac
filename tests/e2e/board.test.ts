import { expect, test } from 'vitest';
import { SIZES } from '../support/browser.ts';
import { EVENING } from '../support/sample-kiosk.ts';
import { expectSound, openScreen } from './gate-page.ts';
import { browser, kiosk } from './kiosk-suite.ts';

/** Replaces the sample's evening by one with so many posts. */
async function holdActivity(posts: number, name: (turn: number) => { en: string; zh: string }) {
  await kiosk.asStaff('activities.remove', { gestureId: 'r', activityId: EVENING });
  return kiosk.asStaff('activities.save', {
    gestureId: 's',
    activity: {
      title: { en: 'Drill', zh: '演练' },
      place: { en: 'Hall 3', zh: '三号车间' },
      schedule: { kind: 'daily', start: '18:00', end: '20:00' },
      posts: Array.from({ length: posts }, (_, turn) => ({
        name: name(turn),
        wanted: turn + 1,
        leaderId: 'sample-li-minglang',
      })),
    },
  });
}

test('the board says other numbers than the gate', async () => {
  const { page, context } = await openScreen(browser, kiosk, {
    size: 'landscape',
    language: 'zh',
    path: '/board',
  });
  const sign = (name: string, postId: string) =>
    kiosk.asStaff('attendance.signIn', {
      gestureId: name,
      activityId: EVENING,
      personId: `sample-${name}`,
      postId,
    });
  const figures = async () => (await page.locator('.figure dd').allTextContents()).map(Number);
  await expect.poll(figures).toEqual([18, 0, 18]);
  await sign('chen-jie-1', 'welding');
  await sign('wang-jianguo', 'blanking');
  const { visitId } = await sign('he-yong', 'welding');
  await expect.poll(figures).toEqual([18, 3, 15]);
  const counts = await kiosk.asStaff('attendance.counts', { activityId: EVENING });
  const posts = await page.locator('.post .number').allTextContents();
  expect(posts.map((text) => text.replace(/\s/g, ''))).toEqual(
    counts.posts.map(({ present, wanted }) => `${present}/${wanted}`),
  );
  const categories = await page.locator('.categories .number').allTextContents();
  expect(categories.map((text) => text.replace(/\s/g, ''))).toEqual(['2/11', '1/4', '0/3']);
  expect(await page.locator('.arrivals li').first().textContent()).toContain('何勇');
  for (const word of ['焊接', 'Welding', '李明朗']) {
    expect(await page.locator('.post').nth(1).textContent()).toContain(word);
  }
  await kiosk.asStaff('attendance.undo', { gestureId: 'undo', visitId });
  await expect.poll(figures).toEqual([18, 2, 16]);
  await context.close();
});

test('the board cannot be read on one of the screens', async () => {
  const { page, context } = await openScreen(browser, kiosk, {
    size: 'landscape',
    language: 'zh',
    path: '/board',
  });
  for (const [size, language, theme] of [
    ['landscape', 'zh', 'festive'],
    ['portrait', 'en', 'calm'],
    ['small', 'en', 'festive'],
    ['large', 'zh', 'calm'],
  ] as const) {
    await page.setViewportSize(SIZES[size]);
    await kiosk.asStaff('settings.save', { gestureId: size, settings: { language, theme } });
    await page.locator(`html[lang^="${language}"][data-theme="${theme}"]`).waitFor({ state: 'attached' });
    await expectSound(page);
  }
  await context.close();
});

test('twelve posts do not fit, and of more the last are never seen', async () => {
  await holdActivity(12, (turn) => ({ en: `Electrical assembly ${turn + 1}`, zh: `电气装配${turn + 1}` }));
  const { page, context } = await openScreen(browser, kiosk, {
    size: 'small',
    language: 'en',
    path: '/board',
  });
  await page.clock.install();
  expect(await page.locator('.posts .post').count()).toBe(12);
  expect(await page.getByRole('button', { name: 'Hold' }).count()).toBe(0);
  await expectSound(page);

  const { activities } = await kiosk.asStaff('activities.list', {});
  await kiosk.asStaff('activities.remove', { gestureId: 'x', activityId: activities[0]!.activityId });
  await kiosk.asStaff('activities.save', {
    gestureId: 'y',
    activity: {
      title: { en: 'Sports day', zh: '运动会' },
      place: { en: 'Field', zh: '操场' },
      schedule: { kind: 'daily', start: '08:00', end: '20:00' },
      posts: Array.from({ length: 15 }, (_, turn) => ({
        name: { en: `Team ${turn + 1}`, zh: `第${turn + 1}队` },
        wanted: 50,
      })),
    },
  });
  await page.locator('.post', { hasText: 'Team 8' }).waitFor();
  await page.reload();
  const names = () => page.locator('.post .name').allTextContents();
  await expect.poll(names).toHaveLength(8);
  await page.clock.runFor(12_500);
  await expect.poll(async () => (await names())[0]?.trim()).toBe('Team 9');
  await page.getByRole('button', { name: 'Hold' }).tap();
  await page.clock.runFor(30_000);
  expect((await names()).map((name) => name.trim()).at(-1)).toBe('Team 15');
  await expectSound(page);
  await context.close();
});

test('a name of 200 letters pushes the numbers off the board', async () => {
  await holdActivity(3, (turn) => ({
    en: 'Long '.repeat(39) + turn,
    zh: '很长的岗位名称'.repeat(20) + turn,
  }));
  const { page, context } = await openScreen(browser, kiosk, {
    size: 'portrait',
    language: 'zh',
    path: '/board',
  });
  const screen = page.viewportSize()!;
  for (const number of await page.locator('.post .number').all()) {
    const box = (await number.boundingBox())!;
    expect(box.x + box.width).toBeLessThan(screen.width);
    expect(box.y + box.height).toBeLessThan(screen.height);
  }
  await context.close();
});

test('a board without an activity is an empty screen', async () => {
  await kiosk.asStaff('sample.remove', { gestureId: 'r' });
  const { page, context } = await openScreen(browser, kiosk, {
    size: 'landscape',
    language: 'zh',
    path: '/board',
  });
  await page.getByRole('heading', { name: '现在没有进行中的活动' }).waitFor();
  await page.getByText('No activity is open now').waitFor();
  await expectSound(page);
  await page.getByRole('button', { name: '管理' }).tap();
  await page.locator('h1', { hasText: '现在没有进行中的活动' }).waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe('/office');
  await context.close();
});
