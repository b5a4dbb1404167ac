import type { ActivityView } from '../../api/activities-api.ts';
import { closingOf, nextOpeningOf, occurrenceAt, type Activity } from '../../domain/activity.ts';
import { openVisitsAt } from '../../domain/counts.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { State } from '../../domain/state.ts';
import { isoWithOffsetOf } from '../../domain/time.ts';

/** The activity with that id. @throws Refusal `activity-unknown`. */
export function activityById(state: State, activityId: string): Activity {
  const activity = state.activities.get(activityId);
  if (!activity) throw new Refusal({ code: 'activity-unknown' });
  return activity;
}

/** An activity as screens get it: its taking place at `at`, in the zone of `at`, leaders by name. */
export function activityView(state: State, activity: Activity, at: string): ActivityView {
  const { activityId, title, place, posts, sample } = activity;
  const { startsAt, endsAt, open } = occurrenceAt(activity, at);
  return {
    activityId,
    title,
    place,
    startsAt: isoWithOffsetOf(startsAt, at),
    endsAt: isoWithOffsetOf(endsAt, at),
    open,
    opensAt: nextOpeningOf(activity, at).opensAt,
    sample: sample ?? false,
    guests: !activity.noGuests,
    evidence: {
      signature: activity.evidence?.signature ?? false,
      photo: activity.evidence?.photo ?? false,
    },
    posts: posts.map(({ postId, name, leaderId, wanted, limit, hard }) => {
      const leader = leaderId === undefined ? undefined : state.people.get(leaderId);
      return {
        postId,
        name,
        leader: leader ? { personId: leader.personId, name: leader.name } : null,
        wanted,
        limit: limit ?? null,
        hard: hard ?? false,
      };
    }),
  };
}

/**
 * The activities that the gate is for at `at`, by start: those whose window contains it, then those that have ended
 * while people are still to sign out. The sample steps back where a real one is open.
 */
export function openActivities(state: State, at: string): Activity[] {
  const all = [...state.activities.values()];
  const open = all.filter((activity) => occurrenceAt(activity, at).open);
  const real = open.filter((activity) => !activity.sample);
  const closing = all.filter((activity) => !open.includes(activity) && isClosing(state, activity, at));
  const startOf = (activity: Activity) => Date.parse(occurrenceAt(activity, at).startsAt);
  const byStart = (a: Activity, b: Activity) => startOf(a) - startOf(b);
  const shown = real.length > 0 || closing.length > 0 ? real : open;
  return [...shown.sort(byStart), ...closing.sort(byStart)];
}

/** Is it over, and somebody still inside who may sign out? */
function isClosing(state: State, activity: Activity, at: string): boolean {
  const now = Date.parse(at);
  return openVisitsAt(state, activity, at).some((visit) => {
    const { endsAt, closesAt } = closingOf(activity, visit);
    return Date.parse(endsAt) <= now && now < Date.parse(closesAt);
  });
}
