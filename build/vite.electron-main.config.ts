import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { NATIVE_PACKAGES } from './native-packages.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The main process and the workers it starts; a worker's bundle has the worker's name. */
const ENTRIES = {
  main: 'electron/main/index.ts',
  renditions: 'src/photos/rendition-worker.ts',
  'people-file': 'src/roster/people-file-worker.ts',
  'attendance-xlsx': 'src/export/attendance-xlsx-worker.ts',
};

/*
 * Everything is bundled but Electron and the packages with native parts. All files lie flat in dist/electron, two
 * levels below the project as the sources do, so that paths relative to a module hold in both.
 */
export default defineConfig({
  root,
  publicDir: false,
  ssr: {
    noExternal: true,
    external: ['electron', ...NATIVE_PACKAGES],
  },
  build: {
    ssr: true,
    target: 'node24',
    outDir: fileURLToPath(new URL('../dist/electron/', import.meta.url)),
    // The preload script lies there, too, and is built after this.
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      // The command line loads late what main has anyway.
      checks: { ineffectiveDynamicImport: false },
      input: Object.fromEntries(Object.entries(ENTRIES).filter(([, file]) => existsSync(`${root}${file}`))),
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
