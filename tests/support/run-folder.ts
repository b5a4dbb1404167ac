import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes one folder for all test files of a run, `MUSTER_TEST_RUN`, and removes it at the end. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'muster-run-'));
  process.env['MUSTER_TEST_RUN'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
