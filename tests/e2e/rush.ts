import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { createNameFinder } from '../../src/roster/name-finder.ts';
import { EVENING, type SampleKiosk } from '../support/sample-kiosk.ts';
import { inventedPeople } from '../bench/finder-people.ts';
import { fingerOn, type Finger, type Gesture } from './finger.ts';

type Staff = Pick<SampleKiosk, 'asStaff'>;

/** Somebody in the queue, and what they do. */
export interface Queuing {
  personId: string;
  name: string;
  staffNo: string;
  /** Three digits that tell them from whoever has the same name. */
  tail: string;
  isNamesake: boolean;
  /** The two letters they type on the pad. */
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
  /** What the machine took for each person, in milliseconds (`Finger.spent`). What goes by itself is not in it. */
  times: number[];
}

const POSTS = ['下料', '焊接', '桁架', '喷塑', '电气装配'] as const;

/** Sets up an evening for `count` people; resolves with them in the order in which they queue. */
export async function prepareRush(
  { asStaff }: Staff,
  count: number,
): Promise<{ activityId: string; queue: Queuing[] }> {
  // The sample's photos and slogans stay: the wall is drawn as it is between two people.
  await asStaff('activities.remove', { gestureId: randomUUID(), activityId: EVENING });
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
    wanted: Math.ceil(count / POSTS.length),
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

/** The first two letters of the name's initials. */
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

/** Lets everybody through one touch screen that shows the gate; calls `between` with what each did before the next comes. */
export async function rush(
  page: Page,
  queue: readonly Queuing[],
  between: (gestures: readonly Gesture[]) => Promise<void> = async () => undefined,
): Promise<Rush> {
  const result: Rush = { expected: new Map(POSTS.map((post) => [post, []])), times: [] };
  const finger = fingerOn(page);
  for (const person of queue) {
    const [spent, done] = [finger.spent(), finger.gestures.length];
    await letThrough(page, finger, person);
    result.times.push(finger.spent() - spent);
    if (person.slip !== 'undoes') result.expected.get(person.post)!.push(person.personId);
    await between(finger.gestures.slice(done));
  }
  return result;
}

async function letThrough(page: Page, finger: Finger, person: Queuing): Promise<void> {
  const [posts, idle] = [page.locator('.posts'), page.locator('.idle')];
  const greeting = page.locator('.greeting', {
    has: page.getByRole('heading', { name: person.name, exact: true }),
  });
  const next = person.assigned ? greeting : posts;
  if (person.by === 'badge') {
    await finger.badge(person.staffNo, next);
  } else {
    await finger.touch(page.locator('.sign-in'), page.locator('.finder'));
    for (const [at, letter] of [...person.initials.toUpperCase()].entries()) {
      const key = page.locator('.key', { hasText: new RegExp(`^${letter}$`) });
      // The list is that of the letters so far once so many characters are marked.
      const marked = page.locator('.person mark', { hasText: new RegExp(`^.{${at + 1}}$`) });
      await finger.touch(key, marked.first());
    }
    let card = page.locator('.person', { hasText: person.name });
    if (person.isNamesake) card = card.filter({ hasText: person.tail });
    await finger.touch(card.first(), next, person.slip === 'double-taps' ? 2 : 1);
  }
  const wrong = POSTS.find((post) => post !== person.post)!;
  if (!person.assigned) {
    const post = person.slip === 'wrong-post' ? wrong : person.post;
    const card = posts.locator('.post', { hasText: post });
    await finger.touch(card, greeting, person.slip === 'double-taps' ? 2 : 1);
  }
  if (person.slip === 'wrong-post' && !person.assigned) {
    await finger.touch(greeting.locator('.change-post'), posts);
    await finger.touch(posts.locator('.post', { hasText: person.post }), page.locator('.notice'));
    await idle.waitFor();
  } else if (person.slip === 'undoes') {
    await finger.touch(greeting.locator('.undo'), page.locator('.message').first());
    await idle.waitFor();
  } else {
    await finger.touch(greeting.locator('.next'), idle);
  }
}

/** In which way what the kiosk holds is not what the queue did, a line each; none where the counts are exact. */
export async function wrongCounts(
  { asStaff }: Staff,
  activityId: string,
  queue: readonly Queuing[],
  { expected }: Rush,
): Promise<string[]> {
  const { visits } = await asStaff('attendance.list', { activityId });
  const { activity } = await asStaff('activities.get', { activityId });
  const wrong: string[] = [];
  function compare(what: string, held: readonly string[] | number, wanted: readonly string[] | number): void {
    if (`${held}` !== `${wanted}`) wrong.push(`${what}: ${held} instead of ${wanted}`);
  }

  const standing = visits.filter(({ undoneAt }) => !undoneAt);
  for (const { postId, name } of activity.posts) {
    const here = standing.filter((visit) => visit.postId === postId).map(({ personId }) => personId);
    compare(`people at ${name.zh}`, here.sort(), expected.get(name.zh)!.toSorted());
  }
  const had = (is: (person: Queuing) => boolean) => queue.filter(is).length;
  compare('visits', visits.length, queue.length);
  compare(
    'undone',
    visits.length - standing.length,
    had(({ slip }) => slip === 'undoes'),
  );
  compare(
    'by badge',
    visits.filter((visit) => visit.by === 'badge').length,
    had(({ by }) => by === 'badge'),
  );
  compare(
    'moved to another post',
    visits.filter(({ earlierPosts }) => earlierPosts).length,
    had(({ slip, assigned }) => slip === 'wrong-post' && !assigned),
  );
  return wrong;
}
