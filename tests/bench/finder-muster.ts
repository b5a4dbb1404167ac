import { createNameFinder } from '../../src/roster/name-finder.ts';
import { PAGE, type Contender } from './finder-contender.ts';
import type { BenchPerson } from './finder-people.ts';

/** Muster's finder as the gate uses it. */
export const muster: Contender = musterKeeping(undefined);

/** The same with the filter for a team on. */
export const musterTeam: Contender = musterKeeping(({ team }) => team === 'team-7');

function musterKeeping(keep: ((person: BenchPerson) => boolean) | undefined): Contender {
  return {
    build(people) {
      const finder = createNameFinder(people);
      return {
        find(typed) {
          const { hits, total } = finder.find(typed, { limit: PAGE, keep });
          return { personIds: hits.map(({ person }) => person.personId), total };
        },
      };
    },
  };
}
