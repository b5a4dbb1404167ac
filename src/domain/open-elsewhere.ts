import { closingOf } from './activity.ts';
import { Refusal } from './refusal.ts';
import { visitsOfPerson, type State } from './state.ts';
import { takingPlaceKey, type Visit } from './visit.ts';

type Place = Pick<Visit, 'activityId' | 'takingPlace'>;

/**
 * The open visits of somebody anywhere but at `place`, in order of arrival. One that was forgotten stands in nobody's
 * way: at `at` its time to sign out is over, and it ends as planned.
 */
export function openElsewhere(state: State, personId: string, place: Place, at: string): Visit[] {
  const key = takingPlaceKey(place);
  return visitsOfPerson(state, personId).filter((visit) => {
    if (visit.signOut || visit.undoneAt || visit.timeDropped || takingPlaceKey(visit) === key) return false;
    const activity = state.activities.get(visit.activityId);
    if (!activity) return false;
    const { endsAt, closesAt } = closingOf(activity, visit);
    return Date.parse(at) < Date.parse(visit.staysToEnd ? endsAt : closesAt);
  });
}

/** Nobody is at two activities at once. @throws Refusal `open-elsewhere`, which names where they are. */
export function refuseElsewhere(state: State, personId: string, place: Place, at: string): void {
  const open = openElsewhere(state, personId, place, at).at(-1);
  if (!open) return;
  const { visitId, activityId, signedInAt } = open;
  const { title } = state.activities.get(activityId)!;
  throw new Refusal({ code: 'open-elsewhere', visitId, activityId, title, signedInAt });
}
