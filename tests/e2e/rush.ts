import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { createNameFinder } from '../../src/roster/name-finder.ts';
import type { SampleKiosk } from '../support/sample-kiosk.ts';
import { inventedPeople } from '../bench/finder-people.ts';

/** Somebody in the queue, and what they do. */
interface Queuing {
  personId: string;
  name: string;
  staffNo: string;
  /** Three digits that tell them from whoever has the same name. */
  tail: string;
  isNamesake: boolean;
  /** The letters they type on the pad. */
  initials: string;
  by: 'badge' | 'name';
  /** Where they were told to go; null: they choose. */
  assigned: string | null;
  /** The post they want to end up at. */
  post: string;
  slip: 'none' | 'undoes' | 'wrong-post' | 'double-taps';
}

/** How the rush ended. */
export interface Rush {
  /** Who should be signed in, by post. */
  expected: Map<string, string[]>;
  /** What the machine took for each person, in milliseconds: from every touch or read to what it leads to, added up. */
  times: number[];
}

const POSTS = ['下料', '焊接', '桁架', '喷塑', '电气装配'] as const;
/** A finger as near and as soon as this is taken for a double tap; people take longer. In milliseconds and pixels. */
const SOON = 650;
const NEAR = 200;

/** Sets up an evening for `count` people; resolves with them in the order in which they queue. */
export async function prepareRush(
  { asStaff }: Pick<SampleKiosk, 'asStaff'>,
  count: number,
): Promise<{ activityId: string; queue: Queuing[] }> {
  await asStaff('sample.remove', { gestureId: randomUUID() });
  const invented = inventedPeople(count).map((person, at, all) =>
    // Every twentieth has the name of the one before.
    at % 20 === 19 ? { ...person, name: all[at - 1]!.name } : person,
  );
  const rows = invented.map(({ name, staffNo, team }) => ({ name, staffNo, team }));
  await asStaff('people.import', { gestureId: randomUUID(), rows });
  const { people } = await asStaff('people.list', { limit: 500 });
  const idOf = new Map(people.map(({ staffNo, personId }) => [staffNo, personId]));
  const names = createNameFinder(invented);
  const queue = invented.map(({ name, staffNo }, at): Queuing => {
    const post = POSTS[(at * 7) % POSTS.length]!;
    return {
      personId: idOf.get(staffNo)!,
      name,
      staffNo,
      tail: staffNo.slice(-3),
      isNamesake: names.isShared(name),
      initials: initialsOf(names, name),
      by: at % 6 === 2 ? 'badge' : 'name',
      assigned: at % 2 === 0 ? post : null,
      post,
      slip: slipOf(at),
    };
  });
  const now = Date.now();
  const time = (minutes: number) => new Date(now + minutes * 60_000).toISOString().replace('Z', '+00:00');
  const posts = POSTS.map((zh, index) => ({
    postId: `post-${index + 1}`,
    name: { en: `Post ${index + 1}`, zh },
    wanted: count / POSTS.length,
  }));
  const idOfPost = new Map<string, string>(posts.map(({ postId, name }) => [name.zh, postId]));
  const { activityId } = await asStaff('activities.save', {
    gestureId: randomUUID(),
    activity: {
      title: { en: 'Rush', zh: '高峰' },
      place: { en: 'Gate', zh: '大门' },
      schedule: { kind: 'once', startsAt: time(-10), endsAt: time(180), opensMinutesBefore: 60 },
      posts,
      assignments: Object.fromEntries(
        queue.flatMap(({ personId, assigned }) => (assigned ? [[personId, idOfPost.get(assigned)!]] : [])),
      ),
    },
  });
  return { activityId, queue };
}

/** Ten in a hundred undo, five choose a wrong post first, five tap twice. */
function slipOf(at: number): Queuing['slip'] {
  if (at % 10 === 4) return 'undoes';
  if (at % 20 === 7) return 'wrong-post';
  return at % 20 === 13 ? 'double-taps' : 'none';
}

