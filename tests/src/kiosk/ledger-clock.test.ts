import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Event } from '../../../src/domain/event.ts';
import { segmentName } from '../../../src/store/journal-format.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';
import {
  addPerson,
  evening,
  machineClock,
  openLedger,
  run,
  type MachineClock,
  type TestLedger,
} from './test-ledger.ts';

const HOUR = 3600_000;

let folder: string;
let clock: MachineClock;

beforeEach(async () => {
  folder = await tempFolder();
  clock = machineClock();
});

function jumpsIn(events: Event[]) {
  return events.flatMap((event) => (event.type === 'clock-jumped' ? [event.data] : []));
}

/** An open ledger after a jump that was noticed, with its id. */
async function jumped(byMs: number): Promise<TestLedger & { jumpId: string }> {
  const opened = await openLedger(folder, { clock });
  clock.set(byMs);
  await opened.ledger.look();
  const jumpId = await firstJump(opened);
  return { ...opened, jumpId };
}

async function firstJump({ ledger, events }: TestLedger): Promise<string> {
  await addPerson(ledger, 'somebody');
  return events.find(({ type }) => type === 'clock-jumped')!.id;
}

describe('device clock wrong: one that was set while the kiosk runs', () => {
  test('is noted before the next sign-in, which shows the new time', async () => {
    const { ledger, events } = await openLedger(folder, { clock });
    const signIn = await evening(ledger);
    clock.forward(60);
    clock.set(2 * HOUR);
    await run(ledger, signIn);
    expect(events.slice(2).map(({ type, at }) => [type, at])).toEqual([
      ['clock-jumped', '2026-11-22T20:01:00.000+08:00'],
      ['visit-signed-in', '2026-11-22T20:01:00.000+08:00'],
    ]);
    expect(jumpsIn(events)).toEqual([
      {
        byMs: 2 * HOUR,
        before: '2026-11-22T18:01:00.000+08:00',
        after: '2026-11-22T20:01:00.000+08:00',
        sinceSeq: 1,
      },
    ]);
    await ledger.close();
  });

  test('is noted within the minute when nobody comes, and only once', async () => {
    const { ledger, events } = await openLedger(folder, { clock });
    clock.set(-HOUR);
    await ledger.look();
    await ledger.look();
    await addPerson(ledger, '陈杰');
    expect(jumpsIn(events)).toEqual([expect.objectContaining({ byMs: -HOUR })]);
    await ledger.close();
  });

  test('is not what a machine does that sleeps', async () => {
    const { ledger, events } = await openLedger(folder, { clock });
    clock.sleep(60 * 3600);
    await addPerson(ledger, '陈杰');
    expect(events.map(({ type }) => type)).toEqual(['people-saved']);
    await ledger.close();
  });

  test('is noted after all when the disk did not take the note at first', async () => {
    const fs = new WatchedFileSystem();
    const { ledger, events, faults } = await openLedger(folder, { clock, fs });
    await addPerson(ledger, '陈杰');
    clock.set(2 * HOUR);
    fs.before = failing('write journal-', 1, 'ENOSPC');
    await expect(addPerson(ledger, '陈伟')).rejects.toMatchObject({ code: 'cannot-save' });
    expect(faults).toEqual([expect.objectContaining({ code: 'cannot-save' })]);
    clock.forward(30);
    await addPerson(ledger, '陈伟');
    expect(events.map(({ type }) => type)).toEqual(['people-saved', 'clock-jumped', 'people-saved']);
    expect(jumpsIn(events)).toEqual([
      {
        byMs: 2 * HOUR,
        before: '2026-11-22T18:00:00.000+08:00',
        after: '2026-11-22T20:00:00.000+08:00',
        sinceSeq: 1,
      },
    ]);
    await ledger.close();
  });
});

