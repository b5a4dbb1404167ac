/*
 * `node --import` this file: what waits five seconds waits one. Other waits are left alone, Playwright's among them, and
 * so is the heartbeat: on a busy machine a page may need its time to answer.
 */
import promises from 'node:timers/promises';
import { syncBuiltinESMExports } from 'node:module';

const shorter = (milliseconds?: number) => (milliseconds === 5_000 ? 1_000 : milliseconds);

const { setTimeout: later } = globalThis;
const { setTimeout: wait } = promises;

Object.assign(globalThis, {
  setTimeout: (run: () => void, after?: number, ...args: []) => later(run, shorter(after), ...args),
});
Object.assign(promises, {
  setTimeout: (after?: number, ...rest: []) => wait(shorter(after), ...rest),
});
syncBuiltinESMExports();
