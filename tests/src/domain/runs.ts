/**
 * How many days a property is tried on, and from which seed: `MUSTER_RUNS` and `MUSTER_SEED`, else 200 of chance. A
 * failure prints its seed.
 */
export const RUNS = {
  numRuns: Number(process.env['MUSTER_RUNS'] ?? 200),
  ...(process.env['MUSTER_SEED'] !== undefined && { seed: Number(process.env['MUSTER_SEED']) }),
};

/** How long a property may take, in milliseconds, even on a machine that is very busy. */
export const LONG = { timeout: 600_000 };
