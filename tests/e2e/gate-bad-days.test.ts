import { expect, test } from 'vitest';
import { EVENING } from '../support/sample-kiosk.ts';
import {
  expectFitting,
  expectSound,
  read,
  touchName,
  touchPost,
  touchSignIn,
  typeOnPad,
} from './gate-page.ts';
import { kiosk, openGate, openGateWithClock, signInElsewhere, visitsOf } from './gate-suite.ts';

test('a double tap on a post makes one visit', async () => {
  const page = await openGate();
  await touchSignIn(page);
  await touchName(page, 'LY', '刘洋');
  await page.locator('.posts .post').first().waitFor();
  await page.evaluate(() => {
    const post = document.querySelector<HTMLElement>('.posts .post')!;
    for (let tap = 0; tap < 5; tap++) post.click();
  });
  await page.locator('.greeting').waitFor();
  await page.locator('.idle').waitFor();
  expect(await visitsOf()).toHaveLength(1);
});

test('a second visit asks and never toggles', async () => {
  await signInElsewhere('liu-yang', 'truss');
  const page = await openGate();
  await touchSignIn(page);
  await touchName(page, 'LY', '刘洋');
  await page.locator('.already', { hasText: '桁架' }).waitFor();
  expect(await visitsOf()).toHaveLength(1);
  expect((await visitsOf())[0]?.undoneAt).toBeUndefined();
});

test('somebody signed in at another gate meanwhile is told so, not signed in twice', async () => {
  const page = await openGate();
  await touchSignIn(page);
  await touchName(page, 'LY', '刘洋');
  await page.locator('.posts .post').first().waitFor();
  await signInElsewhere('liu-yang', 'truss');
  await touchPost(page, '下料');
  await page.locator('.already', { hasText: '桁架' }).waitFor();
  expect(await visitsOf()).toHaveLength(1);
});

test('a queue with one post chosen taps only names', async () => {
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.foot .post').tap();
  await touchPost(page, '桁架');
  await touchName(page, 'SXY', '单晓雨');
  await page.locator('.greeting h1', { hasText: '单晓雨' }).waitFor();
  expect(await visitsOf()).toMatchObject([{ personId: 'sample-shan-xiaoyu', postId: 'truss' }]);
});

test('"wherever I am needed" goes to the biggest gap', async () => {
  for (const [index, person] of ['wang-jianguo', 'li-minglang'].entries()) {
    const personId = `sample-${person}`;
    const postId = ['blanking', 'welding'][index]!;
    await kiosk.asStaff('attendance.signIn', { gestureId: person, activityId: EVENING, personId, postId });
  }
  const page = await openGate();
  await touchSignIn(page);
  await touchName(page, 'LY', '刘洋');
  await page.locator('.needed:enabled').waitFor();
  await read(page);
  await page.locator('.needed').tap();
  await page.locator('.greeting').waitFor();
  expect((await visitsOf()).at(-1)).toMatchObject({ personId: 'sample-liu-yang', postId: 'truss' });
});

test('the staff number is found on the same pad, and a connected keyboard types too', async () => {
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.wide').first().tap();
  await expectSound(page);
  await typeOnPad(page, '2382');
  await expect.poll(() => page.locator('.person').count()).toBe(1);
  expect(await page.locator('.person').textContent()).toContain('陈杰');
  for (let key = 0; key < 4; key++) await page.keyboard.press('Backspace');
  // As a person types: all at once it would be a badge.
  await page.keyboard.type('cuijia', { delay: 120 });
  await page.locator('.person', { hasText: '崔嘉怡' }).waitFor();
  await expect.poll(() => page.locator('.person').count()).toBe(1);
});

test('letters that fit nobody get a kind word and whom to ask', async () => {
  const page = await openGate();
  await touchSignIn(page);
  await typeOnPad(page, 'QQQ');
  await page.locator('.nobody', { hasText: '活动组织者' }).waitFor();
  await expectSound(page);
});

