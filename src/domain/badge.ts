import type { Decision } from './decision.ts';
import type { Person } from './person.ts';
import { Refusal } from './refusal.ts';
import type { State } from './state.ts';

/** Badges a person can have at a time. */
const MOST = 5;

/** One form for a badge, however the reader was set: Caps Lock inverts what it types. */
export function badgeOf(code: string): string {
  return code.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
}

/** Whose badge it is: one that was linked, else one that carries the staff number. Nobody who has left. */
export function personOfBadge({ people }: State, code: string): Person | undefined {
  const badge = badgeOf(code);
  if (badge === '') return undefined;
  const present = [...people.values()].filter(({ left }) => !left);
  const numbered = () => present.filter(({ staffNo }) => staffNo !== undefined && badgeOf(staffNo) === badge);
  return present.find(({ badges }) => badges?.includes(badge)) ?? onlyOne(numbered());
}

function onlyOne<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}

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
