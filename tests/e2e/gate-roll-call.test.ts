import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leadersFolder } from '../../src/access/leader-pins.ts';
import { launchBrowser } from '../support/browser.ts';
import { setCheapPin } from '../support/cheap-pin.ts';
import { EVENING, openSampleKiosk, type SampleKiosk } from '../support/sample-kiosk.ts';
import { readBadge } from './badge-reader.ts';
import { expectSound, openScreen, read, type Look } from './gate-page.ts';

const LEADER = 'sample-li-minglang';
const PIN = '271828';
const BADGE = 'LI-0042';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** An evening of so many expected people, ten of whom were told to go to welding; its leader has a PIN and a badge. */
async function openEvening(expected: number): Promise<{ kiosk: SampleKiosk; ten: string[] }> {
  const kiosk = await openSampleKiosk();
  const rows = Array.from({ length: expected - 18 }, (_, index) => ({
    name: `测试${index + 1}`,
    staffNo: `T${index}`,
  }));
  if (rows.length > 0) await kiosk.asStaff('people.import', { gestureId: 'rows', rows });
  const { people } = await kiosk.asStaff('people.list', { limit: 500 });
  const ten = people
    .filter(
      ({ personId }) =>
        ![
          'sample-wang-jianguo',
          'sample-zhao-zhiqiang',
          'sample-sun-lihua',
          'sample-chen-wei',
          LEADER,
        ].includes(personId),
    )
    .slice(0, 9);
  const { activity, schedule, rules } = await kiosk.asStaff('activities.get', { activityId: EVENING });
  await kiosk.asStaff('activities.save', {
    gestureId: 'ten',
    activity: {
      activityId: EVENING,
      title: activity.title,
      place: activity.place,
      schedule,
      ...rules,
      posts: activity.posts.map(({ postId, name, leader, wanted }) => ({
        postId,
        name,
        leaderId: leader!.personId,
        wanted: postId === 'welding' ? 10 : wanted,
      })),
      expectedIds: people.map(({ personId }) => personId),
      assignments: Object.fromEntries(ten.map(({ personId }) => [personId, 'welding'])),
    },
  });
  const folder = join(leadersFolder(kiosk.folder), LEADER);
  mkdirSync(folder, { recursive: true });
  await setCheapPin(folder, PIN);
  await kiosk.asStaff('badges.link', { gestureId: 'badge', personId: LEADER, badge: BADGE });
  return { kiosk, ten: [...ten.map(({ personId }) => personId), LEADER].sort() };
}

/** Taps as a leader does, after a look at the page, and counts. */
function counting() {
  const taps = { count: 0 };
  const tap = async (target: Locator) => {
    await target.tap();
    taps.count++;
  };
  return { taps, tap };
}

async function toRollCall(page: Page, tap: (target: Locator) => Promise<void>): Promise<void> {
  await read(page);
  await tap(page.locator('.sign-in'));
  await read(page);
  await tap(page.locator('.finder .foot .post'));
  await read(page);
  await tap(page.locator('.to-roll-call'));
  await page.locator('.who .leader').first().waitFor();
}

async function typePin(page: Page, tap: (target: Locator) => Promise<void>, pin = PIN): Promise<void> {
  await read(page);
  for (const digit of pin) await tap(page.locator('.pin .keys button').getByText(digit, { exact: true }));
  await tap(page.locator('.pin .done'));
}

async function openWithPin(page: Page): Promise<void> {
  const { tap } = counting();
  await toRollCall(page, tap);
  await read(page);
  await tap(page.locator('.leader', { hasText: '李明朗' }));
  await typePin(page, tap);
  await page.locator('.call .person').first().waitFor();
  await read(page);
}

async function standing(kiosk: SampleKiosk): Promise<string[]> {
  const { visits } = await kiosk.asStaff('attendance.list', { activityId: EVENING });
  return visits
    .filter(({ undoneAt }) => !undoneAt)
    .map(({ personId }) => personId)
    .sort();
}

describe.each([18, 60, 400])('a roll-call of ten with %i expected people', (expected) => {
  test('kiosk too slow at the rush: four taps with a badge, and twelve with a PIN of six digits', async () => {
    for (const key of ['badge', 'pin'] as const) {
      const { kiosk, ten } = await openEvening(expected);
      const { page, context } = await openScreen(browser, kiosk, { size: 'landscape', language: 'zh' });
      const { taps, tap } = counting();
      await toRollCall(page, tap);
      await read(page);
      if (key === 'badge') await readBadge(page, BADGE);
      else {
        await tap(page.locator('.leader', { hasText: '李明朗' }));
        await typePin(page, tap);
      }
      await page.locator('.all-here', { hasText: '10' }).waitFor();
      await read(page);
      await tap(page.locator('.all-here'));
      await page.locator('.result h1', { hasText: '10' }).waitFor();
      expect(taps.count).toBe(key === 'badge' ? 4 : 12);
      expect(await standing(kiosk)).toEqual(ten);
      const { visits } = await kiosk.asStaff('attendance.list', { activityId: EVENING });
      expect(visits.every(({ vouchedBy, postId }) => vouchedBy === '李明朗' && postId === 'welding')).toBe(
        true,
      );
      await context.close();
      await kiosk.close();
    }
  });
});