test('the language chosen for one sign-in is back for the next person', async () => {
  const page = await openGate();
  await touchSignIn(page);
  await page.getByRole('button', { name: 'English' }).tap();
  await page.getByRole('heading', { name: 'Tap your name' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await page.getByRole('button', { name: 'Back', exact: true }).tap();
  await page.locator('.sign-in .own', { hasText: '签到' }).waitFor();
});

test('kiosk left open: a walk-away is asked after 20 s, may stay, and is cleared 10 s later', async () => {
  const page = await openGateWithClock();
  await touchSignIn(page);
  await typeOnPad(page, 'C');
  await page.clock.runFor(21_000);
  await page.locator('.countdown').waitFor();
  await page.getByRole('button', { name: '我还在' }).tap();
  await page.locator('.countdown').waitFor({ state: 'detached' });
  expect(await page.locator('input').inputValue()).toBe('C');
  await page.clock.runFor(31_000);
  await page.locator('.idle').waitFor();
  await touchSignIn(page);
  expect(await page.locator('input').inputValue()).toBe('');
});

test('network lost: from the empty screen to the greeting nobody is asked but the kiosk', async () => {
  const page = await openGate();
  const foreign: string[] = [];
  let asked = 0;
  page.on('request', (request) => {
    asked++;
    const isOwn = [kiosk.address, 'data:', `blob:${kiosk.address}`].some((own) =>
      request.url().startsWith(own),
    );
    if (!isOwn) foreign.push(request.url());
  });
  await page.reload();
  await page.locator('.idle').waitFor();
  await touchSignIn(page);
  await touchName(page, 'LY', '刘洋');
  await touchPost(page, '下料');
  await page.locator('.greeting').waitFor();
  expect(asked).toBeGreaterThan(5);
  expect(foreign).toEqual([]);
});

test('network lost: a kiosk that goes away in the middle says so, and trying again signs in once', async () => {
  const page = await openGate();
  await touchSignIn(page);
  await touchName(page, 'LY', '刘洋');
  await page.locator('.posts .post').first().waitFor();
  await kiosk.stopServing();
  await touchPost(page, '下料');
  await page.locator('.message', { hasText: '活动组织者' }).waitFor();
  await kiosk.serveAgain();
  await read(page);
  await page.getByRole('button', { name: '重试' }).tap();
  await page.locator('.greeting h1', { hasText: '刘洋' }).waitFor();
  expect(await visitsOf()).toHaveLength(1);
});

test.each(['portrait', 'small', 'large'] as const)(
  'forty-character names and a crowded post fit their cards at %s',
  async (size) => {
    const long = '古丽米热·阿卜杜热依木·麦麦提吐尔逊·艾则孜·买买提明·吾守尔·热合曼江';
    const latin = 'Bartholomew Featherstonehaugh-Cholmondeley';
    for (const name of [long, latin]) {
      await kiosk.asStaff('people.save', {
        gestureId: name,
        person: { name, team: 'International exchange team' },
      });
    }
    const page = await openGate({ size });
    await touchSignIn(page);
    await page.locator('.person').nth(10).waitFor();
    await expectFitting(page);
    await typeOnPad(page, 'G');
    await page.locator('.person', { hasText: '古丽' }).tap();
    await page.locator('.posts').waitFor();
    await expectFitting(page);
    await touchPost(page, '下料');
    await page.locator('.greeting').waitFor();
    await expectFitting(page);
    await page.locator('.next').tap();
    await page.locator('.tile .brick').waitFor();
    await expectFitting(page);
  },
);

test('with two activities open the gate asks which', async () => {
  const at = (minutes: number) => {
    const local = new Date(Date.now() + minutes * 60_000);
    return `${new Date(local.getTime() - local.getTimezoneOffset() * 60_000).toISOString().slice(0, 23)}${offset(local)}`;
  };
  for (const zh of ['安全演练', '班前会']) {
    await kiosk.asStaff('activities.save', {
      gestureId: zh,
      activity: {
        title: { en: `Activity ${zh}`, zh },
        place: { en: 'Hall 2', zh: '二号厂房' },
        schedule: { kind: 'once', startsAt: at(-10), endsAt: at(50), opensMinutesBefore: 30 },
        posts: [],
        // People of the sample come to a real activity only where it names them.
        expectedIds: ['sample-liu-yang'],
      },
    });
  }
  const page = await openGate();
  await page.locator('.sign-in').tap();
  await page.locator('.activities').waitFor();
  await expectSound(page);
  await page.locator('.card', { hasText: '班前会' }).tap();
  await touchName(page, 'LY', '刘洋');
  await page.locator('.greeting h1', { hasText: '刘洋' }).waitFor();
  await expectSound(page);
});

test('with no activity open the wall stays and the gate says so', async () => {
  await kiosk.asStaff('sample.remove', { gestureId: 'r' });
  const page = await openGate();
  await page.getByRole('heading', { name: '当前没有开放的活动' }).waitFor();
  expect(await page.locator('.sign-in').count()).toBe(0);
  await expectSound(page);
});

function offset(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const two = (number: number) => String(number).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

test('a double tap on a name chooses no post: what slides under the finger is not touched', async () => {
  const page = await openGate();
  await touchSignIn(page);
  const card = (await page.locator('.person', { hasText: '吴刚' }).boundingBox())!;
  const [x, y] = [card.x + card.width / 2, card.y + card.height / 2];
  for (let tap = 0; tap < 3; tap++) await page.touchscreen.tap(x, y);
  await page.locator('.posts').waitFor();
  expect(await page.locator('.posts .post').count()).toBe(5);
  expect(await visitsOf()).toHaveLength(0);
});

test('the reason for a full post is kept in both languages, also when the post was chosen first', async () => {
  await fillPost('spraying', ['wang-jianguo', 'li-minglang', 'zhao-zhiqiang']);
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.foot .post').tap();
  await read(page);
  await page.locator('.post.full').tap();
  await read(page);
  await page.locator('.choice').nth(1).tap();
  await read(page);
  await touchName(page, 'LY', '刘洋');
  await page.locator('.greeting').waitFor();
  expect((await visitsOf()).at(-1)).toMatchObject({
    overLimit: true,
    reason: '我有这项技能 / I have the skill for it',
  });
});

test('a page of posts stays under the finger while others sign in, and long names stay in their cards', async () => {
  const long = '电气装配与调试（含控制柜接线、整机通电试验和出厂检验）联合岗位';
  await kiosk.asStaff('sample.remove', { gestureId: 'r' });
  const { personId } = await kiosk.asStaff('people.save', { gestureId: 'p', person: { name: '李明朗' } });
  const { activityId } = await kiosk.asStaff('activities.save', {
    gestureId: 'a',
    activity: {
      title: { en: 'Training', zh: '培训' },
      place: { en: 'Hall 2', zh: '二号厂房' },
      schedule: { kind: 'daily', start: '00:00', end: '23:59' },
      posts: Array.from({ length: 7 }, (_, index) => ({
        name: { en: `Electrical assembly and commissioning ${index}`, zh: `${long}${index}` },
        leaderId: personId,
        wanted: index,
        limit: 1,
      })),
    },
  });
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.foot .post').tap();
  await page.locator('.posts .post').nth(4).waitFor();
  await expectSound(page);
  await page.locator('.pager button').last().tap();
  await expect.poll(() => page.locator('.posts .post').count()).toBe(2);
  await kiosk.asStaff('attendance.signIn', { gestureId: 's', activityId, personId });
  await page.locator('.total', { hasText: '1' }).waitFor();
  expect(await page.locator('.posts .post').count()).toBe(2);
});

test('"everybody is here" waits for every post, however many crowd at one', async () => {
  const { posts } = (await kiosk.asStaff('activities.list', {})).activities[0]!;
  const { people } = await kiosk.asStaff('people.find', { query: '' });
  for (const { personId } of people.slice(0, 17)) {
    await kiosk.asStaff('attendance.signIn', {
      gestureId: personId,
      activityId: EVENING,
      personId,
      postId: posts[0]!.postId,
    });
  }
  const page = await openGate();
  await touchSignIn(page);
  await page.locator('.person:not(.here)').tap();
  await touchPost(page, '桁架');
  await page.locator('.greeting dd', { hasText: '18 / 18' }).waitFor();
  expect(await page.locator('.greeting .full').count()).toBe(0);
});

test('a language chosen on the idle wall is not left for everybody', async () => {
  const page = await openGateWithClock();
  await page.getByRole('button', { name: 'English' }).tap();
  await page.locator('.sign-in .own', { hasText: 'Sign in' }).waitFor();
  await page.clock.runFor(31_000);
  await page.locator('.sign-in .own', { hasText: '签到' }).waitFor();
});

async function fillPost(postId: string, people: string[]): Promise<void> {
  for (const person of people) {
    await signInElsewhere(person, postId);
  }
}
