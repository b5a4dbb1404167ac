import { takingPlaceAt, type Activity } from './activity.ts';
import type { Leave } from './leave.ts';
import type { State } from './state.ts';
import { takingPlaceKey, type Visit } from './visit.ts';

/** How many are there, at one taking place of an activity. */
export interface Counts {
  /** Who was named as expected; else the posts' wanted numbers together; without posts the whole roster. */
  expected: number;
  /** Who came, those too who have left again. */
  present: number;
  /** Who is there and has not left. */
  inside: number;
  /** Expected people who are excused and not here. */
  onLeave: number;
  /**
   * Expected people who are neither here nor excused; where only the posts' numbers are known, what they want less who
   * came; a guest without a post only looks on and is nobody's substitute. Never below 0.
   */
  absent: number;
  posts: { postId: string; present: number; inside: number; wanted: number; full: boolean }[];
  categories: { categoryId: string | null; present: number }[];
}

/** The open visits of the activity's taking place at `at`, in order of arrival. */
export function openVisitsAt(state: State, activity: Activity, at: string): Visit[] {
  return visitsIn(state, state.openVisits, activity, at);
}

/** The latest visit of everybody who came to the activity's taking place at `at`, in order of arrival. */
export function attendedVisitsAt(state: State, activity: Activity, at: string): Visit[] {
  return visitsIn(state, state.attendedVisits, activity, at);
}

function visitsIn(state: State, places: State['openVisits'], activity: Activity, at: string): Visit[] {
  const key = takingPlaceKey({ activityId: activity.activityId, ...takingPlaceAt(activity, at) });
  const visits = Array.from(places.get(key)?.values() ?? [], (visitId) => state.visits.get(visitId)!);
  return visits.sort((a, b) => a.seq - b.seq);
}

/**
 * Who is expected, by name: those who were named or told to go to a post, else without posts everybody on the roster;
 * undefined where only the posts' numbers say how many. Who left is expected no more, and invented people only where the
 * sample is.
 */
export function expectedPeople(
  state: State,
  { expectedIds, assignments = {}, posts, sample }: Activity,
): string[] | undefined {
  if (expectedIds) {
    const named = new Set([...expectedIds, ...Object.keys(assignments)]);
    return [...named].filter((personId) => isOnRoster(state, personId));
  }
  if (posts.some(({ wanted }) => wanted > 0)) return undefined;
  return [...state.people.values()]
    .filter((person) => !person.left && (sample || !person.sample))
    .map(({ personId }) => personId);
}

function isOnRoster(state: State, personId: string): boolean {
  const person = state.people.get(personId);
  return person !== undefined && !person.left;
}

/** Who is excused from the activity's taking place at `at`. */
export function leavesAt(state: State, activity: Activity, at: string): Leave[] {
  const key = takingPlaceKey({ activityId: activity.activityId, ...takingPlaceAt(activity, at) });
  return [...state.leaves.values()].filter((leave) => takingPlaceKey(leave) === key);
}

/** Expected people who are excused and not here, by personId. */
export function excusedPeople(state: State, activity: Activity, at: string): string[] {
  const here = new Set(attendedVisitsAt(state, activity, at).map(({ personId }) => personId));
  const named = expectedPeople(state, activity);
  const expected = named && new Set(named);
  return leavesAt(state, activity, at)
    .map(({ personId }) => personId)
    .filter(
      (personId) => !here.has(personId) && (expected ? expected.has(personId) : isOnRoster(state, personId)),
    );
}

/** Counts who came to the activity's taking place at `at`, by post and by category. */
export function countsAt(state: State, activity: Activity, at: string): Counts {
  const visits = attendedVisitsAt(state, activity, at);
  const open = openVisitsAt(state, activity, at);
  const byPost = tally(visits.map((visit) => visit.postId));
  const insideByPost = tally(open.map((visit) => visit.postId));
  const byCategory = tally(visits.map((visit) => state.people.get(visit.personId)?.categoryId ?? null));
  const here = new Set(visits.map(({ personId }) => personId));
  const named = expectedPeople(state, activity);
  const wanted = activity.posts.reduce((sum, post) => sum + post.wanted, 0);
  const helping = visits.filter(
    ({ postId, personId }) => postId || !state.people.get(personId)?.guest,
  ).length;
  const missing = named ? named.filter((personId) => !here.has(personId)).length : wanted - helping;
  const excused = excusedPeople(state, activity, at).length;
  return {
    expected: named?.length ?? wanted,
    present: visits.length,
    inside: open.length,
    onLeave: excused,
    absent: Math.max(0, missing - excused),
    posts: activity.posts.map(({ postId, wanted, limit }) => {
      const inside = insideByPost.get(postId) ?? 0;
      const full = limit !== undefined && inside >= limit;
      return { postId, present: byPost.get(postId) ?? 0, inside, wanted, full };
    }),
    categories: [...byCategory].map(([categoryId, present]) => ({ categoryId, present })),
  };
}

/** Is nobody absent, and no post short of people, where any are expected at all? */
export function everybodyIsHere({ expected, absent, posts }: Counts): boolean {
  return expected > 0 && absent === 0 && posts.every(({ present, wanted }) => present >= wanted);
}

/** The post with the biggest gap between wanted and present that is not full; of equals the first; none when every post has enough. */
export function biggestGap(counts: Counts): string | undefined {
  let best: { postId: string; gap: number } | undefined;
  for (const { postId, wanted, inside, full } of counts.posts) {
    const gap = full ? 0 : wanted - inside;
    if (gap > (best?.gap ?? 0)) best = { postId, gap };
  }
  return best?.postId;
}

function tally<Key>(keys: Key[]): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
