import type { Activity } from './activity.ts';
import { blankGesturesOf } from './gesture.ts';
import { erasedPerson } from './person.ts';
import type { State } from './state.ts';
import type { Visit } from './visit.ts';

/**
 * Erases people from the state: their visits stay and name nobody, activities neither expect them nor are led by them.
 * `by` is the number and time of the event that says so.
 */
export function erasePeople(
  state: State,
  personIds: readonly string[],
  by: { seq: number; at: string },
): void {
  const erased = new Set(personIds);
  for (const personId of erased) {
    state.people.set(personId, erasedPerson(personId, state.people.get(personId)?.categoryId));
    state.removedPeople.delete(personId);
    state.receipts.set(personId, { personId, erasedAt: by.at, seq: by.seq });
  }
  for (const visit of state.visits.values()) {
    if (erased.has(visit.personId)) state.visits.set(visit.visitId, withoutWords(visit));
  }
  for (const activity of state.activities.values()) {
    state.activities.set(
      activity.activityId,
      withoutPeople(activity, (personId) => erased.has(personId)),
    );
  }
  blankGesturesOf(state, erased);
}

/** The visit without what anybody wrote about it. That it is void stays. */
export function withoutWords({ reason: _, ...visit }: Visit): Visit {
  return { ...visit, ...(visit.voidReason !== undefined && { voidReason: '' }) };
}

/** The activity without these people among its leaders and those expected; itself where it names none of them. */
export function withoutPeople(activity: Activity, gone: (personId: string) => boolean): Activity {
  const { posts, expectedIds } = activity;
  const led = posts.some(({ leaderId }) => leaderId !== undefined && gone(leaderId));
  if (!led && !expectedIds?.some(gone)) return activity;
  return {
    ...activity,
    posts: posts.map(({ leaderId, ...post }) => ({
      ...post,
      ...(leaderId !== undefined && !gone(leaderId) && { leaderId }),
    })),
    ...(expectedIds && { expectedIds: expectedIds.filter((personId) => !gone(personId)) }),
  };
}
