import type { Page } from 'playwright-core';
import type { StandInWindow } from './browser-window.ts';

/** The open windows, oldest first. */
export const windows: StandInWindow[] = [];

export function windowOf(page: Page): StandInWindow | undefined {
  return windows.find((window) => window.contents.page === page);
}

/** Closes all windows, as quitting does; false when one of them refuses. */
export function closeWindows(): boolean {
  for (const window of [...windows]) window.close();
  return windows.length === 0;
}
