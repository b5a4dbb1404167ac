import { pinyin } from 'pinyin-pro';

/** A name's syllables without tones, by pinyin-pro alone: one reading a name, the surname read as one. */
export function converted(name: string): string[] {
  return pinyin(name, { toneType: 'none', type: 'array', surname: 'head' });
}

/** "chen", "jie": "cj" */
export function initialsOf(syllables: string[]): string {
  return syllables.map((syllable) => syllable.charAt(0)).join('');
}
