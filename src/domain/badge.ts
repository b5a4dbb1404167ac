import type { Person } from './person.ts';
import type { State } from './state.ts';

/** One form for a badge, however the reader was set: Caps Lock inverts what it types. */
export function badgeOf(code: string): string {
  return code.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
}

/**
 * Whose badge it is: one that was linked, else one that carries the staff number. Of people who have left the roster only
 * `offRoster` are looked at, after everybody who is on it.
 */
export function personOfBadge(
  { people }: State,
  code: string,
  offRoster: readonly Person[] = [],
): Person | undefined {
  const badge = badgeOf(code);
  if (badge === '') return undefined;
  return (
    ownerAmong(
      [...people.values()].filter(({ left }) => !left),
      badge,
    ) ?? ownerAmong(offRoster, badge)
  );
}

function ownerAmong(people: readonly Person[], badge: string): Person | undefined {
  const numbered = () => people.filter(({ staffNo }) => staffNo !== undefined && badgeOf(staffNo) === badge);
  return people.find(({ badges }) => badges?.includes(badge)) ?? onlyOne(numbered());
}

function onlyOne<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}
