import { app } from 'electron';
import { Problem } from '../../src/domain/problem.ts';
import { sayBoth } from './say-both.ts';

/**
 * What nobody foresaw ends the process with its words or a trace on stderr and exit code 1, and no box on the screen: whoever
 * supervises the kiosk starts it again, and what was acknowledged is on disk.
 */
export function endOnFault(): void {
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    console.error(`muster: the ${name ?? type} process is gone: ${reason} (${exitCode})`);
  });
}

function end(error: unknown): void {
  if (error instanceof Problem) sayBoth(error.words);
  else console.error(error);
  app.exit(1);
}
