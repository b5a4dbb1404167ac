import { constants, setPriority } from 'node:os';

/** Gives a process less of the machine than the kiosk has. One that has ended, or never began, needs nothing. */
export function lowerProcess(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    const { info } = error as { info?: { code?: string } };
    if (info?.code !== 'ESRCH') throw error;
  }
}
