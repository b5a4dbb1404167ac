import { CallRefused } from '../api/client.ts';
import type { KioskOptions } from '../kiosk/open-kiosk.ts';
import { host } from './host.ts';
import { readCommandLine, type Options } from './options.ts';
import { asProblem, oneLine, say, type Outcome } from './output.ts';
import { USAGE, UsageError } from './usage.ts';

/**
 * Runs one command and prints what it has to say.
 * @param args without the program's own name
 * @param startWorker how this host starts workers, where it is not by Node's child processes
 * @returns the exit code: 0 done, 1 refused or failed, 2 wrong usage
 */
export async function runCommandLine(
  args: string[],
  startWorker?: KioskOptions['startWorker'],
): Promise<number> {
  if (startWorker) host.startWorker = startWorker;
  const json = args.includes('--json');
  try {
    const { words, options } = readCommandLine(args);
    if (options.version) {
      console.log((await import('../kiosk/version.ts')).VERSION);
      return 0;
    }
    if (options.help || words[0] === 'help' || words.length === 0) {
      console.log(USAGE);
      return words.length === 0 && !options.help ? 2 : 0;
    }
    const outcome = await run(words, options);
    if (!outcome) return 0;
    if (json) console.log(JSON.stringify(outcome.json));
    else if (outcome.exitCode === 0) console.log(outcome.text);
    else console.error(outcome.text);
    return outcome.exitCode;
  } catch (error) {
    return reportError(error, json);
  }
}

/** Each command loads only what it needs, so that a short one is quick. */
async function run([command, ...rest]: string[], options: Options): Promise<Outcome | undefined> {
  switch (command) {
    case 'serve':
      return void (await (await import('./serve.ts')).serve(rest, options));
    case 'call':
      return (await import('./call.ts')).call(rest, options);
    case 'import':
      return importSomething(rest, options);
    case 'export':
      return (await import('./export.ts')).exportAttendance(rest, options);
    case 'sample':
      return (await import('./sample.ts')).sample(rest, options);
    case 'pin':
      return (await import('./pin.ts')).pin(rest, options);
    case 'backup':
      return (await import('./backup.ts')).backup(rest, options);
    case 'restore':
      return (await import('./restore.ts')).restore(rest, options);
    case 'erase':
      return (await import('./erase.ts')).erase(rest, options);
    case 'verify':
      return (await import('./verify.ts')).verify(rest, options);
    default:
      throw new UsageError(`there is no command "${command}"`);
  }
}

async function importSomething([what, ...rest]: string[], options: Options): Promise<Outcome> {
  if (what === 'people') return (await import('./import-people.ts')).importPeople(rest, options);
  if (what === 'photos') return (await import('./import-photos.ts')).importPhotos(rest, options);
  throw new UsageError('import what? people or photos');
}

/** One line for a person, one object for a script; only what nobody foresaw shows its trace. */
function reportError(error: unknown, json: boolean): number {
  if (error instanceof UsageError) {
    console.error(`muster: ${oneLine(error.message)}. See: muster --help`);
    return 2;
  }
  const problem = asProblem(error);
  const refusal =
    error instanceof CallRefused ? error.refusal : problem && { code: problem.code, message: problem.words };
  if (!refusal) throw error;
  if (json) console.log(JSON.stringify({ ok: false, refusal }));
  else console.error(`muster: ${say(refusal.message)}`);
  return 1;
}
