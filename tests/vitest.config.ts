import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/** The browser tests need a Chromium, so they run only where somebody asks for them. */
const endToEnd = process.env['MUSTER_E2E'] === '1';
const BROWSER_TESTS = ['tests/e2e/**', 'tests/electron/**', 'tests/contract/ipc.test.ts'];

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'tests/.output/**', ...(endToEnd ? [] : BROWSER_TESTS)],
    pool: 'forks',
    // Browser tests wait more than they work: one file a core, not one less.
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
  },
});
