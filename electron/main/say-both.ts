import type { Bilingual } from '../../src/domain/bilingual.ts';

/** Writes words to stderr in both languages, a line each: nobody knows who reads a kiosk's log. */
export function sayBoth({ en, zh }: Bilingual): void {
  for (const words of [en, zh]) console.error(`muster: ${words.replaceAll(/\s*\n\s*/g, ' ')}`);
}
