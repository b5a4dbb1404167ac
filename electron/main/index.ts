/*
 * Electron's main process. Everything that must happen before Electron is ready happens before the first await.
 */
import { app } from 'electron';
import { runInElectron } from './command-line.ts';
import { endOnFault } from './faults.ts';
import { startKiosk } from './start-kiosk.ts';
import { commandLineOf, OptionError, readStartOptions, type Installation } from './start-options.ts';

// In development the first word is the app's folder.
const args = process.argv.slice(app.isPackaged ? 1 : 2);
const words = commandLineOf(args);
endOnFault({ again: words === undefined });
if (words) void runInElectron(words);
else start();

function start(): void {
  try {
    void startKiosk(readStartOptions(args, installation()));
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    console.error(`muster: ${error.message}`);
    app.exit(2);
  }
}

function installation(): Installation {
  if (!app.isPackaged) return 'development';
  return process.env['APPIMAGE'] === undefined ? 'installed' : 'appimage';
}
