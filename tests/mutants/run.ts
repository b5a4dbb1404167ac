import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { copySources, OUTPUT } from '../support/mutant-copy.ts';
import { MUTANTS, type Mutant } from './mutants.ts';

/*
 * Do the tests notice when a rule is gone? Each mutant is a copy of the sources with one rule taken out; the tests
 * that guard it must fail on it, and pass on the copy with every rule in place.
 */

export interface Outcome {
  name: string;
  caught: boolean;
}

const ROOT = resolve(import.meta.dirname, '../..');
const COPIED = [
  'src/domain',
  'src/access',
  'src/files',
  'src/sample/volunteer-evening.ts',
  'tests/src/domain',
  'tests/src/access',
  'tests/support/cheap-pin.ts',
  'tests/support/temp-folder.ts',
  'tests/vitest.config.ts',
];

/** The days that a property is tried on: always the same, and enough that each mutant meets one that shows it. */
const RUNS = '300';
const SEED = '20261122';

type Guard = 'invariants' | NonNullable<Mutant['guardedBy']>;

interface Guarding {
  test: string;
  /** The part of the test's name that is enough. */
  only?: string;
  /** How its failing reads; a copy that does not even load says something else. */
  failing: string;
}

const GUARDS: Record<Guard, Guarding> = {
  invariants: { test: 'tests/src/domain/invariants.test.ts', failing: 'Property failed' },
  clock: { test: 'tests/src/domain/clock.test.ts', failing: 'AssertionError' },
  redact: { test: 'tests/src/domain/redact.test.ts', failing: 'Property failed' },
  'pin-guard': { test: 'tests/src/access/pin-guard.test.ts', only: 'guessing', failing: 'AssertionError' },
  sessions: { test: 'tests/src/access/sessions.test.ts', failing: 'AssertionError' },
};

/** Runs its guard on every mutant. Throws when a guard fails without one: then it proves nothing. */
export async function runMutants(report: (outcome: Outcome) => void = () => {}): Promise<Outcome[]> {
  await mkdir(OUTPUT, { recursive: true });
  const folder = await mkdtemp(join(OUTPUT, 'mutants-'));
  try {
    for (const guard of Object.keys(GUARDS) as Guard[]) {
      const untouched = await testCopy(folder, guard);
      if (untouched.code !== 0) throw new Error(`${guard} fails without a mutant:\n${untouched.output}`);
    }
    const outcomes: Outcome[] = [];
    for (const mutant of MUTANTS) {
      const guard = mutant.guardedBy ?? 'invariants';
      const tested = await testCopy(folder, guard, mutant);
      const outcome = { name: mutant.name, caught: isCaught(guard, mutant, tested) };
      outcomes.push(outcome);
      report(outcome);
    }
    return outcomes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Tested {
  code: number | null;
  output: string;
}

/** A guard that neither passes nor fails by its own word, on a machine that is too busy for example, says nothing. */
function isCaught(guard: Guard, { name }: Mutant, { code, output }: Tested): boolean {
  if (code === 0) return false;
  if (output.includes(GUARDS[guard].failing)) return true;
  throw new Error(`${guard} broke on the mutant "${name}":\n${output}`);
}

async function testCopy(folder: string, guard: Guard, mutant?: Mutant): Promise<Tested> {
  await copySources(folder, COPIED, mutant);
  return runGuard(folder, GUARDS[guard]);
}

function runGuard(folder: string, { test, only }: Guarding): Promise<Tested> {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--root', folder, '--config', 'tests/vitest.config.ts', test, '--bail', '1'];
  if (only !== undefined) args.push('-t', only);
  const child = spawn(process.execPath, args, { cwd: folder, env: environment() });
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** Without what an outer vitest has left for its own workers. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST|NODE_ENV|MUSTER_)/.test(name));
  return { ...Object.fromEntries(own), MUSTER_RUNS: RUNS, MUSTER_SEED: SEED, NO_COLOR: '1' };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const outcomes = await runMutants(({ name, caught }) =>
    console.log(`${caught ? 'caught' : 'SURVIVED'}: ${name}`),
  );
  process.exitCode = outcomes.every(({ caught }) => caught) ? 0 : 1;
}
