import { compareTexts, KeysDraft, rangeOf, type Keys } from './name-keys.ts';
import { forEachMark, markRange, noMarks, takeAway, type Marks } from './name-marks.ts';
import { folded, laterWordsOf, nameReader } from './name-readings.ts';

/** What the finder needs to know of a person. */
export interface Findable {
  personId: string;
  name: string;
  staffNo?: string;
}

/** Somebody found, and how many of the name's first characters the query covers. */
export interface Hit<Person extends Findable = Findable> {
  person: Person;
  matched: number;
}

/** Which of the hits are wanted. */
export interface FindOptions<Person extends Findable = Findable> {
  /** The most hits to hand over; without it all. */
  limit?: number;
  /** Whom it says no to is neither handed over nor counted. */
  keep?: ((person: Person) => boolean) | undefined;
}

/** Finds people as their name is being typed. */
export interface NameFinder<Person extends Findable = Findable> {
  /**
   * Everybody whose pinyin initials, full pinyin, name (from any of its words on) or staff number starts with the
   * query, by pinyin; an empty query finds everybody. `hits` holds the first `limit`, `total` counts all. Who is found
   * by initials or as written stands before who is found by full pinyin only: "zh" is 周华 before every Zhang.
   *
   * Three digits or more find a staff number by its end as well, after everybody else: people know their last three
   * digits, and cards show them. One or two would find a tenth or a hundredth of the roster, so they are a start only.
   */
  find(query: string, options?: FindOptions<Person>): { hits: Hit<Person>[]; total: number };
  /** Do several people have this name? */
  isShared(name: string): boolean;
}

/** Does the query say anything of a name? One of spaces and dashes only finds everybody, as an empty one does. */
export function isSomethingTyped(query: string): boolean {
  return folded(query) !== '';
}

/** The people in the order of the list, and what finds them: an owner of a key is a place in that list. */
interface Index<Person extends Findable> {
  list: Person[];
  /** Readings: "chen jie". */
  sounds: Keys;
  /** Initials, names as written, staff numbers. */
  starts: Keys;
  /** Staff numbers from behind. */
  ends: Keys;
}

/** Digits that may be the end of a staff number. */
const LAST_DIGITS = /^\d{3,}$/;

/**
 * Builds the finder. A keystroke halves its way to the keys that start with the query and marks whose they are; as an
 * owner is a place in the list, the marks are the hits in order, each once, and only the first page is made of them.
 */
export function createNameFinder<Person extends Findable>(people: Iterable<Person>): NameFinder<Person> {
  const readingsOf = nameReader();
  const { list, sounds, starts, ends } = indexOf([...people], readingsOf);
  const shared = sharedNames(list);

  function marksByStart(wanted: string): Marks {
    const marks = noMarks(list.length);
    markRange(marks, starts.owners, rangeOf(starts, wanted));
    return marks;
  }

  function marksBySound(wanted: string): Marks {
    const marks = noMarks(list.length);
    markSounds(marks, sounds, '', wanted);
    return marks;
  }

  function marksByEnd(wanted: string): Marks {
    const marks = noMarks(list.length);
    markRange(marks, ends.owners, rangeOf(ends, backwards(wanted)));
    return marks;
  }

  return {
    isShared: (name) => shared.has(name),
    find(query, { limit = Infinity, keep } = {}) {
      const wanted = folded(query);
      const hits: Hit<Person>[] = [];
      let total = 0;

      function take(place: number): void {
        const person = list[place]!;
        if (keep && !keep(person)) return;
        total++;
        if (hits.length >= limit) return;
        hits.push({ person, matched: coveredCharacters(person.name, readingsOf(person.name), wanted) });
      }

      if (wanted === '') {
        for (let place = 0; place < list.length; place++) take(place);
        return { hits, total };
      }
      const byStart = marksByStart(wanted);
      forEachMark(byStart, take);
      const bySound = marksBySound(wanted);
      takeAway(bySound, byStart);
      forEachMark(bySound, take);
      if (LAST_DIGITS.test(wanted)) {
        const byEnd = marksByEnd(wanted);
        takeAway(byEnd, byStart);
        takeAway(byEnd, bySound);
        forEachMark(byEnd, take);
      }
      return { hits, total };
    },
  };
}

