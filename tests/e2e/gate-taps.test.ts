import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../src/domain/person.ts';
import { inventedPeople } from '../bench/finder-people.ts';
import { launchBrowser } from '../support/browser.ts';
import { EVENING, openSampleKiosk, type SampleKiosk } from '../support/sample-kiosk.ts';
import { fewestLetters } from './fewest-letters.ts';
import { fingerOn, type Finger } from './finger.ts';
import { openScreen, read } from './gate-page.ts';

const POSTS = ['下料', '焊接', '桁架', '喷塑', '电气装配'].map((zh, index) => ({
  postId: `post-${index}`,
  name: { en: `Post ${index}`, zh },
  wanted: 100,
}));
const POST = POSTS[1]!;

/** What a guest touches in: syllables, and the character of each. */
const NAME = [
  ['wang', '王'],
  ['jian', '建'],
  ['guo', '国'],
] as const;
const ORGANISATION = [
  ['dian', '电'],
  ['ti', '梯'],
] as const;

/** How many letters the person in the middle needs and the one who needs most, and to whom the goal of two is not enough. */
const EXPECTED = [
  { expected: 18, letters: { middle: 0, most: 0 }, beyondTwo: [] },
  { expected: 60, letters: { middle: 1, most: 1 }, beyondTwo: [] },
  { expected: 400, letters: { middle: 1, most: 2 }, beyondTwo: [] },
];

let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());

