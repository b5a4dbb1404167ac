import { app } from 'electron';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../src/domain/problem.ts';
import { prepareDataFolder } from '../../src/kiosk/data-folder.ts';

/**
 * Chromium keeps its own files in `browser/` of the data folder: apart from the store, and where the kiosk may
 * write for certain. Electron's lock against a second start lies there, so each data folder has its own. Where the
 * folder cannot be used, they go to a folder that lives as long as the process, so that a window can say why.
 */
export function keepBrowserFilesIn(dataFolder: string): void {
  try {
    prepareDataFolder(dataFolder);
    const folder = join(dataFolder, 'browser');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    app.setPath('userData', folder);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    keepBrowserFilesForNow();
  }
}

/** Chromium's files in a folder of their own that goes with the process. */
export function keepBrowserFilesForNow(): void {
  const folder = mkdtempSync(join(tmpdir(), 'muster-browser-'));
  app.setPath('userData', folder);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
}
