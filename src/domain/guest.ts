import type { Person } from './person.ts';

/** Somebody who is not on the roster, as they wrote themselves down. */
export interface Guest {
  name: string;
  organisation?: string;
}

/** The guest as a person: on no roster and found by nobody, so that only the visit, or a refused attempt, names them. */
export function guestAsPerson(personId: string, { name, organisation }: Guest): Person {
  return {
    personId,
    name,
    ...(organisation !== undefined && { organisation }),
    categoryId: 'guest',
    guest: true,
    left: true,
  };
}
