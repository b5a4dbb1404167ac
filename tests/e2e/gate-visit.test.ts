import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { isoWithOffsetOf } from '../../src/domain/time.ts';
import { EVENING } from '../support/sample-kiosk.ts';
import { expectSound, read, touchName, touchPost, touchSignIn } from './gate-page.ts';
import { kiosk, openGate, signInElsewhere, visitsOf } from './gate-suite.ts';

/** As `touchName`, for whoever is found by initials alone. */
async function comeAgain(page: Page, initials: string, name: string): Promise<void> {
  await page.locator('.idle').waitFor();
  await touchSignIn(page);
  await touchName(page, initials, name);
}

/** Replaces the evening by one that takes place once, by these rules; times are minutes from now. Resolves with its id. */
async function changeEvening(
  from: number,
  to: number,
  rules: { early?: number; eligible?: { categoryIds: string[] }; capacity?: number; hard?: boolean } = {},
): Promise<string> {
  const { activity, expectedIds } = await kiosk.asStaff('activities.get', { activityId: EVENING });
  const minutesFromNow = (minutes: number) => {
    const at = new Date(Date.now() + minutes * 60_000).toISOString();
    return isoWithOffsetOf(at, activity.startsAt);
  };
  const { title, place, posts } = activity;
  const { activityId } = await kiosk.asStaff('activities.save', {
    gestureId: crypto.randomUUID(),
    activity: {
      title,
      place,
      schedule: {
        kind: 'once',
        startsAt: minutesFromNow(from),
        endsAt: minutesFromNow(to),
        opensMinutesBefore: rules.early ?? 0,
      },
      posts: posts.slice(0, 2).map(({ name, wanted }) => ({
        name,
        wanted,
        ...(rules.hard && { limit: 1, hard: true as const }),
      })),
      ...(expectedIds && { expectedIds }),
      ...(rules.eligible && { eligible: rules.eligible }),
      ...(rules.capacity && { capacity: rules.capacity }),
    },
  });
  await kiosk.asStaff('sample.remove', { gestureId: crypto.randomUUID() }).catch(() => undefined);
  return activityId;
}

test('whose post is known signs in with the name alone, and "another post" costs one tap more', async () => {
  const page = await openGate();
  await touchSignIn(page);
  await touchName(page, 'WJG', '王建国');
  await page.locator('.greeting', { hasText: '下料' }).waitFor();
  await read(page);
  expect(await visitsOf()).toMatchObject([{ personId: 'sample-wang-jianguo', postId: 'blanking' }]);
  await page.locator('.change-post').tap();
  await touchPost(page, '焊接');
  await page.locator('.notice', { hasText: '焊接' }).waitFor();
  expect(await visitsOf()).toMatchObject([{ postId: 'welding', earlierPosts: ['blanking'] }]);
  expect(await visitsOf()).toHaveLength(1);
});

test('whose known post is full is asked, with a word why', async () => {
  const { activity, schedule, expectedIds } = await kiosk.asStaff('activities.get', { activityId: EVENING });
  const { title, place, posts } = activity;
  await kiosk.asStaff('activities.save', {
    gestureId: crypto.randomUUID(),
    activity: {
      activityId: EVENING,
      title,
      place,
      schedule,
      posts: posts.map(({ postId, name, wanted, limit }) => ({
        postId,
        name,
        wanted,
        ...(limit !== null && { limit }),
      })),
      ...(expectedIds && { expectedIds }),
      assignments: { 'sample-zheng-jie': 'blanking' },
    },
  });
  for (const person of ['wu-gang', 'cheng-jianjun', 'liu-yang', 'cao-jing'])
    await signInElsewhere(person, 'blanking');
  const page = await openGate();
  await touchSignIn(page);
  await touchName(page, 'ZJ', '郑洁');
  await page.getByRole('heading', { name: '下料岗位这次已满' }).waitFor();
  expect(await visitsOf()).toHaveLength(4);
  await expectSound(page);
});

