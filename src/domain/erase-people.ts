import type { Activity } from './activity.ts';
import { mapEnds } from './ends.ts';
import { blankGesturesOf } from './gesture.ts';
import { erasedPerson } from './person.ts';
import type { State } from './state.ts';
import type { SignOut, Visit } from './visit.ts';

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
  for (const [key, leave] of state.leaves) {
    if (erased.has(leave.personId)) state.leaves.set(key, { ...leave, reason: '' });
  }
  for (const activity of state.activities.values()) {
    state.activities.set(
      activity.activityId,
      withoutPeople(activity, (personId) => erased.has(personId)),
    );
  }
  blankGesturesOf(state, erased);
}

/** The visit without what anybody wrote, drew or took a picture of for it. That it is void stays. */
export function withoutWords({
  reason: _,
  postReason: _post,
  evidence: _evidence,
  signOut,
  ...visit
}: Visit): Visit {
  return {
    ...visit,
    ...(signOut && { signOut: mapEnds(signOut, withoutReason) }),
    ...(visit.voidReason !== undefined && { voidReason: '' }),
  };
}

function withoutReason({ reason: _, ...signOut }: SignOut): SignOut {
  return signOut;
}

/** The activity without these people among its leaders and those expected; itself where it names none of them. */
export function withoutPeople(activity: Activity, gone: (personId: string) => boolean): Activity {
  const { posts, expectedIds, assignments } = activity;
  const led = posts.some(({ leaderId }) => leaderId !== undefined && gone(leaderId));
  const assigned = Object.keys(assignments ?? {}).some(gone);
  if (!led && !assigned && !expectedIds?.some(gone)) return activity;
  return {
    ...activity,
    posts: posts.map(({ leaderId, ...post }) => ({
      ...post,
      ...(leaderId !== undefined && !gone(leaderId) && { leaderId }),
    })),
    ...(assignments && {
      assignments: Object.fromEntries(Object.entries(assignments).filter(([personId]) => !gone(personId))),
    }),
    ...(expectedIds && { expectedIds: expectedIds.filter((personId) => !gone(personId)) }),
  };
}
