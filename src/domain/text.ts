/** C0 and C1 controls, line separators, zero width and bidirectional controls: never seen, but able to deceive. */
const UNSEEN = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;

/** A line of text as it is kept: composed (NFC), trimmed, without characters nobody sees. */
export function tidyLine(text: string): string {
  return text.replace(UNSEEN, '').normalize('NFC').trim();
}

/** How many characters people would count: an emoji outside the basic plane is one. */
export function characterCount(text: string): number {
  return [...text].length;
}