test('who leads a full post is asked why they come, or told to follow themselves', async () => {
  for (const person of ['wu-gang', 'cheng-jianjun', 'liu-yang', 'cao-jing'])
    await signInElsewhere(person, 'blanking');
  const page = await openGate();
  await touchSignIn(page);
  await touchName(page, 'WJG', '王建国');
  const greeting = page.locator('.greeting');
  await greeting.getByText('您是该岗位的班组长').waitFor();
  expect(await greeting.getByText('where you are the team leader').count()).toBe(1);
  expect(await greeting.getByText('听从').count()).toBe(0);
  await expectSound(page);
  expect((await visitsOf()).at(-1)).toMatchObject({ postId: 'blanking', overLimit: true });
});

test('whose post was filled a moment ago is asked for the reason then, and signs in with it', async () => {
  for (const person of ['wu-gang', 'cheng-jianjun', 'liu-yang', 'cao-jing'])
    await signInElsewhere(person, 'blanking');
  const page = await openGate();
  // What the gate knew before the last of them came.
  await page.route('**/attendance.counts', async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      body: (await response.text()).replaceAll('"full":true', '"full":false'),
    });
  });
  await touchSignIn(page);
  await touchName(page, 'ZJ', '郑洁');
  await touchPost(page, '下料');
  await page.locator('.reason', { hasText: '下料' }).waitFor();
  await read(page);
  await page.locator('.reason .choice').first().tap();
  await page.locator('.greeting', { hasText: '下料' }).waitFor();
  expect((await visitsOf()).at(-1)).toMatchObject({
    personId: 'sample-zheng-jie',
    overLimit: true,
    reason: expect.any(String),
  });
  // A call that is under way when the kiosk closes is nobody's.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('who comes again is asked, signs out with the hours, takes that back, and comes a second time', async () => {
  const page = await openGate({ language: 'en' });
  await signInElsewhere('liu-yang', 'truss');
  await comeAgain(page, 'LY', '刘洋');
  await page.locator('.already', { hasText: 'Truss' }).waitFor();
  await read(page);
  await page.locator('.sign-out').tap();

  // Somebody who has only just come is asked once more (a badge held twice, a slip).
  await page.locator('.sure').waitFor();
  await read(page);
  await page.locator('.yes').tap();
  await page.locator('.signed-out').waitFor();
  expect((await visitsOf())[0]).toMatchObject({ signOut: { how: 'measured' } });

  await read(page);
  await page.locator('.undo').tap();
  await page.locator('.notice').waitFor();
  expect((await visitsOf())[0]?.signOut).toBeUndefined();

  await comeAgain(page, 'LY', '刘洋');
  await page.locator('.sign-out').tap();
  await read(page);
  await page.locator('.yes').tap();
  await page.locator('.signed-out').waitFor();
  await read(page);
  await page.locator('.next').tap();
  await comeAgain(page, 'LY', '刘洋');
  await page.locator('.left').waitFor();
  await read(page);
  await page.locator('.again').tap();
  await page.locator('.greeting', { hasText: 'Truss' }).waitFor();
  expect(await visitsOf()).toHaveLength(2);
});

test('who stays to the end says so, once', async () => {
  await signInElsewhere('liu-yang', 'truss');
  const page = await openGate();
  await comeAgain(page, 'LY', '刘洋');
  await page.locator('.stay').tap();
  await page.locator('.notice').waitFor();
  expect(await visitsOf()).toMatchObject([{ staysToEnd: true }]);
  await comeAgain(page, 'LY', '刘洋');
  await page.locator('.already .stay:disabled').waitFor();
  expect((await visitsOf())[0]?.signOut).toBeUndefined();
});

test('who changes the post stays signed in, and the own post cannot be chosen', async () => {
  await signInElsewhere('liu-yang', 'truss');
  const page = await openGate();
  await comeAgain(page, 'LY', '刘洋');
  await page.locator('.change-post').tap();
  await page.locator('.posts .post:disabled', { hasText: '桁架' }).waitFor();
  await touchPost(page, '喷塑');
  await page.locator('.notice', { hasText: '喷塑' }).waitFor();
  expect(await visitsOf()).toMatchObject([{ postId: 'spraying', earlierPosts: ['truss'] }]);
});

