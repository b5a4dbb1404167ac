import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { leadersFolder } from '../../src/access/leader-pins.ts';
import type { CallInput } from '../../src/api/contract.ts';
import { isoFromEpoch } from '../../src/domain/time.ts';
import { launchBrowser, WITH_CAMERA } from '../support/browser.ts';
import { setCheapPin } from '../support/cheap-pin.ts';
import { EVENING, openSampleKiosk, type SampleKiosk } from '../support/sample-kiosk.ts';
import { failing, WatchedFileSystem } from '../support/watched-file-system.ts';
import { readBadge } from './badge-reader.ts';
import {
  expectSound,
  openScreen,
  touchKeys,
  touchName,
  touchSignIn,
  typeOnPad,
  writeSignature,
  type Look,
} from './gate-page.ts';
import { openOffice, PIN } from './office-page.ts';

/** Where `MUSTER_SHOTS` says, a picture of every page is kept, to be looked at. */
const SHOTS = process.env['MUSTER_SHOTS'];

const LEADER = 'sample-li-minglang';
const NOTICE = {
  zh: '本机保存您的姓名、签到和签退时间，只用于统计志愿服务时长，一年后删除。',
  en: 'This kiosk keeps your name and the times you come and go, to count volunteer hours only, for one year.',
};

/** Who is there before the walk begins: two posts are full, one for good. */
const PRESENT = {
  blanking: ['wang-jianguo', 'cheng-jianjun', 'wu-gang', 'he-yong'],
  spraying: ['sun-lihua', 'zhou-min', 'cui-jiayi'],
  electrical: ['chen-wei', 'zheng-jie'],
  welding: ['feng-tao'],
  truss: ['cai-jun'],
};

/** When the evening began: once for all who ask, so that it stays on its day. */
const BEGAN = minutesFromNow(-100);

const LOOKS: Look[] = [
  { size: 'landscape', language: 'zh' },
  { size: 'landscape', language: 'en' },
  { size: 'portrait', language: 'zh' },
  { size: 'portrait', language: 'en' },
];
/** More to be looked at; what they could break, other tests measure. */
const MORE_LOOKS: Look[] = [
  { size: 'small', language: 'en' },
  { size: 'large', language: 'zh' },
  { size: 'landscape', language: 'zh', theme: 'calm' },
  { size: 'portrait', language: 'en', theme: 'calm' },
];

/** One person after the other at one screen. */
interface Walk {
  look: Look;
  kiosk: SampleKiosk;
  disk: WatchedFileSystem;
  page: Page;
  /** When the page was last touched or turned by itself: a touch soon after it counts as a double tap. */
  turnedAt: number;
  /** Since when the page's own clock stands, by that clock. */
  heldAt: number | undefined;
}

// At the same time: a walk waits more than it works.
describe.concurrent.each([...LOOKS, ...(SHOTS === undefined ? [] : MORE_LOOKS)])(
  'at $size in $language',
  (look) => {
    test('every page of the gate can be read, touched and left', async ({ onTestFinished }) => {
      const disk = new WatchedFileSystem();
      const kiosk = await openSampleKiosk(undefined, { fs: disk });
      onTestFinished(() => kiosk.close());
      await prepareEvening(kiosk);
      const browser = await launchBrowser(WITH_CAMERA);
      onTestFinished(() => browser.close());
      const { page, context } = await openScreen(browser, kiosk, look);
      await page.clock.install();
      await page.reload();
      await page.locator('.sign-in').waitFor();
      const walk: Walk = { look, kiosk, disk, page, turnedAt: 0, heldAt: undefined };

      await lookAt(walk, 'idle');
      await chooseActivity(walk);
      await findOneself(walk);
      await chooseFullPosts(walk);
      await comeASecondTime(walk);
      await comeBackAndGoThroughEvidence(walk);
      await showUnknownBadge(walk);
      await signInAsGuest(walk);
      await callTheRoll(walk);
      await beTurnedAway(walk);
      await findNothingSaved(walk);
      await context.close();

      const office = await openOffice(browser, kiosk, 'settings', look);
      await office.page.locator('.start-wipe').click();
      await office.page.locator('.wipe').waitFor();
      await lookAt({ ...walk, page: office.page }, 'wiped');
    }, 300_000);
  },
);

