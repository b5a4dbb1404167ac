import type { Activity } from './activity.ts';
import { openVisitsAt } from './counts.ts';
import type { Guest } from './guest.ts';
import type { Person } from './person.ts';
import type { State } from './state.ts';
import type { Visit } from './visit.ts';

/**
 * Who is inside the activity's taking place at `at` and on no roster, in order of arrival: guests, and people who were
 * taken off it. They have to be found once more, to sign out. Nobody who is erased.
 */
export function offRosterInside(state: State, activity: Activity, at: string): Person[] {
  return openVisitsAt(state, activity, at)
    .map(({ personId }) => state.people.get(personId)!)
    .filter(({ left, erased }) => left && !erased);
}

/** The open visit of a guest who calls themselves the same; an organisation that only one of them names is no difference. */
export function openVisitOfNamesake(
  state: State,
  activity: Activity,
  { name, organisation }: Guest,
  at: string,
): Visit | undefined {
  return openVisitsAt(state, activity, at).find(({ personId }) => {
    const other = state.people.get(personId)!;
    if (!other.guest || other.name !== name) return false;
    return !organisation || !other.organisation || other.organisation === organisation;
  });
}
