import { app } from 'electron';
import { isRelaunchBooked } from './relaunch.ts';

/** Longest wait, in milliseconds, for what must be done before the end. */
const LIMIT = 10_000;

/** The one way out of the app. */
export interface Shutdown {
  /** What to wait for before the process ends; each runs once, the latest first. */
  join(work: () => Promise<void>): void;
  /** The process's exit code. */
  exitCode: number;
}

/**
 * Whoever ends the app, by window, signal or system, ends it here: everything that joined is awaited once, for at
 * most ten seconds, then the process exits.
 */
export function joinShutdown(): Shutdown {
  const works: (() => Promise<void>)[] = [];
  const shutdown: Shutdown = { join: (work) => void works.unshift(work), exitCode: 0 };
  let ending = false;

  async function end(): Promise<void> {
    if (ending) return;
    ending = true;
    const timer = setTimeout(() => {
      console.error(`muster: the kiosk did not close within ${LIMIT / 1000} s and was ended`);
      app.exit(1);
    }, LIMIT);
    for (const work of works) {
      try {
        await work();
      } catch (error) {
        console.error(error);
        shutdown.exitCode = 1;
      }
    }
    clearTimeout(timer);
    app.exit(isRelaunchBooked() ? 1 : shutdown.exitCode);
  }

  app.on('before-quit', (event) => {
    event.preventDefault();
    void end();
  });
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  return shutdown;
}