/** With two activities open the gate asks which; where there are real ones, the sample steps back. */
async function chooseActivity(walk: Walk): Promise<void> {
  const { page, kiosk } = walk;
  const ids: string[] = [];
  for (const [en, zh] of [
    ['Safety drill', '安全演练'],
    ['Training: reading welding drawings', '焊接图纸识读培训'],
  ] as const) {
    const schedule = { kind: 'once', startsAt: minutesFromNow(-30), endsAt: minutesFromNow(90) } as const;
    const place = { en: 'Hall 2', zh: '二号厂房' };
    const activity = { title: { en, zh }, place, schedule, posts: [] };
    const saved = await hearing(page, () =>
      kiosk.asStaff('activities.save', { gestureId: crypto.randomUUID(), activity }),
    );
    ids.push(saved.activityId);
  }
  await tap(walk, '.sign-in');
  await page.locator('.activities .card').nth(1).waitFor();
  await lookAt(walk, 'activities');
  await page.keyboard.press('Escape');
  for (const activityId of ids) {
    const gestureId = crypto.randomUUID();
    await hearing(page, () => kiosk.asStaff('activities.remove', { gestureId, activityId }));
  }
}

async function findOneself(walk: Walk): Promise<void> {
  const { page, kiosk } = walk;
  await touchSignIn(page);
  await page.locator('.person').nth(11).waitFor();
  await lookAt(walk, 'finder');
  await typeOnPad(page, 'VV');
  await page.locator('.nobody').waitFor();
  await lookAt(walk, 'finder-nobody');
  for (let letter = 0; letter < 2; letter++) await tap(walk, page.locator('.pad .wide').last());
  await typeOnPad(page, 'CJ');
  await page.locator('.person.roomy').nth(4).waitFor();
  await lookAt(walk, 'finder-hits');
  await tap(walk, page.locator('.pad .wide').first());
  await lookAt(walk, 'finder-digits');
  await tap(walk, '.filter');
  await page.locator('.sheet').waitFor();
  await lookAt(walk, 'filter');
  // The sheet closes first, then the sign-in.
  await page.keyboard.press('Escape');
  await page.locator('.sheet').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');

  await hearing(page, () => setNames(kiosk, 'surname'));
  await touchSignIn(page);
  await page.locator('.person', { hasText: '陈**' }).first().waitFor();
  await lookAt(walk, 'finder-masked');
  await setNames(kiosk, 'none');
  await page.locator('.nobody').waitFor();
  await lookAt(walk, 'finder-hidden');
  await page.keyboard.press('Escape');
  await hearing(page, () => setNames(kiosk, 'full'));
}

/** A soft limit asks why; a hard one says no, on the card and, where it was reached meanwhile, afterwards. */
async function chooseFullPosts(walk: Walk): Promise<void> {
  const { page, kiosk } = walk;
  await touchSignIn(page);
  await touchName(page, 'CJ', '陈杰', '017');
  await page.locator('.posts .post:disabled').waitFor();
  await page.locator('.posts .post.full').nth(1).waitFor();
  await lookAt(walk, 'posts');
  await tap(walk, '.posts .post.full:enabled');
  await page.locator('.reason').waitFor();
  await lookAt(walk, 'reason');
  await tap(walk, '.reason .back');
  await page.locator('.posts').waitFor();
  await before(walk, 'attendance.signIn', () => signIn(kiosk, 'chen-jie-2', 'electrical'));
  await tap(walk, page.locator('.posts .post').nth(4));
  await page.locator('.refused').waitFor();
  await lookAt(walk, 'refused-post-full');
  await tap(walk, '.other-post');
  await page.locator('.posts').waitFor();
  await page.keyboard.press('Escape');
}

