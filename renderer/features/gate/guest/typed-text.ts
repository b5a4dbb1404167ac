import { characterCount } from '../../../../src/domain/text.ts';

/** Most characters of a guest's name and of their organisation, as the kiosk takes them. */
export const MAX_CHARACTERS = 64;

/** The first characters of a text; one outside the basic plane counts as one. */
export function shortened(text: string): string {
  return characterCount(text) <= MAX_CHARACTERS ? text : [...text].slice(0, MAX_CHARACTERS).join('');
}

/** The text without the last thing that people would call a character: an emoji of several parts goes at once. */
export function withoutLast(text: string): string {
  const parts = [...new Intl.Segmenter().segment(text)];
  return text.slice(0, parts.at(-1)?.index ?? 0);
}

/** Does the next letter begin a word, so that it is a capital? */
export function beginsWord(text: string): boolean {
  return /(^|[\s\-.(&/])$/.test(text);
}
