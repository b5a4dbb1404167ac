import { pinyin } from 'pinyin-pro';
import { COMPOUND_SURNAMES, SURNAMES } from './name-surnames.ts';

/** Han characters, and what stands between them. */
const RUNS = /\p{Script=Han}+|[^\p{Script=Han}]+/gu;
const HAN = /^\p{Script=Han}/u;
const ALL_HAN = /^[\u3400-\u9fff]+$/;
/** What stands between the words of a name. */
const GAP = /[\s·•‧・.\p{Pd}]+/u;
/** What nobody types: gaps, apostrophes, marks above letters. */
const UNTYPED = /[\s·•‧・.'’ʼ`\p{Pd}\p{M}]+/gu;
/** Letters that are no other letter with a mark, and what is typed for them. */
const OWN_LETTERS = /[łøæßđıœþð]/g;
const TYPED_AS: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  ß: 'ss',
  đ: 'd',
  ı: 'i',
  œ: 'oe',
  þ: 'th',
  ð: 'd',
};
/** Nothing to fold; most names, so that they take the short way. */
const PLAIN = /^[a-z0-9\u3400-\u9fff]*$/;

/**
 * One form for what is typed and what is stored: small letters of usual width, without marks, gaps and apostrophes.
 * `umlaut` is what an ü becomes: v, as on a Chinese keyboard, unless told otherwise.
 */
export function folded(text: string, umlaut = 'v'): string {
  if (PLAIN.test(text)) return text;
  const letters = text.toLowerCase().normalize('NFKD');
  return letters
    .replaceAll(/u\p{M}*\u0308/gu, umlaut)
    .replaceAll(UNTYPED, '')
    .replaceAll(OWN_LETTERS, (letter) => TYPED_AS[letter]!);
}

/** What is left of a name from each word after the first on: of "Anna Maria Schmidt" "Maria Schmidt" and "Schmidt". */
export function laterWordsOf(name: string): string[] {
  if (ALL_HAN.test(name) || !GAP.test(name)) return [];
  const words = wordsOf(name).slice(1);
  return words.map((_, index) => words.slice(index).join(' '));
}

/**
 * Makes a function that says how a name may be read, most usual first: syllables without tones and spaces between,
 * "chen jie"; a Latin word is one syllable. Surnames are read as surnames (单 "shan"), and as the character is read
 * alone by who does not know better ("dan"). A reading with ü comes with v and once more with u.
 *
 * The function remembers its given names: many people share one, and reading takes most of the time.
 */
export function nameReader(): (name: string) => string[] {
  const readGiven = remembering((word) => (word.match(RUNS) ?? []).map(readingOfRun).reduce(spaced, ''));
  const readSurname = remembering(surnameReadings);

  /** Of a word that begins with a surname. */
  function readingsOfWord(word: string): string[] {
    if (!HAN.test(word)) return [readGiven(word)];
    const surname = surnameOf(word);
    const given = readGiven(word.slice(surname.length));
    return readSurname(surname).map((reading) => spaced(reading, given));
  }

  function readingsOf(name: string): string[] {
    if (ALL_HAN.test(name)) return readingsOfWord(name);
    const [first = '', ...others] = wordsOf(name);
    const rest = others.map(readGiven).reduce(spaced, '');
    return readingsOfWord(first).map((reading) => spaced(reading, rest));
  }

  return (name) => {
    const readings = readingsOf(name);
    if (!readings.some((reading) => reading.includes('ü'))) return readings;
    return readings.flatMap((reading) => [reading.replaceAll('ü', 'v'), reading.replaceAll('ü', 'u')]);
  };
}

/** There are some 1,300 syllables with their tones. */
const withoutTone = remembering((syllable) => folded(syllable, 'ü'));

function wordsOf(name: string): string[] {
  return name.split(GAP).filter((word) => word !== '');
}

function readingOfRun(run: string): string {
  return HAN.test(run) ? syllablesOf(run) : folded(run, 'ü');
}

function surnameOf(name: string): string {
  const two = name.slice(0, 2);
  return COMPOUND_SURNAMES.has(two) ? two : String.fromCodePoint(name.codePointAt(0)!);
}

/** As its bearers read it, then as its characters are read alone. */
function surnameReadings(surname: string): string[] {
  const compound = COMPOUND_SURNAMES.get(surname);
  const usual = compound ? [compound] : (SURNAMES.get(surname) ?? [syllablesOf(surname, 'head')]);
  const alone = Array.from(surname, (character) => syllablesOf(character)).reduce(spaced);
  return [...new Set([...usual, alone])];
}

function syllablesOf(text: string, surname: 'head' | 'off' = 'off'): string {
  return pinyin(text, { type: 'array', toneType: 'symbol', surname }).map(withoutTone).reduce(spaced);
}

function spaced(a: string, b: string): string {
  return a && b ? `${a} ${b}` : a || b;
}

function remembering<Result>(read: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    let result = known.get(text);
    if (result === undefined) known.set(text, (result = read(text)));
    return result;
  };
}
