import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKiosk } from '../../src/kiosk/open-kiosk.ts';

let template: Promise<string> | undefined;

/** A data folder with the sample evening, to be copied: filled once in a run of the tests, elsewhere once in a process. */
export function sampleTemplate(): Promise<string> {
  return (template ??= fillTemplate());
}

async function fillTemplate(): Promise<string> {
  const run = process.env['MUSTER_TEST_RUN'];
  const shared = run === undefined ? undefined : join(run, 'sample');
  if (shared !== undefined && existsSync(shared)) return shared;
  const folder = mkdtempSync(join(run ?? tmpdir(), 'muster-template-'));
  if (run === undefined) process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const kiosk = await openKiosk(folder);
  await kiosk.addSample();
  await kiosk.close();
  if (shared === undefined) return folder;
  try {
    renameSync(folder, shared);
  } catch (error) {
    // Another file of the run was quicker.
    if (!existsSync(shared)) throw error;
  }
  return shared;
}
