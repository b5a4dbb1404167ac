/** Texts in order of their UTF-16 units, and whose each is. */
export interface Keys {
  texts: string[];
  owners: Int32Array;
}

/** Keys that are being collected. */
export class KeysDraft {
  #texts: string[] = [];
  #owners: number[] = [];

  add(text: string, owner: number): void {
    this.#texts.push(text);
    this.#owners.push(owner);
  }

  /** The keys by their texts; owners of equal texts stand as `compareOwners` says, else as they came. */
  sorted(compareOwners: (a: number, b: number) => number = () => 0): Keys {
    const texts = this.#texts;
    const owners = this.#owners;
    const order = sortedOrder(
      texts,
      (a, b) => compareTexts(texts[a]!, texts[b]!) || compareOwners(owners[a]!, owners[b]!) || a - b,
    );
    const keys: Keys = { texts: [], owners: new Int32Array(order.length) };
    for (let at = 0; at < order.length; at++) {
      keys.texts.push(texts[order[at]!]!);
      keys.owners[at] = owners[order[at]!]!;
    }
    return keys;
  }
}

/** Which texts begin with `start`: from the first index up to, not including, the second. */
export function rangeOf({ texts }: Keys, start: string): [from: number, to: number] {
  const from = firstIndex(texts, 0, (text) => text >= start);
  return [from, firstIndex(texts, from, (text) => !text.startsWith(start))];
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A part takes 28 bits of the 53 that a number holds exactly; the index gets the others. */
const MOST_TEXTS = 2 ** 25;
/** Letters, digits or spaces in a part. */
const UNITS = 5;
/** How many ranks a unit may have, "none" among them. */
const RANKS = 42;

/**
 * The indexes of texts as `compare` sorts them, which must look at the texts first. Numbers sort ten times as fast as
 * texts, so the texts' parts do most; only where they are equal is compared.
 */
function sortedOrder(texts: readonly string[], compare: (a: number, b: number) => number): Int32Array {
  const parts = new Float64Array(texts.length);
  for (let index = 0; index < parts.length; index++)
    parts[index] = partOf(texts[index]!) * MOST_TEXTS + index;
  parts.sort();
  const order = new Int32Array(parts.length);
  for (let at = 0; at < order.length; at++) order[at] = parts[at]! % MOST_TEXTS;
  for (let from = 0, to = 1; to <= order.length; to++) {
    if (to < order.length && Math.floor(parts[from]! / MOST_TEXTS) === Math.floor(parts[to]! / MOST_TEXTS))
      continue;
    sortRun(order, from, to, compare);
    from = to;
  }
  return order;
}

/** Most runs are in order as they are: of one text, or of equal initials. */
function sortRun(
  order: Int32Array,
  from: number,
  to: number,
  compare: (a: number, b: number) => number,
): void {
  for (let at = from + 1; at < to; at++) {
    if (compare(order[at - 1]!, order[at]!) <= 0) continue;
    order.subarray(from, to).sort(compare);
    return;
  }
}

/**
 * A number that orders texts as their first units do: five letters, digits or spaces; up to the first other unit; or, of
 * what begins above the letters, almost two units.
 */
function partOf(text: string): number {
  const first = text.charCodeAt(0);
  if (first > 0x7a) return RANKS ** UNITS + first * 2 ** 11 + (text.length > 1 ? text.charCodeAt(1) >> 5 : 0);
  let part = 0;
  let isExact = true;
  for (let at = 0; at < UNITS; at++) {
    const rank: number = isExact && at < text.length ? rankOf(text.charCodeAt(at)) : 0;
    isExact &&= rank !== 1 && rank !== 3 && rank !== 14 && rank !== 41;
    part = part * RANKS + rank;
  }
  return part;
}

/** Ranks that several units share: 1, 3, 14 and 41. */
function rankOf(unit: number): number {
  if (unit < 0x20) return 1;
  if (unit === 0x20) return 2;
  if (unit < 0x30) return 3;
  if (unit <= 0x39) return unit - 0x30 + 4;
  if (unit < 0x61) return 14;
  if (unit <= 0x7a) return unit - 0x61 + 15;
  return 41;
}

/** The first index from `low` on whose text passes; every text after one that passes must, too. */
function firstIndex(texts: readonly string[], low: number, passes: (text: string) => boolean): number {
  let high = texts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(texts[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
