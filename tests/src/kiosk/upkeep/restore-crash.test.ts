import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { UpkeepState, UpkeepWork } from '../../../../src/api/upkeep-api.ts';
import { openKiosk } from '../../../../src/kiosk/open-kiosk.ts';
import { restoreClosed } from '../../../../src/kiosk/upkeep/restore.ts';
import { verifyKiosk } from '../../../../src/kiosk/verify-kiosk.ts';
import { kioskClock } from '../../../support/kiosk-clock.ts';
import { until } from '../../../support/until.ts';
import { WatchedFileSystem } from '../../../support/watched-file-system.ts';
import { openUpkeepKiosk, backUpTo, stickFolder, untold } from './kiosks.ts';

/*
 * A disk that fails at every single call of a restore, once or from there on, as a process that dies leaves it: there
 * is one whole store afterwards, the old one or the new one.
 */

let folder: string;
let backup: string;
/** How many visits the backup holds and the data that it takes the place of. */
const [RESTORED, PRESENT] = [1, 2];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-crash-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A closed kiosk to be copied, and a backup of it; made in the first test, as it needs a test around it. */
async function prepare(): Promise<string> {
  const template = join(folder, 'template');
  if (backup === undefined) {
    const opened = await openUpkeepKiosk();
    const path = await backUpTo(opened);
    backup = join(folder, 'backup.zip');
    cpSync(path, backup);
    await opened.signIn(opened.evening.li);
    await opened.kiosk.close();
    cpSync(opened.dataFolder, template, { recursive: true });
  }
  return template;
}

/** A copy of the data as they were, in a folder that the test removes. */
async function copy(name: string): Promise<string> {
  const data = join(folder, name);
  cpSync(await prepare(), data, { recursive: true });
  return data;
}

/** A disk that fails at the call of that number, and from there on where `forEver`. */
function failingAt(call: number, forEver: boolean): { fs: WatchedFileSystem; count(): number } {
  const fs = new WatchedFileSystem();
  let count = 0;
  fs.before = () => {
    const now = count++;
    if (forEver ? now < call : now !== call) return;
    throw Object.assign(new Error('EIO: the disk failed on purpose'), { code: 'EIO' });
  };
  return { fs, count: () => count };
}

/** One whole store is there; says how many visits it has. */
async function visitsIn(data: string): Promise<number> {
  const kiosk = await openKiosk(data, { clock: kioskClock() });
  const { size } = kiosk.state.visits;
  expect(kiosk.report).toEqual([]);
  await kiosk.close();
  expect(readdirSync(data).filter((name) => name.startsWith('store.'))).toEqual([]);
  expect(await verifyKiosk(data)).toMatchObject({ ok: true, problems: [] });
  return size;
}

describe('a closed kiosk', () => {
  test.each([
    ['once', false],
    ['from there on', true],
  ])(
    'whose disk fails %s, at every call',
    async (_what, forEver) => {
      const all = failingAt(Infinity, false);
      const whole = await copy('whole');
      await restoreClosed(whole, backup, untold(), { fs: all.fs, clock: kioskClock() });
      const calls = all.count();
      expect(calls).toBeGreaterThan(40);
      expect(await visitsIn(whole)).toBe(RESTORED);
      rmSync(whole, { recursive: true });

      const outcomes = { restored: 0, present: 0, failed: 0 };
      for (let call = 0; call < calls; call++) {
        const data = await copy(`call-${call}`);
        const { fs } = failingAt(call, forEver);
        const done = await restoreClosed(data, backup, untold(), { fs, clock: kioskClock() }).then(
          () => true,
          () => false,
        );
        const visits = await visitsIn(data);
        if (done) expect(visits, `call ${call}`).toBe(RESTORED);
        if (!done) outcomes.failed++;
        if (visits === RESTORED) outcomes.restored++;
        else if (visits === PRESENT) outcomes.present++;
        rmSync(data, { recursive: true });
      }
      expect(outcomes.restored + outcomes.present).toBe(calls);
      expect(outcomes.present).toBeGreaterThan(30);
      expect(outcomes.failed).toBeGreaterThanOrEqual(outcomes.present);
    },
    240_000,
  );
});

describe('an open kiosk', () => {
  test('whose disk fails once, at every call: what is told is what is there, and it goes on', async () => {
    await prepare();
    const stick = await stickFolder();
    cpSync(backup, join(stick, 'backup.zip'));
    const tally = { restored: 0, present: 0 };
    for (let call = 0, more = true; more; call++) {
      const data = await copy(`open-${call}`);
      const outcome = await restoreOpenFailingAt(data, join(stick, 'backup.zip'), call);
      more = outcome.reached;
      tally[outcome.visits === RESTORED ? 'restored' : 'present']++;
      const isTold = outcome.state === 'done' || /is restored, but/.test(outcome.words);
      expect(outcome.visits, `call ${call}: ${outcome.words}`).toBe(isTold ? RESTORED : PRESENT);
      expect(await visitsIn(data), `call ${call}`).toBe(outcome.visits + 1);
      rmSync(data, { recursive: true });
    }
    expect(tally.present).toBeGreaterThan(20);
    expect(tally.restored).toBeGreaterThan(1);
  }, 240_000);
});

/** Restores in an open kiosk; afterwards somebody signs in, if need be after the store was opened again. */
async function restoreOpenFailingAt(data: string, path: string, call: number) {
  const fs = new WatchedFileSystem();
  const kiosk = await openKiosk(data, { fs, clock: kioskClock(), onFault: () => undefined });
  onTestFinished(() => kiosk.close());
  const ask = async (operation: string, input: unknown) => {
    const answer = await kiosk.dispatch(operation, input, { role: 'admin' });
    if (!answer.ok) throw new Error(`${call}: ${operation}: ${answer.refusal.message.en}`);
    return answer.result;
  };
  let count = 0;
  fs.before = () => {
    if (count++ !== call) return;
    throw Object.assign(new Error('EIO: the disk failed on purpose'), { code: 'EIO' });
  };
  await ask('upkeep.restore', { path });
  let work: UpkeepWork | undefined;
  await until(async () => {
    const { ended } = (await ask('upkeep.state', {})) as UpkeepState;
    return (work = ended[0]) !== undefined;
  });
  const reached = count > call;
  fs.before = () => {};
  const health = (await ask('system.health', {})) as { status: string };
  if (health.status !== 'ok') await ask('system.resume', {});
  const visits = kiosk.state.visits.size;
  const [activityId] = [...kiosk.state.activities.keys()];
  const person = [...kiosk.state.people.values()].find(({ staffNo }) => staffNo === '2382')!;
  const { personId } = person;
  await ask('attendance.signIn', { gestureId: `after-${call}`, activityId, personId });
  await kiosk.close();
  return { reached, state: work!.state, words: work!.words!.en, visits };
}
