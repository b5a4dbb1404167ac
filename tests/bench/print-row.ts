/** Prints a row of a benchmark: times in milliseconds. */
export function printRow(what: string, times: number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(2);
  console.log(`${what}: p50 ${at(0.5)}, p95 ${at(0.95)} (min ${at(0)}, max ${at(1)})`);
}
