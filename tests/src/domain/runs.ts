/**
 * How many days a property is tried on, and from which seed: `MUSTER_RUNS` and `MUSTER_SEED`, else 200 of chance. A
 * failure prints its seed.
 */
export const RUNS = {
  numRuns: Number(process.env['MUSTER_RUNS'] ?? 200),
  ...(process.env['MUSTER_SEED'] !== undefined && { seed: Number(process.env['MUSTER_SEED']) }),
};

/** How long a property may take, in milliseconds, on a machine that is busy. */
export const LONG = { timeout: 120_000 };
