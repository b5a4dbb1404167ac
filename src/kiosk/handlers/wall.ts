import type { Arrival } from '../../api/wall-api.ts';
import type { Activity } from '../../domain/activity.ts';
import { attendedVisitsAt, countsAt } from '../../domain/counts.ts';
import { maskedName } from '../../domain/names-shown.ts';
import type { State } from '../../domain/state.ts';
import { activityView, openActivities } from './activity-view.ts';
import type { HandlersOf, Parts } from './parts.ts';
import { shownPhotos } from './photos.ts';

/** How many arrivals a wall is told of. */
const ARRIVALS = 24;

/** Answers `wall.*`. */
export function wallHandlers({ ledger, clock }: Parts): HandlersOf<'wall'> {
  return {
    'wall.view'() {
      const { state } = ledger;
      const now = clock.now();
      const open = openActivities(state, now);
      const tonight = open[0];
      return {
        now,
        activities: open.map((activity) => activityView(state, activity, now)),
        counts: tonight ? countsAt(state, tonight, now) : null,
        arrivals: tonight ? arrivalsAt(state, tonight, now) : [],
        photos: shownPhotos(state, now),
        slogans: [...state.slogans.values()],
      };
    },
  };
}

/** Who came last, newest first, those too who left again; nobody who is erased. Names as bystanders may see them. */
export function arrivalsAt(state: State, activity: Activity, at: string): Arrival[] {
  const named = attendedVisitsAt(state, activity, at).filter(({ personId }) => !state.receipts.has(personId));
  const latest = named.slice(-ARRIVALS).reverse();
  return latest.map(({ visitId, personId, postId, signedInAt }) => {
    const person = state.people.get(personId);
    return {
      visitId,
      name: maskedName(person?.name ?? '', state.settings.names),
      postName: activity.posts.find((post) => post.postId === postId)?.name ?? null,
      categoryId: person?.categoryId ?? null,
      signedInAt,
    };
  });
}
