import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('../renderer/', import.meta.url));
const outDir = fileURLToPath(new URL('../dist/renderer/', import.meta.url));

const KIOSK = 'http://127.0.0.1:6878';

export default defineConfig({
  root,
  plugins: [vue()],
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  // `npm run dev` shows the screens of a kiosk that runs beside it: npm run -s muster -- serve --sample
  server: {
    fs: { allow: [fileURLToPath(new URL('../', import.meta.url))] },
    proxy: {
      // Operations, not the sources in renderer/api.
      '^/api/(?!.*\\.ts)': { target: KIOSK, changeOrigin: true, ws: true, headers: { origin: KIOSK } },
      '^/(photos|uploads|exports)/': { target: KIOSK, changeOrigin: true, headers: { origin: KIOSK } },
    },
  },
  build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