async function comeASecondTime(walk: Walk): Promise<void> {
  const { page, kiosk } = walk;
  await signIn(kiosk, 'shan-xiaoyu', 'truss');
  await comeAs(walk, 'SXY', '单晓雨');
  await page.locator('.already').waitFor();
  await lookAt(walk, 'already');
  await tap(walk, '.already .change-post');
  await page.locator('.posts .post:disabled').nth(1).waitFor();
  await lookAt(walk, 'change-post');
  await hold(walk);
  await tap(walk, page.locator('.posts .post').nth(1));
  await page.locator('.notice').waitFor();
  await lookAt(walk, 'notice-moved');
  await goesAfter(walk, 5, '.notice', '.idle');
  await comeAs(walk, 'SXY', '单晓雨');
  await tap(walk, '.already .sign-out');
  await page.locator('.sure').waitFor();
  await lookAt(walk, 'sure');
  await page.keyboard.press('Escape');

  // Who came long ago is not asked twice.
  const times = { activityId: EVENING, personId: 'sample-cao-jing', at: minutesFromNow(-95) };
  await kiosk.asStaff('attendance.add', { gestureId: 'cao', ...times, postId: 'truss', reason: 'was there' });
  await comeAs(walk, 'CJ', '曹景');
  await hold(walk);
  await tap(walk, '.already .stay');
  await page.locator('.notice').waitFor();
  await lookAt(walk, 'notice-staying');
  await tap(walk, '.notice');
  await release(walk);
  await comeAs(walk, 'CJ', '曹景');
  await page.locator('.already .stay:disabled').waitFor();
  await lookAt(walk, 'already-stays');
  await hold(walk);
  await tap(walk, '.already .sign-out');
  await page.locator('.signed-out').waitFor();
  await lookAt(walk, 'signed-out');
  await hold(walk);
  await tap(walk, '.signed-out .undo');
  await page.locator('.notice').waitFor();
  await lookAt(walk, 'notice-back-in');
  await goesAfter(walk, 5, '.notice', '.idle');
  await comeAs(walk, 'CJ', '曹景');
  await hold(walk);
  await tap(walk, '.already .sign-out');
  await page.locator('.signed-out').waitFor();
  await goesAfter(walk, 8, '.signed-out', '.idle');
  await comeAs(walk, 'CJ', '曹景');
  await page.locator('.left').waitFor();
  await lookAt(walk, 'left');
  await page.keyboard.press('Escape');
}

/** Hours of an earlier visit, a slow disk, the greeting, signature and photo, and the wall with the brick. */
async function comeBackAndGoThroughEvidence(walk: Walk): Promise<void> {
  const { page } = walk;
  await comeAs(walk, 'LY', '刘洋');
  await page.locator('.left .again').waitFor();
  await tap(walk, '.left .again');
  await page.locator('.posts .post').nth(2).waitFor();
  const saved = Promise.withResolvers<void>();
  await before(walk, 'attendance.signIn', () => saved.promise);
  await tap(walk, page.locator('.posts .post').nth(2));
  await page.locator('.saving').waitFor();
  await page.clock.runFor(6000);
  await lookAt(walk, 'saving');
  await hold(walk);
  saved.resolve();
  await page.locator('.greeting .so-far').waitFor();
  await lookAt(walk, 'greeting');
  await goesAfter(walk, 5, '.greeting', '.signature');

  await page.clock.runFor(20_500);
  await page.locator('.countdown').waitFor();
  await lookAt(walk, 'countdown');
  await tap(walk, '.countdown .main');
  await writeSignature(page);
  await lookAt(walk, 'signature');
  await page.route('**/api/evidence.add', (route) => route.abort());
  await hold(walk);
  await tap(walk, '.signature .done');
  await page.locator('.not-kept').waitFor();
  await page.unroute('**/api/evidence.add');
  await lookAt(walk, 'not-kept');
  await goesAfter(walk, 6, '.not-kept', '.camera');

  await lookAt(walk, 'camera');
  await tap(walk, '.camera .go');
  await page.locator('.camera .seconds').waitFor();
  await lookAt(walk, 'camera-live');
  await page.clock.runFor(3000);
  await page.locator('.camera .retake').waitFor();
  await lookAt(walk, 'camera-taken');
  await tap(walk, '.camera .go');
  await page.locator('.tile .brick').first().waitFor();
  await lookAt(walk, 'idle-brick');
}

