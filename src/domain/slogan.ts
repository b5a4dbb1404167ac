import type { Bilingual } from './bilingual.ts';

/** A sentence that hangs on the wall. */
export interface Slogan {
  sloganId: string;
  text: Bilingual;
  sample?: true;
}
