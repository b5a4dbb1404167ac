import { configDefaults, defineConfig } from 'vitest/config';

/** The browser tests need a Chromium, so they run only where somebody asks for them. */
const endToEnd = process.env['MUSTER_E2E'] === '1';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'tests/.output/**', ...(endToEnd ? [] : ['tests/e2e/**'])],
    pool: 'forks',
    testTimeout: 30_000,
  },
});
