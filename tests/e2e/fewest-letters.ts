import { createNameFinder, type Findable } from '../../src/roster/name-finder.ts';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/**
 * By person, the fewest of their own initials after which their card is among the first `onAPage` of the list; nothing
 * for whom all their initials do not lead there.
 */
export function fewestLetters(people: readonly Findable[], onAPage: number): Map<string, string> {
  const names = createNameFinder(people);
  const letters = new Map<string, string>();
  for (let typed = ['']; typed.length > 0;) {
    const found = typed.map((query) => ({ query, hits: names.find(query).hits }));
    for (const { query, hits } of found) {
      for (const { person, matched } of hits.slice(0, onAPage)) {
        // Each letter stands for a character of its own: "zh" may be the beginning of Zhou as well.
        if (matched === query.length && !letters.has(person.personId)) letters.set(person.personId, query);
      }
    }
    const initials = found.filter(({ query, hits }) => hits.some(({ matched }) => matched === query.length));
    typed = initials.flatMap(({ query }) => LETTERS.map((letter) => query + letter));
  }
  return letters;
}