/** The list is by the most usual reading, syllable by syllable; people who sound alike stand by name. */
function indexOf<Person extends Findable>(
  people: Person[],
  readingsOf: (name: string) => string[],
): Index<Person> {
  const [sounds, starts, ends] = [new KeysDraft(), new KeysDraft(), new KeysDraft()];
  const usual: string[] = [];

  function addName(name: string, readings: string[], owner: number): void {
    for (const reading of readings) {
      sounds.add(reading, owner);
      starts.add(initialsOf(reading), owner);
    }
    starts.add(folded(name), owner);
  }

  people.forEach(({ name, staffNo }, owner) => {
    const readings = readingsOf(name);
    usual.push(readings[0]!);
    addName(name, readings, owner);
    for (const words of laterWordsOf(name)) addName(words, readingsOf(words), owner);
    if (!staffNo) return;
    const number = folded(staffNo);
    starts.add(number, owner);
    ends.add(backwards(number), owner);
  });

  const sorted = sounds.sorted((a, b) => compareTexts(people[a]!.name, people[b]!.name));
  const list: Person[] = [];
  const places = new Int32Array(people.length).fill(-1);
  sorted.owners.forEach((owner, at) => {
    if (places[owner] !== -1 || sorted.texts[at] !== usual[owner]) return;
    places[owner] = list.length;
    list.push(people[owner]!);
  });
  return { list, sounds: placed(sorted), starts: placed(starts.sorted()), ends: placed(ends.sorted()) };

  function placed({ texts, owners }: Keys): Keys {
    return { texts, owners: owners.map((owner) => places[owner]!) };
  }
}

/** Namesakes stand side by side, since they sound alike. */
function sharedNames(list: Findable[]): Set<string> {
  const shared = new Set<string>();
  for (let place = 1; place < list.length; place++) {
    const { name } = list[place]!;
    if (name === list[place - 1]!.name) shared.add(name);
  }
  return shared;
}

/**
 * Marks whose reading goes on with `wanted` after `before`, whole syllables with a space behind each. Every cut at which
 * somebody's syllable ends is tried: "xian" is Xian and Xi'an.
 */
function markSounds(marks: Marks, sounds: Keys, before: string, wanted: string): void {
  markRange(marks, sounds.owners, rangeOf(sounds, before + wanted));
  for (let cut = 1; cut < wanted.length; cut++) {
    const start = before + wanted.slice(0, cut);
    const [from, to] = rangeOf(sounds, `${start} `);
    if (from < to) markSounds(marks, sounds, `${start} `, wanted.slice(cut));
    if (!sounds.texts[from]?.startsWith(start)) break;
  }
}

/** How many of the name's first characters stand for what was typed; none where a later word or a number does. */
function coveredCharacters(name: string, readings: string[], wanted: string): number {
  if (wanted === '') return 0;
  const characters = [...name];
  if (folded(name).startsWith(wanted))
    return reachOf(
      wanted,
      characters.map((one) => folded(one)),
    );
  let covered = 0;
  for (const reading of readings) {
    const syllables = reading.split(' ');
    if (syllables.length !== characters.length) continue;
    if (initialsOf(reading).startsWith(wanted)) covered = Math.max(covered, wanted.length);
    else if (syllables.join('').startsWith(wanted)) covered = Math.max(covered, reachOf(wanted, syllables));
  }
  return covered;
}

/** How many of the parts it takes to hold what was typed. */
function reachOf(wanted: string, parts: string[]): number {
  let left = wanted.length;
  const last = parts.findIndex(({ length }) => (left -= length) <= 0);
  return last < 0 ? parts.length : last + 1;
}

/** "chen jie": "cj" */
function initialsOf(reading: string): string {
  let initials = reading.charAt(0);
  for (let at = reading.indexOf(' '); at >= 0; at = reading.indexOf(' ', at + 1))
    initials += reading.charAt(at + 1);
  return initials;
}

function backwards(text: string): string {
  let turned = '';
  for (const character of text) turned = character + turned;
  return turned;
}
