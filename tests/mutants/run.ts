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
      const { code, output } = await testCopy(folder, guard, mutant);
      const outcome = { name: mutant.name, caught: code === 1 && output.includes(GUARDS[guard].failing) };
      outcomes.push(outcome);
      report(outcome);
    }
    return outcomes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function testCopy(
  folder: string,
  guard: Guard,
  mutant?: Mutant,
): Promise<{ code: number | null; output: string }> {
  await copySources(folder, COPIED, mutant);
  return runGuard(folder, GUARDS[guard]);
}

function runGuard(
  folder: string,
  { test, only }: Guarding,
): Promise<{ code: number | null; output: string }> {
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
  return { ...Object.fromEntries(own), MUSTER_RUNS: '100', NO_COLOR: '1' };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const outcomes = await runMutants(({ name, caught }) =>
    console.log(`${caught ? 'caught' : 'SURVIVED'}: ${name}`),
  );
  process.exitCode = outcomes.every(({ caught }) => caught) ? 0 : 1;
}