test('hours that are over are said in the greeting', async () => {
  // One evening, also where midnight lies between: of a daily one it would be yesterday's.
  const activityId = await changeEvening(-100, 120);
  const minutesAgo = (minutes: number) =>
    new Date(Date.now() - minutes * 60_000).toISOString().replace('Z', '+00:00');
  await kiosk.asStaff('attendance.add', {
    gestureId: 'a',
    activityId,
    personId: 'sample-liu-yang',
    at: minutesAgo(95),
    reason: 'was there',
  });
  const entered = (await visitsOf(activityId))[0]!;
  await kiosk.asStaff('signOuts.correct', {
    gestureId: 'c',
    visitId: entered.visitId,
    at: minutesAgo(5),
    reason: 'left then',
  });
  const page = await openGate();
  await comeAgain(page, 'LY', '刘洋');
  await page.locator('.left').waitFor();
  await read(page);
  await page.locator('.again').tap();
  await touchPost(page, '焊接');
  await page.locator('.so-far', { hasText: '1 小时 30 分' }).waitFor();
});

test('who may not come is told whom to ask, and the next person is not held up', async () => {
  await changeEvening(-5, 120, { eligible: { categoryIds: ['activist'] } });
  const page = await openGate();
  await touchSignIn(page);
  await touchName(page, 'WG', '吴刚');
  await touchPost(page, '下料');
  await page.locator('.refused', { hasText: '活动组织者' }).waitFor();
  await read(page);
  await page.getByRole('button', { name: '知道了' }).tap();
  await page.locator('.idle').waitFor();
  await touchSignIn(page);
  await touchName(page, 'LY', '刘洋');
  await touchPost(page, '下料');
  await page.locator('.greeting h1', { hasText: '刘洋' }).waitFor();
});

test('a post that is full for good cannot be chosen and says so', async () => {
  await changeEvening(-5, 120, { hard: true });
  const page = await openGate();
  for (const [initials, name] of [
    ['WG', '吴刚'],
    ['LY', '刘洋'],
  ] as const) {
    await page.locator('.idle').waitFor();
    await touchSignIn(page);
    await touchName(page, initials, name);
    await read(page);
    if (name === '吴刚') {
      await touchPost(page, '下料');
      await page.locator('.greeting').waitFor();
      await page.locator('.next').tap();
    }
  }
  await page.locator('.posts .post:disabled', { hasText: '限 1 人' }).waitFor();
});

test('before sign-in opens the idle page counts down, and the button comes by itself', async () => {
  await changeEvening(10.3, 120, { early: 10 });
  const page = await openGate();
  await page.locator('.opening .in', { hasText: /0:[01]\d/ }).waitFor();
  await page.locator('.sign-in').waitFor({ timeout: 25_000 });
});

test('who is still at another activity is asked, and signed out there only with a yes', async () => {
  await signInElsewhere('liu-yang', 'truss');
  const { activityId } = await kiosk.asStaff('activities.save', {
    gestureId: crypto.randomUUID(),
    activity: {
      title: { en: 'Drill', zh: '演练' },
      place: { en: 'Yard', zh: '厂区' },
      schedule: { kind: 'daily', start: '18:00', end: '20:00' },
      posts: [],
      expectedIds: ['sample-liu-yang'],
    },
  });
  const atDrill = async () => (await kiosk.asStaff('attendance.list', { activityId })).visits;
  const page = await openGate();
  await comeAgain(page, 'LY', '刘洋');
  await page.locator('.elsewhere', { hasText: '刘洋' }).waitFor();
  await expectSound(page);
  await read(page);
  await page.locator('.elsewhere .no').tap();
  await page.locator('.idle').waitFor();
  expect([await atDrill(), (await visitsOf())[0]?.signOut]).toEqual([[], undefined]);

  await comeAgain(page, 'LY', '刘洋');
  await page.locator('.elsewhere').waitFor();
  await read(page);
  await page.locator('.elsewhere .yes').tap();
  await page.locator('.greeting', { hasText: '刘洋' }).waitFor();
  expect(await atDrill()).toMatchObject([{ personId: 'sample-liu-yang' }]);
  expect(await visitsOf()).toMatchObject([{ signOut: { how: 'measured' } }]);
});
