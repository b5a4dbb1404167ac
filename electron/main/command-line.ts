import { app } from 'electron';
import { runCommandLine } from '../../src/cli/run.ts';
import { keepBrowserFilesForNow } from './browser-files.ts';
import { startUtilityWorker } from './utility-worker.ts';

/** Runs the command line inside Electron, without a window, and exits with its code. */
export async function runInElectron(args: string[]): Promise<void> {
  keepBrowserFilesForNow();
  app.disableHardwareAcceleration();
  const hasDisplay = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (process.platform === 'linux' && !hasDisplay) app.commandLine.appendSwitch('ozone-platform', 'headless');
  // Workers are utility processes, which need a ready Electron.
  await app.whenReady();
  app.exit(await runCommandLine(args, startUtilityWorker));
}
