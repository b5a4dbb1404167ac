import { app } from 'electron';
import { Problem } from '../../src/domain/problem.ts';
import { bookRelaunch } from './relaunch.ts';
import { sayBoth } from './say-both.ts';

/** A process that lived so many seconds is worth another try; one that ends sooner would go round for ever. */
const LIVED = 60;

/**
 * What nobody foresaw ends the process with its words or a trace on stderr and exit code 1, and no box on the screen.
 * What was acknowledged is on disk.
 * @param again has the installed app started again, unless it had only just begun
 */
export function endOnFault({ again }: { again: boolean }): void {
  function end(error: unknown): void {
    if (error instanceof Problem) sayBoth(error.words);
    else console.error(error);
    if (again && process.uptime() > LIVED) bookRelaunch();
    app.exit(1);
  }

  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    console.error(`muster: the ${name ?? type} process is gone: ${reason} (${exitCode})`);
  });
}
