import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/* One CommonJS file: a sandboxed preload script can require next to nothing, and is no module. */
export default defineConfig({
  root: fileURLToPath(new URL('../', import.meta.url)),
  publicDir: false,
  ssr: { noExternal: true, external: ['electron'], target: 'webworker' },
  build: {
    ssr: true,
    target: 'chrome140',
    outDir: fileURLToPath(new URL('../dist/electron/', import.meta.url)),
    emptyOutDir: false,
    minify: false,
    rolldownOptions: {
      input: 'electron/preload/index.ts',
      output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
    },
  },
});
