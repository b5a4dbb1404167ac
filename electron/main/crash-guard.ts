import { app, type BrowserWindow } from 'electron';
import { bookRelaunch } from './relaunch.ts';

/** Crashes are counted over so many milliseconds. */
const COUNTED_FOR = 10 * 60_000;
/** So many of them need a new window, not only its page again. */
const CRASHES_PER_WINDOW = 3;
/** So many of them need a new process. */
const CRASHES_PER_PROCESS = 6;
/** Waits before each next attempt, in milliseconds: at once, then slower, so that no loop burns the machine. */
const WAITS = [0, 1_000, 5_000, 5_000, 5_000, 30_000];

/** Remembers the crashes of one display's windows. */
export interface CrashGuard {
  /**
   * Brings the page back when its process ends, calls `renew` for a new window when that keeps happening, and has
   * the installed app start again when that does not help either.
   */
  watch(window: BrowserWindow, renew: () => void): void;
}

/** A guard for one display: it goes on counting when the window is replaced. */
export function createCrashGuard(): CrashGuard {
  let crashes: number[] = [];
  return {
    watch(window, renew) {
      const contents = window.webContents;
      contents.on('render-process-gone', (_event, { reason, exitCode }) => {
        crashes = [...crashes.filter((at) => performance.now() - at < COUNTED_FOR), performance.now()];
        console.error(`muster: a page's process is gone: ${reason} (${exitCode}), ${crashes.length} lately`);
        if (crashes.length >= CRASHES_PER_PROCESS && bookRelaunch()) {
          app.quit();
          return;
        }
        const again = crashes.length % CRASHES_PER_WINDOW === 0 ? renew : () => contents.reload();
        const wait = WAITS[Math.min(crashes.length, WAITS.length) - 1];
        setTimeout(() => {
          if (!window.isDestroyed()) again();
        }, wait);
      });
      // The other half of the documented pair: once crashed, it is brought back as above.
      contents.on('unresponsive', () => contents.forcefullyCrashRenderer());
    },
  };
}
