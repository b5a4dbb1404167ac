import type { Bilingual } from '../../../../src/domain/bilingual.ts';

/** Words in both languages: the one that was left empty gets the words of the other. */
export function bothOf({ en, zh }: Bilingual): Bilingual {
  return { en: en.trim() || zh.trim(), zh: zh.trim() || en.trim() };
}
