import { app } from 'electron';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../../src/kiosk/version.ts';
import { bookRelaunch } from './relaunch.ts';

/** The graphics process may end so often ... */
const LIMIT = 3;
/** ... within so many milliseconds; Chromium itself gives up soon after, and takes the whole app along. */
const COUNTED_FOR = 30_000;

/**
 * A graphics driver that keeps failing: the app starts again without hardware acceleration, and this version of it
 * remembers that beside Chromium's files. Possible once it is known where these lie, and before Electron is ready.
 */
export function guardGpu(): void {
  const file = join(app.getPath('userData'), 'without-gpu');
  if (existsSync(file) && readFileSync(file, 'utf8') === VERSION) {
    app.disableHardwareAcceleration();
    return;
  }
  let ends: number[] = [];
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (type !== 'GPU' || reason === 'clean-exit') return;
    ends = [...ends.filter((at) => performance.now() - at < COUNTED_FOR), performance.now()];
    if (ends.length === LIMIT) goWithout(file);
  });
}

function goWithout(file: string): void {
  try {
    writeFileSync(file, VERSION);
  } catch (error) {
    // Started again it would fail the same way: better a kiosk that flickers.
    console.error('muster: that the graphics process fails could not be remembered:', error);
    return;
  }
  console.error('muster: the graphics process keeps ending; the next start does without it');
  if (bookRelaunch()) app.quit();
}
