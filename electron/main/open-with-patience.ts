import { screen } from 'electron';
import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '../../src/domain/problem.ts';
import { openLastingWindow, type LastingWindow } from './lasting-window.ts';
import { sayBoth } from './say-both.ts';

/** Wait between two attempts, in milliseconds. */
const AGAIN_AFTER = 5_000;

/**
 * Opens the kiosk. While it cannot be opened, the reason stands on the screen and, once and in full, on stderr, and it
 * is tried again: another program may let the folder go, a disk may come late. What is no Problem is thrown.
 * @param onTrouble called before a page about it is shown
 */
export async function openWithPatience<T>(
  open: () => Promise<T>,
  onTrouble: (problem: Problem) => void,
): Promise<{ opened: T; troubleWindow: LastingWindow | undefined }> {
  let troubleWindow: LastingWindow | undefined;
  let said = '';
  for (;;) {
    try {
      return { opened: await open(), troubleWindow };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      onTrouble(error);
      if (error.words.en !== said) {
        said = error.words.en;
        sayBoth(error.words);
        if (troubleWindow) troubleWindow.show('/');
        else troubleWindow = openLastingWindow(screen.getPrimaryDisplay().bounds, '/');
      }
    }
    await wait(AGAIN_AFTER);
  }
}
