import { occurrenceAt, type Activity } from './activity.ts';
import { letsSomebodyIn } from './admission.ts';
import type { ActivityDraft, Asking } from './command.ts';
import type { Decision, Next } from './decision.ts';
import { Refusal } from './refusal.ts';
import type { State } from './state.ts';
import { isoWithOffsetOf, localDateOf } from './time.ts';

/** Saves an activity: new without an id, replaced with one. */
export function saveActivity(state: State, next: Next, draft: ActivityDraft, { at }: Asking): Decision {
  const { schedule } = draft;
  if (schedule.kind === 'once' && Date.parse(schedule.startsAt) >= Date.parse(schedule.endsAt)) {
    throw new Refusal({ code: 'times-in-wrong-order' });
  }
  if (!letsSomebodyIn(draft)) throw new Refusal({ code: 'nobody-eligible' });
  if (draft.activityId !== undefined && !state.activities.has(draft.activityId)) {
    throw new Refusal({ code: 'activity-unknown' });
  }
  const activityId = draft.activityId ?? next.id;
  refuseOtherKind(state, activityId, draft);
  refuseOtherDate(state, activityId, draft, at);
  refuseToDropVisitedPost(state, activityId, draft);
  const posts = draft.posts.map((post, index) => ({
    ...post,
    postId: post.postId ?? `${next.id}-${index + 1}`,
  }));
  const seen = new Set<string>();
  for (const { postId, leaderId } of posts) {
    if (seen.has(postId)) throw new Refusal({ code: 'post-twice', postId });
    seen.add(postId);
    if (leaderId !== undefined && !isKnown(state, leaderId)) {
      throw new Refusal({ code: 'leader-unknown', leaderId });
    }
  }
  const expectedIds = draft.expectedIds && [...new Set(draft.expectedIds)];
  for (const personId of expectedIds ?? []) {
    if (!isKnown(state, personId)) throw new Refusal({ code: 'person-unknown' });
  }
  const activity: Activity = {
    ...draft,
    activityId,
    posts,
    ...(expectedIds && { expectedIds }),
    ...pastSchedulesOf(state.activities.get(activityId), draft, at),
    ...(state.activities.get(activityId)?.sample && { sample: true }),
  };
  return {
    event: { type: 'activity-saved', data: { activity } },
    answer: { activityId, posts: posts.map(({ postId }) => postId) },
  };
}

/** May an activity name the person? Who has left, yes; who is erased, no. */
function isKnown(state: State, personId: string): boolean {
  const person = state.people.get(personId);
  return person !== undefined && !person.erased;
}

/** Visits of a daily activity belong to a day, those of one that takes place once do not: with visits it stays what it is. */
function refuseOtherKind(state: State, activityId: string, { schedule }: ActivityDraft): void {
  const visits = state.visitsByActivity.get(activityId)?.size ?? 0;
  const kind = state.activities.get(activityId)?.schedule.kind;
  if (visits > 0 && kind !== schedule.kind) throw new Refusal({ code: 'schedule-kind-fixed', visits });
}

/** Once somebody has signed in, an activity stays on its day: their hours, and who came late, are told by its times. */
function refuseOtherDate(state: State, activityId: string, { schedule }: ActivityDraft, at: string): void {
  const before = state.activities.get(activityId)?.schedule;
  if (before?.kind !== 'once' || schedule.kind !== 'once') return;
  const date = localDateOf(isoWithOffsetOf(before.startsAt, at));
  if (date === localDateOf(isoWithOffsetOf(schedule.startsAt, at))) return;
  const standing = Array.from(state.visitsByActivity.get(activityId) ?? []).filter(
    (visitId) => !state.visits.get(visitId)!.undoneAt,
  );
  if (standing.length > 0) throw new Refusal({ code: 'date-fixed', visits: standing.length, date });
}

/** A daily activity remembers what it went by until today, so that another schedule changes no day that is over. */
function pastSchedulesOf(
  before: Activity | undefined,
  { schedule }: ActivityDraft,
  at: string,
): Pick<Activity, 'pastSchedules'> {
  if (before?.schedule.kind !== 'daily' || schedule.kind !== 'daily') return {};
  const { pastSchedules: past = [] } = before;
  const until = occurrenceAt(before, at).date;
  const isSame = (['start', 'end', 'opensMinutesBefore'] as const).every(
    (part) => before.schedule.kind === 'daily' && before.schedule[part] === schedule[part],
  );
  // What was changed twice on one day was never gone by.
  const changed = isSame || past.at(-1)?.until === until ? [] : [{ until, schedule: before.schedule }];
  const all = [...past, ...changed];
  return all.length > 0 ? { pastSchedules: all } : {};
}

/** A post that people are or were at stays with its activity: their visits name it. */
function refuseToDropVisitedPost(state: State, activityId: string, { posts }: ActivityDraft): void {
  const kept = new Set(posts.map(({ postId }) => postId));
  const dropped = state.activities.get(activityId)?.posts.filter(({ postId }) => !kept.has(postId)) ?? [];
  if (dropped.length === 0) return;
  const visited = new Set(
    [...(state.visitsByActivity.get(activityId) ?? [])].flatMap((visitId) => {
      const { postId, earlierPosts = [] } = state.visits.get(visitId)!;
      return [postId, ...earlierPosts];
    }),
  );
  const post = dropped.find(({ postId }) => visited.has(postId));
  if (post) throw new Refusal({ code: 'post-has-visits', postId: post.postId, name: post.name });
}

/** Removes an activity that nobody has signed in to; one with visits is history. */
export function removeActivity(state: State, activityId: string): Decision {
  if (!state.activities.has(activityId)) throw new Refusal({ code: 'activity-unknown' });
  const visits = state.visitsByActivity.get(activityId)?.size ?? 0;
  if (visits > 0) throw new Refusal({ code: 'activity-has-visits', visits });
  return { event: { type: 'activity-removed', data: { activityId } }, answer: { activityId } };
}