async function showUnknownBadge(walk: Walk): Promise<void> {
  const { page } = walk;
  await readBadge(page, 'Z9090909');
  await page.locator('.unknown-badge .link').waitFor();
  await lookAt(walk, 'unknown-badge');
  await tap(walk, '.unknown-badge .link');
  await page.locator('.staff-page').waitFor();
  await typePin(walk, '666666');
  await page.locator('.trouble', { hasText: /./ }).waitFor();
  await lookAt(walk, 'staff-wrong-pin');
  await typePin(walk, PIN);
  await page.locator('.finder').waitFor();
  await page.locator('.person').first().waitFor();
  await lookAt(walk, 'whose-badge');
  await touchName(page, 'ZZQ', '赵志强');
  await page.locator('.linked').waitFor();
  await lookAt(walk, 'linked');
  await page.keyboard.press('Escape');
}

async function signInAsGuest(walk: Walk): Promise<void> {
  const { page } = walk;
  await touchSignIn(page);
  await tap(walk, '.notice-line');
  await page.locator('dialog .text').waitFor();
  await lookAt(walk, 'privacy');
  await tap(walk, 'dialog button');
  await tap(walk, '.as-guest');
  await page.locator('.guest').waitFor();
  await lookAt(walk, 'guest');
  await tap(walk, '.guest .go');
  await page.getByRole('alert').waitFor();
  await lookAt(walk, 'guest-no-name');
  if (walk.look.language === 'en') await tap(walk, page.locator('.keyboard .mode').first());
  await touchKeys(page, 'wang');
  await page.locator('.candidate').first().waitFor();
  await lookAt(walk, 'guest-candidates');
  await tap(walk, page.locator('.candidate').first());
  await tap(walk, '.guest .go');
  await page.locator('.posts .post').nth(2).waitFor();
  await hold(walk);
  await tap(walk, page.locator('.posts .post').nth(2));
  await page.locator('.greeting').waitFor();
  await hold(walk);
  await tap(walk, '.greeting .undo');
  await page.locator('.gate .message').waitFor();
  await lookAt(walk, 'undone');
  await goesAfter(walk, 3, '.message', '.idle');
}

