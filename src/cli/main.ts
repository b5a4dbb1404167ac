import { CallRefused } from '../api/client.ts';
import { call } from './call.ts';
import { exportAttendance } from './export.ts';
import { importPeople, importPhotos } from './import.ts';
import { readCommandLine, type Options } from './options.ts';
import { asProblem, oneLine, say, type Outcome } from './output.ts';
import { sample } from './sample.ts';
import { serve } from './serve.ts';
import { USAGE, UsageError } from './usage.ts';
import { verify } from './verify.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const json = args.includes('--json');
  try {
    const { words, options } = readCommandLine(args);
    if (options.help || words.length === 0) {
      console.log(USAGE);
      return options.help ? 0 : 2;
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

async function run([command, ...rest]: string[], options: Options): Promise<Outcome | undefined> {
  switch (command) {
    case 'serve':
      return void (await serve(options));
    case 'call':
      return call(rest, options);
    case 'import':
      if (rest[0] === 'people') return importPeople(rest.slice(1), options);
      if (rest[0] === 'photos') return importPhotos(rest.slice(1), options);
      throw new UsageError('import what? people or photos');
    case 'export':
      return exportAttendance(rest, options);
    case 'sample':
      return sample(rest, options);
    case 'verify':
      return verify(options);
    default:
      throw new UsageError(`there is no command "${command}"`);
  }
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