describe.each<Look>([
  { size: 'landscape', language: 'zh' },
  { size: 'portrait', language: 'en' },
])('the roll-call at $size in $language', (look) => {
  test('people are ticked, undone singly and together, and those left out are named', async () => {
    const { kiosk, ten } = await openEvening(18);
    const { page, context } = await openScreen(browser, kiosk, look);
    const { tap } = counting();
    await toRollCall(page, tap);
    await expectSound(page);
    await tap(page.locator('.leader', { hasText: '李明朗' }));
    await expectSound(page);
    await typePin(page, tap, '314159');
    await page.locator('.trouble', { hasText: /wrong|错误/ }).waitFor();
    await expectSound(page);
    await typePin(page, tap);
    await page.locator('.call .person').first().waitFor();
    await expectSound(page);

    await read(page);
    await tap(page.locator('.call .person').nth(0));
    await tap(page.locator('.call .person').nth(11));
    // Somebody else takes one of them to another post in the same moment.
    const outside = (await page.locator('.call .person .name').nth(11).textContent())!.trim();
    await expectSound(page);
    await page.route('**/api/rollCall.call', async (route) => {
      const { personIds } = route.request().postDataJSON() as { personIds: string[] };
      await kiosk.asStaff('attendance.signIn', {
        gestureId: 'elsewhere',
        activityId: EVENING,
        personId: personIds[1]!,
        postId: 'truss',
      });
      await route.continue();
    });
    await tap(page.locator('.sign-in-ticked'));
    await page.locator('.left-out', { hasText: outside }).waitFor();
    await page.unroute('**/api/rollCall.call');
    await page.locator('.result h1', { hasText: '1' }).waitFor();
    await read(page);
    await tap(page.locator('.called').first());
    await page.locator('.called.undone').waitFor();
    await expectSound(page);
    expect(await standing(kiosk)).toHaveLength(1);

    await tap(page.locator('.more'));
    await page.locator('.all-here').waitFor();
    await read(page);
    await tap(page.locator('.all-here'));
    await page.locator('.called').nth(9).waitFor();
    await read(page);
    await tap(page.locator('.undo-all'));
    await expect.poll(() => page.locator('.called.undone').count()).toBe(10);
    expect(await standing(kiosk)).toHaveLength(1);
    expect(ten).toHaveLength(10);

    await tap(page.locator('.done'));
    await page.locator('.idle').waitFor();
    await context.close();
    await kiosk.close();
  });

  test('leave is noted with a reason and taken back; everybody is signed out and, in one step, in again', async () => {
    const { kiosk, ten } = await openEvening(18);
    const { page, context } = await openScreen(browser, kiosk, look);
    await openWithPin(page);
    const { tap } = counting();
    await tap(page.locator('.call .person').nth(1));
    await tap(page.locator('.excuse'));
    await page.locator('.leave .choice').nth(3).waitFor();
    await read(page);
    await tap(page.locator('.leave .choice').first());
    await page.locator('.noted').waitFor();
    const { leaves } = await kiosk.asStaff('leaves.list', { activityId: EVENING });
    expect(leaves).toMatchObject([{ reason: look.language === 'zh' ? '病假' : 'Ill' }]);
    await read(page);
    await tap(page.locator('.noted .undo'));
    await page.locator('.noted h1', { hasText: /expected again|取消/ }).waitFor();
    expect((await kiosk.asStaff('leaves.list', { activityId: EVENING })).leaves).toEqual([]);
    await read(page);
    await tap(page.locator('.noted .more'));
    await page.locator('.all-here', { hasText: '10' }).waitFor();
    await read(page);
    await tap(page.locator('.all-here'));
    await page.locator('.result').waitFor();
    await read(page);
    await tap(page.locator('.more'));
    const elsewhere = await kiosk.asStaff('guests.signIn', {
      gestureId: crypto.randomUUID(),
      activityId: EVENING,
      postId: 'spraying',
      name: 'Anna Smith',
    });
    await read(page);
    await tap(page.locator('.everybody-out'));
    await page.locator('.sign-out-all', { hasText: '11' }).waitFor();
    await page.locator('.message .text', { hasText: /11.*10/ }).waitFor();
    await read(page);
    await tap(page.locator('.sign-out-post', { hasText: '10' }));
    await page.locator('.out-done').waitFor();
    const counts = () => kiosk.asStaff('attendance.counts', { activityId: EVENING });
    // Who is at another leader's post stays.
    expect(await counts()).toMatchObject({ inside: 1, present: 11 });
    await read(page);
    await tap(page.locator('.out-done .undo'));
    await page.locator('.out-done h1', { hasText: /Undone|已撤销/ }).waitFor();
    expect(await counts()).toMatchObject({ inside: 11, present: 11 });
    await kiosk.asStaff('attendance.void', {
      gestureId: crypto.randomUUID(),
      visitId: elsewhere.visitId,
      reason: 'test',
    });
    expect(await standing(kiosk)).toEqual(ten);
    await context.close();
    await kiosk.close();
  });
});

