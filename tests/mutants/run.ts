import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
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
  /** Which random day showed it, where one did. Far from `RUNS` is good: days change with every new kind of step. */
  days?: number;
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
  'tests/support/mounted-disk.ts',
  'tests/support/small-disk.ts',
  'tests/support/temp-folder.ts',
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
  failing: RegExp;
}

const GUARDS: Record<Guard, Guarding> = {
  invariants: { test: 'tests/src/domain/invariants.test.ts', failing: /Property failed/ },
  clock: { test: 'tests/src/domain/clock.test.ts', failing: /AssertionError|Property failed/ },
  redact: { test: 'tests/src/domain/redact.test.ts', failing: /AssertionError|Property failed/ },
  'pin-guard': { test: 'tests/src/access/pin-guard.test.ts', only: 'guessing', failing: /AssertionError/ },
  sessions: { test: 'tests/src/access/sessions.test.ts', failing: /AssertionError/ },
};

/** A copy of the sources in a folder of its own; without a mutant it has every rule in place. */
interface Copy {
  folder: string;
  mutant?: Mutant;
}

/**
 * Runs its guard on every mutant. Throws when a guard fails without one: then it proves nothing.
 * @param workers how many copies are tested at once
 */
export async function runMutants(
  workers: number,
  report: (outcome: Outcome) => void = () => {},
): Promise<Outcome[]> {
  await mkdir(OUTPUT, { recursive: true });
  const folder = await mkdtemp(join(OUTPUT, 'mutants-'));
  try {
    const outcomes: Outcome[] = [];
    for (const guard of Object.keys(GUARDS) as Guard[]) {
      const mutants = MUTANTS.filter(({ guardedBy = 'invariants' }) => guardedBy === guard);
      for (const outcome of await testCopies(join(folder, guard), guard, mutants, workers)) {
        outcomes.push(outcome);
        report(outcome);
      }
    }
    return outcomes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One vitest tests all copies that have the same guard: it is slow to start, and each file has its own process. */
async function testCopies(
  folder: string,
  guard: Guard,
  mutants: readonly Mutant[],
  workers: number,
): Promise<Outcome[]> {
  const untouched: Copy = { folder: join(folder, 'untouched') };
  const copies = mutants.map((mutant, index): Copy => ({ folder: join(folder, `${index + 1}`), mutant }));
  for (const copy of [untouched, ...copies]) await copySources(copy.folder, COPIED, copy.mutant);
  const { files, output } = await runGuard(folder, GUARDS[guard], workers);
  const testedIn = (copy: Copy) => files.get(realpathSync(join(copy.folder, GUARDS[guard].test)));
  if (testedIn(untouched)?.passed !== true)
    throw new Error(`${guard} fails without a mutant:\n${testedIn(untouched)?.message ?? output}`);
  return copies.map((copy) => {
    const { name } = copy.mutant!;
    return { name, ...judge(guard, name, testedIn(copy) ?? { passed: false, message: output }) };
  });
}

interface Tested {
  passed: boolean;
  /** What the failing tests say. */
  message: string;
}

/** A guard that neither passes nor fails by its own word, on a machine that is too busy for example, says nothing. */
function judge(guard: Guard, name: string, { passed, message }: Tested): Omit<Outcome, 'name'> {
  if (passed) return { caught: false };
  if (!GUARDS[guard].failing.test(message))
    throw new Error(`${guard} broke on the mutant "${name}":\n${message}`);
  const days = /failed after (\d+) tests/.exec(message)?.[1];
  return { caught: true, ...(days !== undefined && { days: Number(days) }) };
}

/** What vitest reports, of it what is read here. */
interface Report {
  testResults: {
    name: string;
    status: 'passed' | 'failed';
    message: string;
    assertionResults: { failureMessages?: string[] }[];
  }[];
}

/** Runs the guard in every copy in `folder`; what became of each, by its path, and all that was printed. */
async function runGuard(folder: string, { test, only }: Guarding, workers: number) {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const reported = join(folder, 'report.json');
  const args = [
    vitest,
    'run',
    '--root',
    folder,
    '--config',
    join(ROOT, 'tests/mutants/vitest.config.ts'),
    test,
  ];
  args.push('--maxWorkers', `${workers}`, '--reporter=json', `--outputFile=${reported}`);
  if (only !== undefined) args.push('-t', only);
  const output = await printedBy(spawn(process.execPath, args, { cwd: folder, env: environment() }));
  const { testResults } = JSON.parse(
    await readFile(reported, 'utf8').catch(() => '{"testResults":[]}'),
  ) as Report;
  const files = new Map<string, Tested>();
  for (const { name, status, message, assertionResults } of testResults) {
    const said = assertionResults.flatMap(({ failureMessages }) => failureMessages ?? []);
    files.set(name, { passed: status === 'passed', message: [message, ...said].join('\n') });
  }
  return { files, output };
}

function printedBy(child: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}

/** Without what an outer vitest has left for its own workers. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST|NODE_ENV|MUSTER_)/.test(name));
  return {
    ...Object.fromEntries(own),
    MUSTER_RUNS: RUNS,
    MUSTER_SEED: SEED,
    MUSTER_SHRINK: 'no',
    NO_COLOR: '1',
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const outcomes = await runMutants(availableParallelism(), ({ name, caught, days }) =>
    console.log(`${caught ? 'caught' : 'SURVIVED'}: ${name}${days === undefined ? '' : ` (day ${days})`}`),
  );
  process.exitCode = outcomes.every(({ caught }) => caught) ? 0 : 1;
}
