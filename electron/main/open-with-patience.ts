import { screen, type BrowserWindow } from 'electron';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bilingual } from '../../src/domain/bilingual.ts';
import { Problem } from '../../src/domain/problem.ts';
import { openKioskWindow } from './kiosk-window.ts';
import { sayBoth } from './say-both.ts';

/** Wait between two attempts, in milliseconds. */
const AGAIN_AFTER = 5_000;

/**
 * Opens the kiosk. While it cannot be opened, the reason stands on the screen and, once, on stderr, and it is tried
 * again: another program may let the folder go, a disk may come late. What is no Problem is thrown.
 * @param onTrouble called with the words before a page with them is shown
 */
export async function openWithPatience<T>(
  open: () => Promise<T>,
  onTrouble: (words: Bilingual) => void,
): Promise<{ opened: T; troubleWindow: BrowserWindow | undefined }> {
  let troubleWindow: BrowserWindow | undefined;
  let said = '';
  for (;;) {
    try {
      return { opened: await open(), troubleWindow };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      onTrouble(error.words);
      if (error.words.en !== said) {
        said = error.words.en;
        sayBoth(error.words);
        if (troubleWindow) troubleWindow.webContents.reload();
        else troubleWindow = openKioskWindow(screen.getPrimaryDisplay().bounds, '/');
      }
    }
    await wait(AGAIN_AFTER);
  }
}
