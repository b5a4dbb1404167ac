import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { SlowFirst } from './support/slow-first.ts';

/** The browser tests need a Chromium, so they run only where somebody asks for them. */
const endToEnd = process.env['MUSTER_E2E'] === '1';
const BROWSER_TESTS = ['tests/e2e/**', 'tests/electron/**', 'tests/contract/ipc.test.ts'];

/** Nothing but functions is tested there: no file, no environment, no process. */
const PURE = ['tests/src/domain/**/*.test.ts', 'tests/src/api/**/*.test.ts', 'tests/renderer/**/*.test.ts'];

// Every process of the tests compiles the same modules; from the second time on they are taken from here.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '.output/compile-cache');

// Without a language Chromium cannot be given a file whose name is Chinese.
process.env['LANG'] ??= 'C.UTF-8';

export default defineConfig({
  test: {
    // Browser tests wait more than they work: half as many more files than cores.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        extends: true,
        test: { name: 'pure', include: PURE, isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'parts',
          globalSetup: 'tests/support/run-folder.ts',
          include: ['tests/**/*.test.ts'],
          exclude: [
            ...configDefaults.exclude,
            ...PURE,
            'tests/.output/**',
            ...(endToEnd ? [] : BROWSER_TESTS),
          ],
        },
      },
    ],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
