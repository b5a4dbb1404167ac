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

let expectedPages = 0;

/** Says that the next new page is a window's own. */
export function expectPage(): void {
  expectedPages++;
}

/** Is a new page a window's own? Else a page opened it. */
export function takeExpectedPage(): boolean {
  if (expectedPages === 0) return false;
  expectedPages--;
  return true;
}
