import type { PersonView } from '../../../src/api/people-api.ts';

/**
 * The people of `shown` in their order, as `latest` knows them: nobody comes, goes or moves yet, so that whoever is
 * under a finger stays there. Somebody who is gone stays as they were.
 */
export function keepPlaces(shown: readonly PersonView[], latest: readonly PersonView[]): PersonView[] {
  const known = new Map(latest.map((person) => [person.personId, person]));
  return shown.map((person) => known.get(person.personId) ?? person);
}