describe('who is not the leader', () => {
  test('finds the roll-call closed: the token is gone with the way back to the wall', async () => {
    const { kiosk } = await openEvening(18);
    const { page, context } = await openScreen(browser, kiosk, { size: 'landscape', language: 'zh' });
    const tokens = new Set<string>();
    page.on('request', (request) => {
      const { authorization } = request.headers();
      if (authorization) tokens.add(authorization.slice('Bearer '.length));
    });
    await openWithPin(page);
    const [token] = [...tokens];
    expect(kiosk.kiosk.callerOf(token)).toMatchObject({ role: 'leader', personId: LEADER });
    await page.keyboard.press('Escape');
    await page.locator('.idle').waitFor();
    await expect.poll(() => kiosk.kiosk.callerOf(token).role).toBe('screen');
    const { tap } = counting();
    await toRollCall(page, tap);
    expect(await page.locator('.call').count()).toBe(0);
    await context.close();
    await kiosk.close();
  });

  test('an unknown badge, and a staff number that is typed as one, open nothing and say so', async () => {
    const { kiosk } = await openEvening(18);
    const { page, context } = await openScreen(browser, kiosk, { size: 'landscape', language: 'en' });
    await toRollCall(page, counting().tap);
    await readBadge(page, 'STRANGER-1');
    await page.locator('.trouble', { hasText: 'badge' }).waitFor();
    await expectSound(page);
    await context.close();
    await kiosk.close();
  });

  test('somebody far down a long list is found by letters and ticked by badge', async () => {
    const { kiosk } = await openEvening(400);
    const { people } = await kiosk.asStaff('people.find', { query: '', limit: 400 });
    const last = people.at(-1)!;
    const badged = people.at(-2)!;
    await kiosk.asStaff('badges.link', { gestureId: 'far', personId: badged.personId, badge: 'FAR-1' });
    const { page, context } = await openScreen(browser, kiosk, { size: 'portrait', language: 'zh' });
    await openWithPin(page);
    await readBadge(page, 'far-1');
    await page.locator('.sign-in-ticked', { hasText: '1' }).waitFor();
    await page.getByRole('button', { name: '查找' }).tap();
    await page.locator('.call .pad input').fill(last.name);
    await expect.poll(() => page.locator('.call .person').count()).toBe(1);
    await expectSound(page);
    await page.locator('.call .person').tap();
    await page.locator('.sign-in-ticked', { hasText: '2' }).tap();
    await page.locator('.called').nth(1).waitFor();
    expect(await standing(kiosk)).toEqual([last.personId, badged.personId].sort());
    await context.close();
    await kiosk.close();
  });

  test('badges held to the reader one after the other are all ticked, and who is there already is said to be', async () => {
    const { kiosk } = await openEvening(60);
    const { people } = await kiosk.asStaff('people.find', { query: '', limit: 60 });
    const [one, two, here] = people.slice(-3).map(({ personId, name }) => ({ personId, name }));
    const badges = [one, two, here].map((person, index) => ({ person: person!, badge: `ROW-${index}` }));
    for (const { person, badge } of badges)
      await kiosk.asStaff('badges.link', { gestureId: badge, personId: person.personId, badge });
    const gestureId = 'here';
    await kiosk.asStaff('attendance.signIn', { gestureId, activityId: EVENING, personId: here!.personId });
    const { page, context } = await openScreen(browser, kiosk, { size: 'landscape', language: 'zh' });
    await openWithPin(page);
    await page.route('**/api/badges.read', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    for (const { badge } of badges) {
      await readBadge(page, badge);
      await page.waitForTimeout(150);
    }
    await page.locator('.sign-in-ticked', { hasText: '2' }).waitFor();
    await page.locator('.trouble', { hasText: `${here!.name}已经签到` }).waitFor();
    await expectSound(page);
    await context.close();
    await kiosk.close();
  });
});
