import type { BrowserWindow } from 'electron';

/** How often a page is asked whether it lives, in milliseconds. */
const EVERY = 5_000;
/** So many beats without an answer, and its process is ended for the crash guard to bring back. */
const MISSED = 3;

/**
 * Electron calls a page unresponsive only when a touch goes unanswered; a wall that nobody touches could hang for a
 * week. So each page is asked for a sign of life.
 */
export function listenForHeartbeat(window: BrowserWindow): void {
  let missed = 0;
  const beat = setInterval(() => {
    const contents = window.webContents;
    if (contents.isCrashed() || contents.isLoadingMainFrame()) return;
    if (missed >= MISSED) {
      console.error(`muster: a page has hung for ${(MISSED * EVERY) / 1000} s and is brought back`);
      missed = 0;
      contents.forcefullyCrashRenderer();
      return;
    }
    missed++;
    contents.executeJavaScript('1').then(
      () => (missed = 0),
      (error: unknown) => console.error('muster: a page could not be asked for a sign of life:', error),
    );
  }, EVERY);
  window.on('closed', () => clearInterval(beat));
}
