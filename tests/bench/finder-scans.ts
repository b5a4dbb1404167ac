import PinyinMatch from 'pinyin-match';
import { match } from 'pinyin-pro';
import { PAGE, type BuiltFinder, type Contender, type Page, type Way } from './finder-contender.ts';
import type { BenchPerson } from './finder-people.ts';
import { converted, initialsOf } from './finder-spelled.ts';

/** What pinyin-pro takes to convert every name, and nothing else. */
export const conversion: Contender = {
  build(people) {
    for (const { name } of people) converted(name);
    return { find: () => ({ personIds: [], total: 0 }) };
  },
};

/** The bar: ready keys in the order of the list, looked through one by one. */
export const scan: Contender = {
  build(people) {
    const list = people
      .map((person) => ({ person, syllables: converted(person.name) }))
      .map(({ person, syllables }) => ({ person, syllables, reading: syllables.join(' ') }))
      .sort((a, b) => (a.reading < b.reading ? -1 : a.reading > b.reading ? 1 : 0));
    // Made after sorting, so that they lie side by side in memory as they are looked through.
    const keys: Record<Way, string[]> = {
      initials: list.map(({ syllables }) => initialsOf(syllables)),
      pinyin: list.map(({ syllables }) => syllables.join('')),
      number: list.map(({ person }) => [...person.staffNo].join('')),
      characters: list.map(({ person }) => [...person.name].join('')),
    };
    const inOrder = list.map(({ person }) => person);
    return { find: (typed, way) => pageOf(inOrder, keys[way], (key) => key.startsWith(typed)) };
  },
};

/** pinyin-pro's own match of every name. */
export const pinyinPro: Contender = {
  build: (people) => matching(people, (name, typed) => match(name, typed) !== null),
};

/** pinyin-match's match of every name. */
export const pinyinMatch: Contender = {
  build: (people) => matching(people, (name, typed) => PinyinMatch.match(name, typed) !== false),
};

function matching(people: BenchPerson[], matches: (name: string, typed: string) => boolean): BuiltFinder {
  const names = people.map(({ name }) => name);
  return { find: (typed) => pageOf(people, names, (name) => matches(name, typed)) };
}

function pageOf(people: BenchPerson[], keys: string[], fits: (key: string) => boolean): Page {
  const page: Page = { personIds: [], total: 0 };
  for (let at = 0; at < keys.length; at++) {
    if (!fits(keys[at]!)) continue;
    page.total++;
    if (page.personIds.length < PAGE) page.personIds.push(people[at]!.personId);
  }
  return page;
}
