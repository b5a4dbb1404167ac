import type { ActivityView } from '../../api/activities-api.ts';
import { occurrenceAt, type Activity } from '../../domain/activity.ts';
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

/** The activities whose window contains `at`, by start; the sample steps back where a real one is open. */
export function openActivities(state: State, at: string): Activity[] {
  const open = [...state.activities.values()].filter((activity) => occurrenceAt(activity, at).open);
  const real = open.filter((activity) => !activity.sample);
  const startOf = (activity: Activity) => Date.parse(occurrenceAt(activity, at).startsAt);
  return (real.length > 0 ? real : open).sort((a, b) => startOf(a) - startOf(b));
}