async function callTheRoll(walk: Walk): Promise<void> {
  const { page, kiosk } = walk;
  await touchSignIn(page);
  await tap(walk, '.finder .foot .post');
  await page.locator('.posts .post').nth(4).waitFor();
  await lookAt(walk, 'post-first');
  await tap(walk, '.to-roll-call');
  await page.locator('.who .leader').nth(4).waitFor();
  await lookAt(walk, 'roll-who');
  await tap(walk, page.locator('.leader', { hasText: '李明朗' }));
  await typePin(walk, '314159');
  await page.locator('.trouble', { hasText: /./ }).waitFor();
  await lookAt(walk, 'roll-pin');
  await typePin(walk, PIN);
  await page.locator('.call .all-here').waitFor();
  await lookAt(walk, 'roll-call');
  await tap(walk, page.locator('.call .person:enabled').nth(0));
  await tap(walk, page.locator('.call .person:enabled').nth(1));
  await lookAt(walk, 'roll-ticked');
  await tap(walk, '.excuse');
  await page.locator('.leave .choice').nth(3).waitFor();
  await lookAt(walk, 'roll-leave');
  await tap(walk, page.locator('.leave .choice').first());
  await page.locator('.noted').waitFor();
  await lookAt(walk, 'roll-noted');
  await tap(walk, '.noted .undo');
  await page.locator('.noted .undo').waitFor({ state: 'detached' });
  await lookAt(walk, 'roll-withdrawn');
  await tap(walk, '.noted .more');
  await page.locator('.call .person:enabled').nth(1).waitFor();
  await tap(walk, page.locator('.call .person:enabled').nth(0));
  await tap(walk, page.locator('.call .person:enabled').nth(1));
  // One of the two goes elsewhere in the same moment.
  const other = (await page.locator('.call .ticked .name').nth(1).textContent())!.trim();
  await before(walk, 'rollCall.call', async () => {
    const { people } = await kiosk.asStaff('people.find', { query: other, activityId: EVENING });
    const coming = people.find(({ visit }) => !visit)!;
    await kiosk.asStaff('attendance.signIn', {
      gestureId: 'elsewhere',
      activityId: EVENING,
      personId: coming.personId,
      postId: 'truss',
    });
  });
  await tap(walk, '.sign-in-ticked');
  await page.locator('.left-out').waitFor();
  await lookAt(walk, 'roll-result');
  await tap(walk, page.locator('.called').first());
  await page.locator('.called.undone').waitFor();
  await lookAt(walk, 'roll-undone');
  await tap(walk, '.more');
  await page.locator('.everybody-out').waitFor();
  await tap(walk, '.everybody-out');
  await page.locator('.sign-out-all').waitFor();
  await lookAt(walk, 'roll-out');
  await tap(walk, '.sign-out-all');
  await page.locator('.out-done').waitFor();
  await lookAt(walk, 'roll-out-done');
  await tap(walk, '.out-done .done');
  await page.locator('.idle').waitFor();
}

/** Not on the list, too early, nothing at all. */
async function beTurnedAway(walk: Walk): Promise<void> {
  const { page, kiosk } = walk;
  await hearing(page, () => saveEvening(kiosk, { eligible: { categoryIds: ['activist'] } }));
  await comeAs(walk, 'CJ', '017');
  await page.locator('.posts .post').nth(2).waitFor();
  await tap(walk, page.locator('.posts .post').nth(2));
  await page.locator('.refused').waitFor();
  await lookAt(walk, 'refused-not-eligible');
  await page.keyboard.press('Escape');

  // An evening that people came to is not moved to another day, which may begin before it opens.
  await hearing(page, () => voidAll(kiosk));
  await hearing(page, () => saveEvening(kiosk, {}));
  await comeAs(walk, 'CJ', '017');
  await page.locator('.posts .post').nth(2).waitFor();
  await before(walk, 'attendance.signIn', () =>
    saveEvening(kiosk, {
      schedule: {
        kind: 'once',
        startsAt: minutesFromNow(95),
        endsAt: minutesFromNow(215),
        opensMinutesBefore: 30,
      },
    }),
  );
  await tap(walk, page.locator('.posts .post').nth(2));
  await page.locator('.refused .remaining').waitFor();
  await lookAt(walk, 'refused-not-open');
  await page.keyboard.press('Escape');
  await page.locator('.opening').waitFor();
  await lookAt(walk, 'idle-opening');
  await hold(walk);
  await readBadge(page, 'A1029384');
  await page.locator('.notice').waitFor();
  await lookAt(walk, 'notice-nothing-open');
  await goesAfter(walk, 5, '.notice', '.idle');
  await kiosk.asStaff('sample.remove', { gestureId: 'gone' });
  await page.locator('.opening').waitFor({ state: 'detached' });
  await page.locator('.band', { hasText: '集结' }).waitFor();
  await lookAt(walk, 'idle-nothing');
}

