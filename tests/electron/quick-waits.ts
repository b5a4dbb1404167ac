/*
 * `node --import` this file: what waits five seconds waits one. Other waits are left alone, Playwright's among them.
 */
import promises from 'node:timers/promises';
import { syncBuiltinESMExports } from 'node:module';

const shorter = (milliseconds?: number) => (milliseconds === 5_000 ? 1_000 : milliseconds);

const { setTimeout: later, setInterval: often } = globalThis;
const { setTimeout: wait } = promises;

Object.assign(globalThis, {
  setTimeout: (run: () => void, after?: number, ...args: []) => later(run, shorter(after), ...args),
  setInterval: (run: () => void, every?: number, ...args: []) => often(run, shorter(every), ...args),
});
Object.assign(promises, {
  setTimeout: (after?: number, ...rest: []) => wait(shorter(after), ...rest),
});
syncBuiltinESMExports();
