import { defineConfig } from 'vitest/config';

/** Every copy is in a folder of its own under the root. */
export default defineConfig({
  test: { include: ['*/tests/**/*.test.ts'], pool: 'forks', testTimeout: 60_000 },
});
