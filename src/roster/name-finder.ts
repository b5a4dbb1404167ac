import { pinyin } from 'pinyin-pro';

/** What the finder needs to know of a person. */
export interface Findable {
  personId: string;
  name: string;
  staffNo?: string;
}

/** A hit and how many of the name's first characters the query covers. */
export interface Hit {
  personId: string;
  matched: number;
}

/** Finds people as their name is being typed. */
export interface NameFinder {
  /**
   * Everybody whose pinyin initials, full pinyin, name or staff number starts with the query, by pinyin; an
   * empty query finds everybody.
   */
  find(query: string): Hit[];
  /** Do several people have this name? */
  isShared(name: string): boolean;
}

interface Key {
  text: string;
  /** Index of the person in pinyin order. */
  index: number;
  /** The name's readings, when the key is made of pinyin. */
  syllables?: string[];
}

/**
 * Builds the finder: every key of every person in one sorted list, so that a keystroke is a binary search.
 * Surnames are read as surnames (单 Shàn); a surname with several readings is found by each of them.
 */
export function createNameFinder(people: Iterable<Findable>): NameFinder {
  const read = [...people].map((person) => ({ person, readings: readingsOf(person.name) }));
  const order = read
    .map(({ person, readings }) => ({ person, readings, sortKey: readings[0]!.join(' ').toLowerCase() }))
    .sort((a, b) => compare(a.sortKey, b.sortKey) || compare(a.person.name, b.person.name));
  const keys: Key[] = [];
  order.forEach(({ person, readings }, index) => {
    for (const syllables of readings) {
      keys.push({ text: syllables.map((syllable) => syllable[0]).join(''), index, syllables });
      keys.push({ text: syllables.join(''), index, syllables });
    }
    keys.push({ text: normalise(person.name), index });
    if (person.staffNo) keys.push({ text: withoutSpaces(normalise(person.staffNo)), index });
  });
  keys.sort((a, b) => compare(a.text, b.text));
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { person } of order) {
    if (seen.has(person.name)) shared.add(person.name);
    seen.add(person.name);
  }

  return {
    isShared: (name) => shared.has(name),
    find(query) {
      const wanted = normalise(query);
      if (wanted === '') return order.map(({ person }) => ({ personId: person.personId, matched: 0 }));
      const matched = new Map<number, number>();
      // Keys of pinyin and numbers have no spaces, typed ones may: "chen jie", "xi'an", "A-1017".
      for (const start of new Set([wanted, withoutSpaces(wanted)])) {
        for (let at = lowerBound(keys, start); keys[at]?.text.startsWith(start); at++) {
          const key = keys[at]!;
          const name = order[key.index]!.person.name;
          const covered = coveredCharacters(key, start, name);
          matched.set(key.index, Math.max(matched.get(key.index) ?? 0, covered));
        }
      }
      return [...matched]
        .sort(([a], [b]) => a - b)
        .map(([index, covered]) => ({ personId: order[index]!.person.personId, matched: covered }));
    },
  };
}

/** The readings of a name, most likely first, each a list of syllables without tones; Latin words count as syllables. */
function readingsOf(name: string): string[][] {
  const options = { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true } as const;
  const likely = syllables(pinyin(name, { ...options, surname: 'head' }));
  const first = [...name][0] ?? '';
  const others = pinyin(first, { toneType: 'none', type: 'array', multiple: true, v: true })
    .map((reading) => reading.toLowerCase())
    .filter((reading) => /^[a-z]+$/.test(reading) && reading !== likely[0]);
  return [likely, ...[...new Set(others)].map((reading) => [reading, ...likely.slice(1)])];
}

function syllables(parts: string[]): string[] {
  const words = parts.flatMap((part) => normalise(part).split(' ')).filter((part) => part !== '');
  return words.length > 0 ? words : [''];
}

/** How many of the name's first characters the first `wanted.length` letters of the key stand for. */
function coveredCharacters(key: Key, wanted: string, name: string): number {
  const characters = [...name].length;
  if (!key.syllables)
    return normalise(name).startsWith(wanted) ? Math.min([...wanted].length, characters) : 0;
  if (key.syllables.length !== characters) return 0;
  if (key.text.length === key.syllables.length) return wanted.length;
  let letters = 0;
  let covered = 0;
  for (const syllable of key.syllables) {
    if (letters >= wanted.length) break;
    letters += syllable.length;
    covered++;
  }
  return covered;
}

/** One form for what is typed and what is stored: NFKC, lower case, ü as v, single spaces. */
function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ü', 'v')
    .replaceAll(/[\s·'-]+/g, ' ')
    .trim();
}

function withoutSpaces(text: string): string {
  return text.replaceAll(' ', '');
}

function lowerBound(keys: Key[], text: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle]!.text < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
