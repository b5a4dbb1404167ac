import { withoutPeople } from './erase-people.ts';
import type { SampleData } from './event.ts';
import type { State } from './state.ts';

/** The sample without whom somebody has erased: its people have the same ids every time. */
export function withoutErased({ receipts }: State, sample: SampleData): SampleData {
  const gone = (personId: string) => receipts.has(personId);
  return {
    ...sample,
    people: sample.people.filter(({ personId }) => !gone(personId)),
    activities: sample.activities.map((activity) => withoutPeople(activity, gone)),
  };
}

/** How many sign-ins go with the sample's activities. */
export function sampleVisits(state: State): number {
  const visits = [...state.visits.values()];
  return visits.filter(({ activityId }) => state.activities.get(activityId)?.sample).length;
}

/** Is anything of the sample still here? */
export function hasSample(state: State): boolean {
  return [state.activities, state.people, state.slogans, state.photos].some((records) =>
    [...records.values()].some((record) => record.sample),
  );
}