/** The kiosk does not answer; then the disk takes nothing. */
async function findNothingSaved(walk: Walk): Promise<void> {
  const { page, kiosk, disk } = walk;
  await kiosk.asStaff('people.save', { gestureId: 'person', person: { name: '刘洋' } });
  await kiosk.asStaff('activities.save', {
    gestureId: 'again',
    activity: {
      title: { en: 'Shift meeting', zh: '班前会' },
      place: { en: 'Hall 2', zh: '二号厂房' },
      schedule: { kind: 'daily', start: '18:00', end: '20:00' },
      posts: [],
    },
  });
  await page.route('**/api/attendance.signIn', (route) => route.abort());
  await comeAs(walk, 'LY', '刘洋');
  await page.locator('.message .main').waitFor({ timeout: 60_000 });
  await lookAt(walk, 'trouble');
  await page.keyboard.press('Escape');
  await page.unroute('**/api/attendance.signIn');

  disk.before = failing('write journal', Infinity, 'ENOSPC');
  await comeAs(walk, 'LY', '刘洋');
  await page.locator('.message .main').waitFor();
  await lookAt(walk, 'cannot-save');
  await page.keyboard.press('Escape');
  disk.before = failing('datasync', Infinity);
  await comeAs(walk, 'LY', '刘洋');
  await page.locator('.message .main').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.idle .cannot-save').waitFor();
  await lookAt(walk, 'idle-cannot-save');
  disk.before = () => undefined;
}

/** Is every target and every text where a hand and an eye find it? A clock that stands goes on by as little as axe needs. */
async function lookAt({ page, look, heldAt }: Walk, name: string): Promise<void> {
  let looking = true;
  const done = expectSound(page)
    .catch((error: unknown) => {
      throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
    })
    .finally(() => (looking = false));
  while (heldAt !== undefined && looking) await page.clock.runFor(10);
  await done;
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  const theme = look.theme ? `-${look.theme}` : '';
  await page.screenshot({ path: join(SHOTS, `${name}-${look.size}-${look.language}${theme}.png`) });
}

/** A finger that has read the page: a quicker touch at the same place would count as a double tap. */
async function tap(walk: Walk, target: string | Locator): Promise<void> {
  const rest = walk.turnedAt + 700 - Date.now();
  if (rest > 0) await walk.page.waitForTimeout(rest);
  await (typeof target === 'string' ? walk.page.locator(target) : target).tap();
  walk.turnedAt = Date.now();
}

/** The page's clock stands from now on: what goes by itself stays. */
async function hold(walk: Walk): Promise<void> {
  const { page, heldAt } = walk;
  const now = await page.evaluate(() => Date.now());
  walk.heldAt = heldAt === undefined ? now + 3000 : now;
  if (heldAt === undefined) await page.clock.pauseAt(walk.heldAt);
}

async function release(walk: Walk): Promise<void> {
  walk.heldAt = undefined;
  await walk.page.clock.resume();
}

/** What stands here since the clock does goes by itself after so many seconds, and not before. */
async function goesAfter(walk: Walk, seconds: number, selector: string, next: string): Promise<void> {
  const { page, heldAt } = walk;
  const until = heldAt! + seconds * 1000;
  const forward = async (to: number) => page.clock.runFor(to - (await page.evaluate(() => Date.now())));
  await forward(until - 100);
  expect(await page.locator(selector).count()).toBe(1);
  await forward(until + 100);
  await page.locator(next).waitFor();
  await release(walk);
  walk.turnedAt = Date.now();
}

/** From the wall to the name that was touched. */
async function comeAs(walk: Walk, initials: string, name: string): Promise<void> {
  const { page } = walk;
  await page.locator('.idle').waitFor();
  await tap(walk, '.sign-in');
  await page.locator('.finder').waitFor();
  await typeOnPad(page, initials);
  await tap(walk, page.locator('.person', { hasText: name }));
}

async function typePin(walk: Walk, pin: string): Promise<void> {
  // After a wrong one the pad takes none for a second.
  await walk.page.locator('.trouble', { hasText: /\d+ (s\b|秒)/ }).waitFor({ state: 'detached' });
  for (const digit of pin) {
    await walk.page.locator('.keys button').getByText(digit, { exact: true }).tap();
  }
  await walk.page.locator('.keys .done').tap();
  walk.turnedAt = Date.now();
}

