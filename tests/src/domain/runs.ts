/**
 * How many days a property is tried on, and from which seed: `MUSTER_RUNS` and `MUSTER_SEED`, else 200 of chance. A
 * failure prints its seed, and the shortest day that shows it unless `MUSTER_SHRINK` is `no`.
 */
export const RUNS = {
  numRuns: Number(process.env['MUSTER_RUNS'] ?? 200),
  ...(process.env['MUSTER_SEED'] !== undefined && { seed: Number(process.env['MUSTER_SEED']) }),
  endOnFailure: process.env['MUSTER_SHRINK'] === 'no',
};

/** How long a property may take, in milliseconds, even on a machine that is very busy. */
export const LONG = { timeout: 600_000 };
