import type { ImportPace } from '../api/photos-api.ts';

/** How fast an import goes, from what it has done lately. */
export interface PhotoPace {
  /** So many files are done. */
  step(done: number): void;
  /** Null for the first few files, of which nothing can be said yet. */
  of(done: number, total: number | null): ImportPace | null;
}

/** Only what was done within so many milliseconds counts: files that are here already go by much faster. */
const LATELY = 30_000;
/** Before so many files and milliseconds nothing is said. */
const LEAST_FILES = 5;
const LEAST_TIME = 3000;

/** Measures by a clock that gives milliseconds and only runs forward. */
export function photoPace(now: () => number = () => performance.now()): PhotoPace {
  const steps: { at: number; done: number }[] = [{ at: now(), done: 0 }];
  return {
    step(done) {
      const at = now();
      // One a tenth of a second is exact enough, and a folder that is known goes by in thousands.
      if (at - steps.at(-1)!.at >= 100) steps.push({ at, done });
      while (steps.length > 2 && at - steps[1]!.at > LATELY) steps.shift();
    },
    of(done, total) {
      const { at, done: before } = steps[0]!;
      const passed = now() - at;
      if (total === null || done - before < LEAST_FILES || passed < LEAST_TIME) return null;
      const perMinute = ((done - before) / passed) * 60_000;
      return {
        perMinute: Math.max(1, Math.round(perMinute)),
        secondsLeft: Math.ceil(((total - done) / perMinute) * 60),
      };
    },
  };
}