/** The fewest letters of the name's initials that lead to one page of people. */
function initialsOf(names: ReturnType<typeof createNameFinder>, name: string): string {
  for (const first of LETTERS) {
    if (!names.find(first).hits.some(({ person }) => person.name === name)) continue;
    for (const second of LETTERS) {
      const { hits } = names.find(first + second);
      if (hits.some(({ person, matched }) => person.name === name && matched === 2)) return first + second;
    }
  }
  throw new Error(`${name} has no initials`);
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** Lets everybody through one touch screen that shows the gate. */
export async function rush(page: Page, queue: readonly Queuing[]): Promise<Rush> {
  const result: Rush = { expected: new Map(POSTS.map((post) => [post, []])), times: [] };
  const finger = fingerOn(page);
  for (const person of queue) {
    const before = finger.spent();
    await letThrough(page, finger, person);
    result.times.push(finger.spent() - before);
    if (person.slip !== 'undoes') result.expected.get(person.post)!.push(person.personId);
  }
  return result;
}

async function letThrough(page: Page, finger: Finger, person: Queuing): Promise<void> {
  const [posts, greeting, idle] = ['.posts', '.greeting', '.idle'].map((at) => page.locator(at));
  const next = person.assigned ? greeting! : posts!;
  if (person.by === 'badge') {
    await finger.badge(person.staffNo, next);
  } else {
    await finger.tap(page.locator('.sign-in'), page.locator('.finder'));
    for (const [at, letter] of [...person.initials.toUpperCase()].entries()) {
      const key = page.locator('.key', { hasText: new RegExp(`^${letter}$`) });
      // The list is that of the letters so far once so many characters are marked.
      const marked = page.locator('.person mark', { hasText: new RegExp(`^.{${at + 1}}$`) });
      await finger.tap(key, marked.first());
    }
    let card = page.locator('.person', { hasText: person.name });
    if (person.isNamesake) card = card.filter({ hasText: person.tail });
    await finger.tap(card.first(), next, person.slip === 'double-taps');
  }
  const wrong = POSTS.find((post) => post !== person.post)!;
  if (!person.assigned) {
    const post = person.slip === 'wrong-post' ? wrong : person.post;
    await finger.tap(posts!.locator('.post', { hasText: post }), greeting!, person.slip === 'double-taps');
  }
  await greeting!.locator('h1', { hasText: person.name }).waitFor();
  if (person.slip === 'wrong-post' && !person.assigned) {
    await finger.tap(greeting!.locator('.change-post'), posts!);
    await finger.tap(posts!.locator('.post', { hasText: person.post }), page.locator('.notice'));
    await idle!.waitFor();
  } else if (person.slip === 'undoes') {
    await finger.tap(greeting!.locator('.undo'), page.locator('.message').first());
    await idle!.waitFor();
  } else {
    await finger.tap(greeting!.locator('.next'), idle!);
  }
}

interface Finger {
  /** Touches and waits for what that leads to; twice, as nervous people do. */
  tap(what: Locator, leadsTo: Locator, twice?: boolean): Promise<void>;
  /** Types as a reader does. */
  badge(code: string, leadsTo: Locator): Promise<void>;
  /** What has been waited for so far, in milliseconds. */
  spent(): number;
}

function fingerOn(page: Page): Finger {
  let spent = 0;
  let last = { x: -1000, y: -1000, at: 0 };
  async function timed(act: () => Promise<void>, leadsTo: Locator): Promise<void> {
    const begun = performance.now();
    await act();
    await leadsTo.waitFor();
    spent += performance.now() - begun;
  }
  return {
    spent: () => spent,
    async tap(what, leadsTo, twice = false) {
      await what.waitFor();
      const box = (await what.boundingBox())!;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const soon = last.at + SOON - performance.now();
      if (soon > 0 && Math.hypot(x - last.x, y - last.y) < NEAR) await page.waitForTimeout(soon);
      await timed(async () => {
        await page.touchscreen.tap(x, y);
        if (twice) await page.touchscreen.tap(x, y);
      }, leadsTo);
      last = { x, y, at: performance.now() };
    },
    badge: (code, leadsTo) =>
      timed(async () => {
        for (const key of [...code, 'Enter']) await page.keyboard.press(key);
      }, leadsTo),
  };
}
