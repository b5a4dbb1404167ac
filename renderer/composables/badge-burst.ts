/** Fewer characters are no badge; without a key that ends it, a burst is one only from more characters on. */
const LEAST = 3;
const LEAST_WITHOUT_END = 6;
/** A reader's pace, in milliseconds from key to key: no hand types three characters so fast, one after the other. */
const FAST = 50;
/** Without a key that ends it, a burst has to be faster on the average than any hand that rolls over the keys. */
const FAST_WITHOUT_END = 25;
/** A slow reader, over radio say, is told from a hand by being even: no gap is so many times the middle one. */
const SLOW = 110;
const EVEN = 1.8;
const LEAST_EVEN = 6;

/** Characters that arrive like a machine's: told from a person's by their pace. Times are in milliseconds. */
export interface Burst {
  /** Takes a character in; true where it goes on with a burst. */
  type(character: string, at: number): boolean;
  /** An end key was pressed: the badge that was read, if it was one. */
  end(at: number): string | undefined;
  /** Nothing came for a while: the badge that was read, if it was one. */
  pause(): string | undefined;
}

/**
 * Collects characters while they come fast. The pace is fitted to the reader: gaps of at most 50 ms are always a
 * machine's; gaps up to 110 ms are, where six characters and the end key come as evenly as no hand types.
 */
export function createBurst(): Burst {
  let characters: string[] = [];
  let gaps: number[] = [];
  let lastAt = -Infinity;

  function begin(): void {
    characters = [];
    gaps = [];
  }

  function take(isBadge: boolean): string | undefined {
    const badge = characters.join('').trim();
    begin();
    return isBadge && [...badge].length >= LEAST ? badge : undefined;
  }

  return {
    type(character, at) {
      const gap = at - lastAt;
      lastAt = at;
      if (gap > SLOW) begin();
      else if (characters.length > 0) gaps.push(gap);
      characters.push(character);
      return gaps.length > 0;
    },
    end(at) {
      const gap = at - lastAt;
      if (characters.length < LEAST || gap > SLOW) return take(false);
      return take(isMachine([...gaps, gap]));
    },
    pause() {
      const sum = gaps.reduce((total, gap) => total + gap, 0);
      const isFast = gaps.every((gap) => gap <= FAST) && sum <= FAST_WITHOUT_END * gaps.length;
      return take(characters.length >= LEAST_WITHOUT_END && isFast);
    },
  };
}

function isMachine(gaps: readonly number[]): boolean {
  if (gaps.every((gap) => gap <= FAST)) return true;
  if (gaps.length < LEAST_EVEN) return false;
  const middle = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)]!;
  return gaps.every((gap) => gap <= middle * EVEN && gap >= middle / EVEN);
}
