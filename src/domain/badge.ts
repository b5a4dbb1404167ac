import type { Person } from './person.ts';
import type { State } from './state.ts';

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
