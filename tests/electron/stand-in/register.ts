/*
 * `node --import` this file, then the built main process: `electron` is the stand-in of this folder, the bundles stay
 * as they are. What it cannot show is listed in docs/electron.md.
 */
import { registerHooks } from 'node:module';

const STAND_IN = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: STAND_IN, shortCircuit: true } : next(specifier, context),
});

if (process.send) await import('./control.ts');
