import type { State } from './state.ts';

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