/** Does something of which the page hears. */
async function hearing<Done>(page: Page, happens: () => Promise<Done>): Promise<Done> {
  const hears = page.waitForResponse(/wall\.view/);
  const done = await happens();
  await hears;
  return done;
}

/** Lets something happen just before the kiosk hears of the next call of this kind. */
async function before({ page }: Walk, operation: string, happens: () => Promise<unknown>): Promise<void> {
  await page.route(
    `**/api/${operation}`,
    async (route) => {
      await happens();
      await route.continue();
    },
    { times: 1 },
  );
}

function minutesFromNow(minutes: number): string {
  return isoFromEpoch(Date.now() + minutes * 60_000, '+08:00');
}

function setNames(kiosk: SampleKiosk, names: 'full' | 'surname' | 'none') {
  return kiosk.asStaff('settings.save', { gestureId: crypto.randomUUID(), settings: { names } });
}

function signIn(kiosk: SampleKiosk, person: string, postId: string) {
  const gestureId = crypto.randomUUID();
  const personId = `sample-${person}`;
  return kiosk.asStaff('attendance.signIn', { gestureId, activityId: EVENING, personId, postId });
}

/** The sample's evening, with two posts that no word opens, asking for evidence; `rules` are further ones. */
async function saveEvening(
  kiosk: SampleKiosk,
  rules: Partial<CallInput<'activities.save'>['activity']>,
): Promise<void> {
  const { activity, expectedIds } = await kiosk.asStaff('activities.get', { activityId: EVENING });
  const { title, place, posts } = activity;
  await kiosk.asStaff('activities.save', {
    gestureId: crypto.randomUUID(),
    activity: {
      activityId: EVENING,
      title,
      place,
      schedule: eveningUntil(60),
      posts: posts.map(({ postId, name, leader, wanted }) => ({
        postId,
        name,
        leaderId: leader!.personId,
        wanted,
        limit: wanted,
        ...(['blanking', 'electrical'].includes(postId) && { hard: true as const }),
      })),
      ...(expectedIds && { expectedIds }),
      evidence: { signature: true, photo: true },
      ...rules,
    },
  });
}

/** Once, so that no midnight comes between an arrival and now, and on the day on which it began. */
function eveningUntil(minutes: number) {
  return { kind: 'once', startsAt: BEGAN, endsAt: minutesFromNow(minutes), opensMinutesBefore: 60 } as const;
}

async function voidAll(kiosk: SampleKiosk): Promise<void> {
  const { visits } = await kiosk.asStaff('attendance.list', { activityId: EVENING });
  for (const { visitId, undoneAt } of visits) {
    if (undoneAt === undefined)
      await kiosk.asStaff('attendance.void', { gestureId: visitId, visitId, reason: 'never there' });
  }
}

/** PINs, the notice, who is there already, and somebody who was there and left. */
async function prepareEvening(kiosk: SampleKiosk): Promise<void> {
  await setCheapPin(kiosk.folder, PIN);
  const folder = join(leadersFolder(kiosk.folder), LEADER);
  mkdirSync(folder, { recursive: true });
  await setCheapPin(folder, PIN);
  await kiosk.asStaff('settings.save', {
    gestureId: 'words',
    settings: { notice: { text: NOTICE }, whomToCall: { zh: '门卫 8010', en: 'the gatekeeper, 8010' } },
  });
  await saveEvening(kiosk, {});
  for (const [postId, people] of Object.entries(PRESENT)) {
    for (const person of people) await signIn(kiosk, person, postId);
  }
  const { visitId } = await kiosk.asStaff('attendance.add', {
    gestureId: 'earlier',
    activityId: EVENING,
    personId: 'sample-liu-yang',
    at: minutesFromNow(-95),
    reason: 'was there',
  });
  const left = { visitId, at: minutesFromNow(-5), reason: 'left then' };
  await kiosk.asStaff('signOuts.correct', { gestureId: 'left', ...left });
}
