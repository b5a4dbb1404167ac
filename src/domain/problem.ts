import type { Bilingual } from './bilingual.ts';

/** Something around the kiosk that a person can mend: a folder, a file, a port, a disk. Says what and what to do. */
export class Problem extends Error {
  readonly code: string;
  readonly words: Bilingual;

  constructor(code: string, words: Bilingual, options?: ErrorOptions) {
    super(words.en, options);
    this.name = new.target.name;
    this.code = code;
    this.words = words;
  }
}
