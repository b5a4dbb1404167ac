import type { KioskOptions } from '../kiosk/open-kiosk.ts';

/** What the program around the command line brings along for `openKiosk`: Electron starts workers in its own way. */
export const host: Pick<KioskOptions, 'startWorker'> = {};
