import { badgeOf, personOfBadge } from './badge.ts';
import type { Decision } from './decision.ts';
import type { Person } from './person.ts';
import { Refusal } from './refusal.ts';
import type { State } from './state.ts';

/** Badges a person can have at a time. */
const MOST = 5;

/** Links a badge to a person. */
export function linkBadge(state: State, personId: string, code: string): Decision {
  const person = state.people.get(personId);
  if (!person || person.left) throw new Refusal({ code: 'person-unknown' });
  const badge = badgeOf(code);
  const owner = personOfBadge(state, badge);
  const { badges = [] } = person;
  if (owner?.personId === personId) return { answer: { personId } };
  if (owner) throw new Refusal({ code: 'badge-taken', name: owner.name });
  if (badges.length >= MOST) throw new Refusal({ code: 'too-many-badges', most: MOST });
  return saved({ ...person, badges: [...badges, badge] });
}

/** Takes every badge from a person, as one that was lost. */
export function unlinkBadges(state: State, personId: string): Decision {
  const person = state.people.get(personId);
  if (!person || person.left) throw new Refusal({ code: 'person-unknown' });
  const { badges, ...without } = person;
  return badges ? saved(without) : { answer: { personId } };
}

function saved(person: Person): Decision {
  return {
    event: { type: 'people-saved', data: { people: [person] } },
    answer: { personId: person.personId },
  };
}
