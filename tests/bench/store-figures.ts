/** What a series of measurements comes to: the middle and what four of five lie between. */
export interface Spread {
  median: number;
  p10: number;
  p90: number;
}

/** The spread of one value or more; undefined for none. */
export function spreadOf(values: number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), p10: quantile(sorted, 0.1), p90: quantile(sorted, 0.9) };
}

/** The middle of the values; NaN for none. */
export function median(values: number[]): number {
  return spreadOf(values)?.median ?? NaN;
}

/** Between two neighbours in proportion. */
function quantile(sorted: number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place - Math.floor(place));
}

/** One figure a round, by the round's number; a round may be missing. */
export type Series = Map<number, number>;

/** `of` divided by `by`, both of the same round: whatever slowed the machine in that round slowed both. */
export function ratios(of: Series, by: Series): number[] {
  return [...of].flatMap(([round, value]) => {
    const divisor = by.get(round);
    return divisor === undefined ? [] : [value / divisor];
  });
}

/** The same values in an order of chance. */
export function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