describe.each(EXPECTED)('with $expected expected people', ({ expected, letters, beyondTwo }) => {
  let kiosk: SampleKiosk;
  let people: Person[];
  let activityId: string;
  let page: Page;
  let context: BrowserContext;
  let finger: Finger;

  beforeAll(async () => {
    kiosk = await openSampleKiosk();
    people = await rosterOf(kiosk, expected);
    activityId = await saveEvening();
    ({ page, context } = await openScreen(browser, kiosk, { size: 'landscape', language: 'zh' }));
    await countTouches(page);
    finger = fingerOn(page);
  });
  afterAll(async () => {
    await context.close();
    await kiosk.close();
  });

  /** The evening takes place now, whatever the time; some were told where to go. */
  async function saveEvening(assigned: readonly Person[] = []): Promise<string> {
    const saved = await kiosk.asStaff('activities.save', {
      gestureId: randomUUID(),
      activity: {
        ...(activityId !== undefined && { activityId }),
        title: { en: 'Evening', zh: '晚间活动' },
        place: { en: 'Gate', zh: '大门' },
        schedule: { kind: 'once', startsAt: inHours(-1), endsAt: inHours(3), opensMinutesBefore: 0 },
        posts: POSTS,
        expectedIds: people.map(({ personId }) => personId),
        assignments: Object.fromEntries(assigned.map(({ personId }) => [personId, POST.postId])),
      },
    });
    return saved.activityId;
  }

  /** Lets somebody be at the post at an evening of the day before. */
  async function attendBefore({ personId }: Person): Promise<void> {
    const before = await kiosk.asStaff('activities.save', {
      gestureId: randomUUID(),
      activity: {
        title: { en: 'The day before', zh: '前一天' },
        place: { en: 'Gate', zh: '大门' },
        schedule: { kind: 'once', startsAt: inHours(-25), endsAt: inHours(-23), opensMinutesBefore: 0 },
        posts: POSTS,
      },
    });
    const reason = 'paper';
    const { visitId } = await kiosk.asStaff('attendance.add', {
      gestureId: randomUUID(),
      activityId: before.activityId,
      personId,
      postId: POST.postId,
      at: inHours(-24.5),
      reason,
    });
    await kiosk.asStaff('signOuts.correct', {
      gestureId: randomUUID(),
      visitId,
      at: inHours(-23.5),
      reason,
    });
  }

  /**
   * How many touches `act` takes from the idle wall until the greeting, with the sign-in on the disk. It is undone
   * afterwards, and the wall is back.
   */
  async function touchesOf(name: string, act: () => Promise<void>): Promise<number> {
    const before = finger.touches();
    await act();
    await page.locator('.greeting').getByRole('heading', { name, exact: true }).waitFor();
    const touches = finger.touches() - before;
    await finger.touch(page.locator('.next'), page.locator('.idle'));
    const { visits } = await kiosk.asStaff('attendance.list', { activityId });
    const standing = visits.filter(({ undoneAt }) => !undoneAt);
    expect(standing).toMatchObject([{ name, postId: POST.postId }]);
    await kiosk.asStaff('attendance.undo', { gestureId: randomUUID(), visitId: standing[0]!.visitId });
    expect(await touchesSeenBy(page)).toBe(finger.touches());
    return touches;
  }

  const greeting = () => page.locator('.greeting');
  const posts = () => page.locator('.posts');
  const touchPost = () => finger.touch(posts().locator('.post', { hasText: POST.name.zh }), greeting());
  const toFinder = () => finger.touch(page.locator('.sign-in'), page.locator('.finder .person').first());

  /** From the wall to the name, by letters where its card is not on the first page. */
  async function touchName({ name }: Person, typed: string, leadsTo: Locator): Promise<void> {
    const card = page.locator('.person', { has: page.getByText(name, { exact: true }) });
    await toFinder();
    for (const [at, letter] of [...typed.toUpperCase()].entries()) {
      expect(await card.count(), `${name} after ${at} letters`).toBe(0);
      const marked = page.locator('.person mark', { hasText: new RegExp(`^.{${at + 1}}$`) });
      await finger.touch(
        page.locator('.pad').getByRole('button', { name: letter, exact: true }),
        marked.first(),
      );
    }
    await finger.touch(card, leadsTo);
  }

  test('nobody who is found by name touches more than twice, once more to choose the post, and the letters', async () => {
    await toFinder();
    await read(page);
    const onAPage = await page.locator('.finder .person').count();
    await finger.touch(page.locator('.finder .foot button').first(), page.locator('.idle'));
    const typed = fewestLetters(people, onAPage);
    const lettersOf = ({ personId }: Person) => typed.get(personId)?.length ?? Infinity;
    const sorted = people.toSorted((a, b) => lettersOf(a) - lettersOf(b));
    const [middle, most] = [sorted[Math.floor(people.length / 2)]!, sorted.at(-1)!];
    expect({ middle: lettersOf(middle), most: lettersOf(most) }).toEqual(letters);
    expect(sorted.filter((one) => lettersOf(one) > 2).map(({ name }) => name)).toEqual(beyondTwo);

    for (const person of [middle, most]) {
      const byName = (leadsTo: Locator) => touchName(person, typed.get(person.personId)!, leadsTo);
      const toChoose = await touchesOf(person.name, async () => {
        await byName(posts());
        await touchPost();
      });
      await attendBefore(person);
      const remembered = await touchesOf(person.name, () => byName(greeting()));
      await saveEvening([person]);
      const assigned = await touchesOf(person.name, () => byName(greeting()));
      const typing = lettersOf(person);
      expect({ toChoose, remembered, assigned }).toEqual({
        toChoose: 3 + typing,
        remembered: 2 + typing,
        assigned: 2 + typing,
      });
    }
  });

  test('with a badge nobody touches anything, but the post where it is to choose', async () => {
    const [told, free] = people as [Person, Person];
    await saveEvening([told]);
    for (const { personId } of [told, free])
      await kiosk.asStaff('badges.link', { gestureId: randomUUID(), personId, badge: `BADGE-${personId}` });
    const assigned = await touchesOf(told.name, () => finger.badge(`BADGE-${told.personId}`, greeting()));
    const toChoose = await touchesOf(free.name, async () => {
      await finger.badge(`BADGE-${free.personId}`, posts());
      await touchPost();
    });
    expect({ assigned, toChoose }).toEqual({ assigned: 0, toChoose: 1 });
  });

  test('a guest touches four times, beside the keys of the name and of the organisation', async () => {
    const keys = { name: 0, organisation: 0 };
    const touches = await touchesOf('王建国', async () => {
      await toFinder();
      await finger.touch(page.locator('.as-guest'), page.locator('.guest'));
      const atName = finger.touches();
      await touchSyllables(NAME);
      const atOrganisation = finger.touches();
      await finger.touch(page.locator('.guest input').nth(1), page.locator('.field + .field.active'));
      await touchSyllables(ORGANISATION);
      keys.name = atOrganisation - atName;
      keys.organisation = finger.touches() - atOrganisation;
      await finger.touch(page.locator('.guest .go'), posts());
      await touchPost();
    });
    const { guests } = await kiosk.asStaff('guests.list', { activityId });
    expect(guests).toMatchObject([{ name: '王建国', organisation: '电梯' }]);
    expect({ touches: touches - keys.name - keys.organisation, keys }).toEqual({
      touches: 4,
      // Eleven letters and three characters; the field, six letters and two characters.
      keys: { name: 14, organisation: 9 },
    });
  });

  async function touchSyllables(syllables: typeof NAME | typeof ORGANISATION): Promise<void> {
    for (const [syllable, character] of syllables) {
      for (const [at, letter] of [...syllable].entries()) {
        const key = page.locator('.keyboard .key', { hasText: new RegExp(`^\\s*${letter}\\s*$`, 'i') });
        await finger.touch(
          key,
          page.locator('.syllable').getByText(syllable.slice(0, at + 1), { exact: true }),
        );
      }
      await finger.touch(
        page.locator('.candidate', { hasText: character }).first(),
        page.locator('.field.active:not(:has(.syllable))'),
      );
    }
  }
});

/** Whom the evening expects: the eighteen of the sample, or as many invented people. */
async function rosterOf({ asStaff }: SampleKiosk, expected: number): Promise<Person[]> {
  await asStaff('activities.remove', { gestureId: randomUUID(), activityId: EVENING });
  const isSample = expected === 18;
  if (!isSample) {
    const rows = inventedPeople(expected).map(({ name, staffNo, team }) => ({ name, staffNo, team }));
    await asStaff('people.import', { gestureId: randomUUID(), rows });
  }
  const { people } = await asStaff('people.list', { limit: 500 });
  return people.filter(({ sample = false }) => sample === isSample);
}

/** That many hours from now. */
function inHours(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString().replace('Z', '+00:00');
}

/** The page itself counts as well: a touch beside the counting finger would show. */
async function countTouches(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = { touches: 0 };
    Object.assign(window, { seen });
    addEventListener('touchstart', () => seen.touches++, { capture: true });
  });
}

function touchesSeenBy(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { seen: { touches: number } }).seen.touches);
}
