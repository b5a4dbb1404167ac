import { app } from 'electron';

let booked = false;

/**
 * Has the installed app started again once this process has ended; the caller ends it. Electron starts one more
 * instance for each time it is told, so it is told once. In development that is left to whoever started it.
 * @returns false in development
 */
export function bookRelaunch(): boolean {
  if (!app.isPackaged) return false;
  if (booked) return true;
  booked = true;
  // The program of an AppImage lies in a folder that goes with the process.
  const image = process.env['APPIMAGE'];
  app.relaunch(image === undefined ? {} : { execPath: image });
  return true;
}

/** Will it be started again? Its exit code is not 0 then: a supervisor must not take that for the kiosk's end. */
export function isRelaunchBooked(): boolean {
  return booked;
}
