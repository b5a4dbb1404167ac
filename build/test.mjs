/**
 * `npm test`: sets up what is missing and runs every check; the last line counts them. With names of test files or
 * folders it runs only these.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runs, runsBeside } from './run.mjs';
import { buildApp, ensureChromium, ensureDependencies } from './setup.mjs';

const REPORT = join(ROOT, 'tests', '.output', 'vitest.json');
const only = process.argv.slice(2);
const CHECKS = only.length > 0 ? [] : ['lint', 'typecheck', 'check:layers'];

// The browser tests are part of it: a Chromium was made sure of.
process.env.MUSTER_E2E = '1';

let passed = 0;
let failed = 0;

try {
  ensureDependencies();
  buildApp();
  if (!ensureChromium())
    throw new Error('no Chromium for the browser tests: please install it, or name it in MUSTER_CHROMIUM');
  await Promise.all(
    CHECKS.map(async (check) =>
      count(`npm run ${check}`, await runsBeside('npm', ['run', '--silent', check])),
    ),
  );
  runTests();
} catch (error) {
  failed++;
  console.error(`muster: ${error instanceof Error ? error.message : error}`);
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function runTests() {
  mkdirSync(join(ROOT, 'tests', '.output'), { recursive: true });
  rmSync(REPORT, { force: true });
  const ran = runs('vitest', [
    'run',
    '--config',
    'tests/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${REPORT}`,
    ...only,
  ]);
  const report = JSON.parse(readFileSync(REPORT, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  if (!ran && report.numFailedTests === 0) count('vitest', false);
}

/** @param {string} name @param {boolean} good */
function count(name, good) {
  console.log(`${good ? 'passed' : 'FAILED'}: ${name}`);
  if (good) passed++;
  else failed++;
}
