import type { BenchPerson } from './finder-people.ts';

/** How somebody types. */
export type Way = 'initials' | 'pinyin' | 'number' | 'characters';

/** One way of finding people, as the benchmark drives it. */
export interface Contender {
  /** From the people to ready for the first keystroke. */
  build(people: BenchPerson[]): BuiltFinder;
}

/** A finder that is ready. */
export interface BuiltFinder {
  /** One keystroke, after which so much is typed. Only the linear scan looks at the way; the peers know initials. */
  find(typed: string, way: Way): Page;
}

/** Whom the first page shows, at most `PAGE` ids, and how many are found in all. */
export interface Page {
  personIds: string[];
  total: number;
}

/** As many people as `people.find` sends unless asked for more. */
export const PAGE = 50;