describe('a correction that staff gave', () => {
  test('moves the times from then on', async () => {
    const { ledger, events, jumpId } = await jumped(-8 * HOUR);
    await run(ledger, { type: 'correct-clock', jumpId, right: 'before' });
    expect([ledger.state.clockShiftMs, ledger.now()]).toEqual([8 * HOUR, '2026-11-22T18:00:00.000+08:00']);
    clock.forward(60);
    await addPerson(ledger, '陈杰');
    expect(events.at(-1)).toMatchObject({ type: 'people-saved', at: '2026-11-22T18:01:00.000+08:00' });
    expect(jumpsIn(events).length).toBe(1);
    await ledger.close();
  });

  test('holds for whoever signs in while it is being saved', async () => {
    const { ledger, events, jumpId } = await jumped(-8 * HOUR);
    await Promise.all([
      run(ledger, { type: 'correct-clock', jumpId, right: 'before' }),
      addPerson(ledger, '陈杰'),
    ]);
    expect(events.slice(-2).map(({ type, at }) => [type, at])).toEqual([
      ['clock-corrected', '2026-11-22T10:00:00.000+08:00'],
      ['people-saved', '2026-11-22T18:00:00.000+08:00'],
    ]);
    await ledger.close();
  });

  test('ends with the next jump, for the very next sign-in already', async () => {
    const { ledger, events, jumpId } = await jumped(-8 * HOUR);
    await run(ledger, { type: 'correct-clock', jumpId, right: 'before' });
    clock.set(8 * HOUR);
    await addPerson(ledger, '陈杰');
    expect(ledger.state.clockShiftMs).toBe(0);
    expect(events.at(-1)).toMatchObject({ type: 'people-saved', at: '2026-11-22T18:00:00.000+08:00' });
    await ledger.close();
  });

  test('is in doubt after a restart: nobody knows whether the clock was set meanwhile', async () => {
    const { ledger, jumpId } = await jumped(-8 * HOUR);
    await run(ledger, { type: 'correct-clock', jumpId, right: 'before' });
    await ledger.close();
    const again = await openLedger(folder, { clock });
    await addPerson(again.ledger, '陈杰');
    expect(jumpsIn(again.events)).toEqual([expect.objectContaining({ byMs: null })]);
    expect(again.ledger.state.clockShiftMs).toBe(0);
    await again.ledger.close();
  });
});

describe('at a start', () => {
  test('a clock that stands before the last event is noted, and people sign in all the same', async () => {
    const first = await openLedger(folder, { clock });
    const signIn = await evening(first.ledger);
    await first.ledger.close();

    const reset = { ...clock, now: () => '1970-01-01T08:00:10.000+08:00' };
    const { ledger, events } = await openLedger(folder, { clock: reset });
    await run(ledger, signIn);
    expect(jumpsIn(events)).toEqual([
      {
        byMs: null,
        before: '2026-11-22T18:00:00.000+08:00',
        after: '1970-01-01T08:00:10.000+08:00',
        sinceSeq: 3,
      },
    ]);
    expect(events.map(({ type, seq }) => `${type} ${seq}`)).toEqual(['clock-jumped 3', 'visit-signed-in 4']);
    expect(ledger.state.visits.size).toBe(1);
    await ledger.close();
  });

  test('a doubt that cannot be noted yet, as the disk is full, is noted as soon as it can be', async () => {
    const first = await openLedger(folder, { clock });
    await addPerson(first.ledger, '陈杰');
    await first.ledger.close();
    await appendFile(join(folder, 'store', segmentName(1)), 'torn');

    const fs = new WatchedFileSystem();
    fs.before = failing('write journal-', 1, 'ENOSPC');
    clock.set(-HOUR);
    const { ledger, events } = await openLedger(folder, { clock, fs });
    expect([ledger.trouble?.code, events]).toEqual(['cannot-save', []]);
    await ledger.reopen();
    await addPerson(ledger, '陈伟');
    expect(events.map(({ type }) => type)).toEqual(['clock-jumped', 'people-saved']);
    expect(jumpsIn(events)).toMatchObject([{ byMs: null, before: '2026-11-22T18:00:00.000+08:00' }]);
    await ledger.close();
  });

  test('the minutes or weeks since the last one are nothing to note', async () => {
    for (const seconds of [0, 60, 20 * 86_400]) {
      clock.forward(seconds);
      const { ledger, events } = await openLedger(folder, { clock });
      await addPerson(ledger, `${seconds}`);
      expect(jumpsIn(events)).toEqual([]);
      await ledger.close();
    }
  });

  test('months since then are noted, as is a start from a snapshot alone', async () => {
    const first = await openLedger(folder, { clock });
    await run(first.ledger, await evening(first.ledger));
    await first.ledger.snapshot();
    await first.ledger.close();
    clock.forward(300 * 86_400);
    const { ledger, events } = await openLedger(folder, { clock });
    await addPerson(ledger, '陈伟');
    expect(jumpsIn(events)).toEqual([
      {
        byMs: null,
        before: '2026-11-22T18:00:00.000+08:00',
        after: '2027-09-18T18:00:00.000+08:00',
        sinceSeq: 4,
      },
    ]);
    await ledger.close();
  });

  test('a new kiosk doubts nothing', async () => {
    const { ledger, events } = await openLedger(folder, { clock });
    await addPerson(ledger, '陈杰');
    expect(jumpsIn(events)).toEqual([]);
    await ledger.close();
  });
});
