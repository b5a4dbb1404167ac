import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { PAGE, type Contender } from './finder-contender.ts';
import type { BenchPerson } from './finder-people.ts';
import { converted, initialsOf } from './finder-spelled.ts';

interface Keyed {
  id: string;
  initials: string;
}

/** fuse.js over ready initials, told to look for starts only. */
export const fuse: Contender = {
  build(people) {
    const index = new Fuse(people.map(keyed), { keys: ['initials'], useExtendedSearch: true, threshold: 0 });
    return {
      find(typed) {
        const found = index.search(`^${typed}`);
        return { personIds: found.slice(0, PAGE).map(({ item }) => item.id), total: found.length };
      },
    };
  },
};

/** minisearch over ready initials, by prefix. */
export const minisearch: Contender = {
  build(people) {
    const index = new MiniSearch<Keyed>({ fields: ['initials'] });
    index.addAll(people.map(keyed));
    return {
      find(typed) {
        const found = index.search(typed, { prefix: true });
        return { personIds: found.slice(0, PAGE).map(({ id }) => String(id)), total: found.length };
      },
    };
  },
};

function keyed({ personId, name }: BenchPerson): Keyed {
  return { id: personId, initials: initialsOf(converted(name)) };
}
