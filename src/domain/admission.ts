import { nextOpeningOf, occurrenceAt, takingPlaceAt, type Activity } from './activity.ts';
import type { ActivityDraft } from './command.ts';
import { expectedPeople, openVisitsAt } from './counts.ts';
import { refuseElsewhere } from './open-elsewhere.ts';
import type { Person } from './person.ts';
import { Refusal, type RefusalCode } from './refusal.ts';
import { roleAllows, type Role } from './role.ts';
import { openVisitOf, type State } from './state.ts';
import type { Visit } from './visit.ts';

/** Who wants to be at which post of which activity. */
export interface Choice {
  activityId: string;
  personId: string;
  postId?: string;
  /** Their visit elsewhere ends with this one: nobody is at two activities at once. */
  leaveOther?: true;
}

/** A visit that may be made. */
export type Admitted = Pick<
  Visit,
  'activityId' | 'personId' | 'postId' | 'takingPlace' | 'overLimit' | 'overCapacity'
>;

/** Refusals that are kept as refused attempts: a rule of the activity said no to somebody who was there. */
export const RULES_SAY_NO: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'not-open',
  'not-eligible',
  'activity-full',
  'post-full',
  'no-guests',
]);

/**
 * The visit that somebody may make at `at`, by the activity's rules: window, eligibility, capacity, hard limits. Staff
 * may go past them. `alsoComing` people come to the same post in the same step; a visit that `isOver` keeps nobody from
 * being there now, or elsewhere.
 * @throws Refusal, with `already-signed-in` naming the open visit there, `open-elsewhere` one at another activity.
 */
export function admit(
  state: State,
  choice: Choice,
  { at, role }: { at: string; role: Role },
  { alsoComing = 0, isOver = false }: { alsoComing?: number; isOver?: boolean } = {},
): Admitted {
  const { activityId, personId } = choice;
  const activity = state.activities.get(activityId);
  if (!activity) throw new Refusal({ code: 'activity-unknown' });
  const person = state.people.get(personId);
  if (!person || person.left) throw new Refusal({ code: 'person-unknown' });
  if (!isOver) refuseSecond(state, activity, personId, at);
  const there = { activityId, ...takingPlaceAt(activity, at) };
  if (!isOver && !choice.leaveOther) refuseElsewhere(state, personId, there, at);
  const isStaff = roleAllows(role, 'editor');
  if (!isStaff) {
    refuseOutsideWindow(activity, at);
    if (!isEligible(state, activity, person)) throw new Refusal({ code: 'not-eligible' });
  }
  return { personId, ...placeFor(state, activity, choice.postId, { at, isStaff, personId, alsoComing }) };
}

/** The place that the activity has for one more at `at`, who is `personId` where they are on the roster. @throws Refusal `post-unknown`, `activity-full`, `post-full`. */
export function placeFor(
  state: State,
  activity: Activity,
  postId: string | undefined,
  {
    at,
    isStaff,
    personId,
    alsoComing = 0,
  }: { at: string; isStaff: boolean; personId?: string; alsoComing?: number },
): Omit<Admitted, 'personId'> {
  const { activityId, capacity } = activity;
  const inside = openVisitsAt(state, activity, at);
  const overCapacity = isCrowded(activity, inside.length + alsoComing);
  if (overCapacity && !isStaff) throw new Refusal({ code: 'activity-full', capacity: capacity! });
  const coming = { isStaff, ...(personId !== undefined && { personId }), alsoComing };
  const overPost = postId !== undefined && isPostFull(activity, postId, inside, coming);
  const place = takingPlaceAt(activity, at);
  return {
    activityId,
    postId: postId ?? null,
    ...place,
    ...((overCapacity || overPost) && { overLimit: true }),
    ...(overCapacity && { overCapacity }),
  };
}

/** Is there no place for one more beside so many? */
export function isCrowded({ capacity = Infinity }: Activity, inside: number): boolean {
  return inside >= capacity;
}

/**
 * Is the post full? A soft limit takes one more; a hard one staff, and whoever leads the post (`personId`).
 * @throws Refusal `post-unknown`, `post-full` for a hard one.
 */
export function isPostFull(
  { posts }: Activity,
  postId: string,
  inside: readonly Visit[],
  { isStaff, personId, alsoComing = 0 }: { isStaff: boolean; personId?: string; alsoComing?: number },
): boolean {
  const post = posts.find((one) => one.postId === postId);
  if (!post) throw new Refusal({ code: 'post-unknown' });
  const { limit, hard, name, leaderId } = post;
  const mayGoPast = isStaff || (leaderId !== undefined && leaderId === personId);
  if (limit === undefined) return false;
  if (inside.filter((visit) => visit.postId === postId).length + alsoComing < limit) return false;
  if (hard && !mayGoPast) throw new Refusal({ code: 'post-full', postId, name, limit });
  return true;
}

/** Is there anybody, but the leaders of posts, whom the rule of who may come lets in? */
export function letsSomebodyIn({ eligible, expectedIds, assignments = {}, posts }: ActivityDraft): boolean {
  if (!eligible) return true;
  const { categoryIds = [], teams = [], expected = false } = eligible;
  if (categoryIds.length + teams.length > 0) return true;
  if (!expected) return false;
  if (Object.keys(assignments).length > 0) return true;
  // Without names everybody is expected, unless the posts' numbers say how many.
  return expectedIds ? expectedIds.length > 0 : posts.every(({ wanted }) => wanted === 0);
}

/**
 * Whoever chooses a full post at the gate says why; who leads it, a leader who calls the roll, and staff, need not.
 * @throws Refusal `reason-missing`.
 */
export function refuseWithoutReason(
  state: State,
  {
    activityId,
    personId,
    postId,
    overLimit,
  }: Pick<Admitted, 'activityId' | 'postId' | 'overLimit'> & { personId?: string },
  { reason, role }: { reason: string | undefined; role: Role },
): void {
  if (!overLimit || reason !== undefined || roleAllows(role, 'leader')) return;
  const post = state.activities.get(activityId)!.posts.find((one) => one.postId === postId);
  if (!post || (post.leaderId !== undefined && post.leaderId === personId)) return;
  const { name, limit } = post;
  throw new Refusal({ code: 'reason-missing', postId: post.postId, name, limit: limit! });
}

/** @throws Refusal `not-open` where the sign-in window of the activity does not contain `at`. */
export function refuseOutsideWindow(activity: Activity, at: string): void {
  if (!occurrenceAt(activity, at).open)
    throw new Refusal({ code: 'not-open', ...nextOpeningOf(activity, at) });
}

/** May the person come? Whoever leads a post may, and whoever fits one of the groups that the activity names. */
export function isEligible(state: State, activity: Activity, person: Person): boolean {
  const { eligible, posts, assignments = {} } = activity;
  if (!eligible || posts.some(({ leaderId }) => leaderId === person.personId)) return true;
  const { categoryIds = [], teams = [], expected = false } = eligible;
  return (
    (person.categoryId !== undefined && categoryIds.includes(person.categoryId)) ||
    (person.team !== undefined && teams.includes(person.team)) ||
    (expected &&
      (person.personId in assignments || (expectedPeople(state, activity) ?? []).includes(person.personId)))
  );
}

function refuseSecond(state: State, activity: Activity, personId: string, at: string): void {
  const place = { activityId: activity.activityId, ...takingPlaceAt(activity, at) };
  const open = openVisitOf(state, personId, place);
  if (!open) return;
  const { visitId, postId, signedInAt } = open;
  throw new Refusal({ code: 'already-signed-in', visitId, postId, signedInAt });
}
