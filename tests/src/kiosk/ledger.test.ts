import { mkdir, readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import type { Event } from '../../../src/domain/event.ts';
import { Ledger } from '../../../src/kiosk/ledger.ts';
import type { FileSystem } from '../../../src/store/file-system.ts';
import { snapshotName } from '../../../src/store/journal-format.ts';
import { kioskClock } from '../../support/kiosk-clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';

let folder: string;
/** What ledgers reported without failing. */
let faults: unknown[];

beforeEach(async () => {
  folder = await tempFolder();
  faults = [];
});

function open(onEvent: (event: Event) => void = () => {}, fs?: FileSystem): Promise<Ledger> {
  const listeners = { onEvent, onReplaced: () => {}, onFault: (error: unknown) => void faults.push(error) };
  return Ledger.open(folder, kioskClock(), listeners, fs);
}

let gestures = 0;

function run<Answer>(ledger: Ledger, command: Command, gestureId = `touch-${++gestures}`): Promise<Answer> {
  return ledger.run<Answer>(command, { gestureId, ...command }, 'screen');
}

function addPerson(ledger: Ledger, name: string): Promise<{ personId: string }> {
  return run(ledger, { type: 'save-person', person: { name } });
}

/** One activity and one person, ready to sign in. */
async function evening(ledger: Ledger): Promise<Extract<Command, { type: 'sign-in' }>> {
  const { activityId } = await run<{ activityId: string }>(ledger, {
    type: 'save-activity',
    activity: {
      title: { en: 'Evening', zh: '活动' },
      place: { en: 'Hall', zh: '车间' },
      schedule: { kind: 'daily', start: '18:00', end: '20:00' },
      posts: [],
    },
  });
  return { type: 'sign-in', activityId, ...(await addPerson(ledger, '陈杰')) };
}

test('no screen shows what the disk has not confirmed', async () => {
  const events: Event[] = [];
  const ledger = await open((event) => events.push(event));
  const saving = addPerson(ledger, '陈杰');
  expect([ledger.state.people.size, events.length]).toEqual([0, 0]);
  const { personId } = await saving;
  expect(ledger.state.people.get(personId)?.name).toBe('陈杰');
  expect(events.map(({ type, seq }) => [type, seq])).toEqual([['people-saved', 1]]);
  await ledger.close();
});

test('two taps in the same instant make one visit: the second is told of the first', async () => {
  const ledger = await open();
  const signIn = await evening(ledger);
  const [first, second] = await Promise.allSettled([
    run<{ visitId: string }>(ledger, signIn),
    run(ledger, signIn),
  ]);
  expect(first.status).toBe('fulfilled');
  expect(second).toMatchObject({ status: 'rejected', reason: { reason: { code: 'already-signed-in' } } });
  expect(ledger.state.visits.size).toBe(1);
  await ledger.close();
});

test('a refusal waits for the disk, so that nobody is told of a visit that may be lost', async () => {
  const ledger = await open();
  const signIn = await evening(ledger);
  const order: string[] = [];
  await Promise.all([
    run(ledger, signIn).then(() => order.push('thanked')),
    run(ledger, signIn).catch(() => order.push(`refused with ${ledger.state.visits.size} visit on disk`)),
  ]);
  expect(order).toEqual(['thanked', 'refused with 1 visit on disk']);
  await ledger.close();
});

test('a double tap waits for the disk too, and gets the same answer', async () => {
  const ledger = await open();
  const signIn = await evening(ledger);
  const answers = await Promise.all([run(ledger, signIn, 'tap'), run(ledger, signIn, 'tap')]);
  expect(answers[1]).toEqual(answers[0]);
  expect([ledger.state.visits.size, ledger.state.lastSeq]).toEqual([1, 3]);
  await ledger.close();
});

test('answers of a rush name the visits that are stored', async () => {
  const ledger = await open();
  const { type, activityId } = await evening(ledger);
  const names = Array.from({ length: 50 }, (_, n) => `Anna ${n}`);
  const people = await Promise.all(names.map((name) => addPerson(ledger, name)));
  const visits = await Promise.all(
    people.map(async ({ personId }) => ({
      personId,
      ...(await run<{ visitId: string }>(ledger, { type, activityId, personId })),
    })),
  );
  for (const { visitId, personId } of visits)
    expect(ledger.state.visits.get(visitId)?.personId).toBe(personId);
  await ledger.close();
});

test('after a restart everything is there, and a retry of an old gesture gets its old answer', async () => {
  const before = await open();
  const signIn = await evening(before);
  const answer = await run(before, signIn, 'tap');
  const state = structuredClone(before.state);
  await before.close();

  const after = await open();
  expect(after.state).toEqual(state);
  expect(await run(after, signIn, 'tap')).toEqual(answer);
  expect(after.state).toEqual(state);
  await expect(run(after, { ...signIn, reason: 'another input' }, 'tap')).rejects.toMatchObject({
    reason: { code: 'gesture-reused' },
  });
  await after.close();
});

test('the order of the fields makes no other gesture', async () => {
  const ledger = await open();
  const signIn = await evening(ledger);
  const { type, activityId, personId } = signIn;
  const answer = await run(ledger, { type, activityId, personId }, 'tap');
  expect(await run(ledger, { personId, activityId, type }, 'tap')).toEqual(answer);
  await ledger.close();
});

test('a thousand events close with a snapshot, and the start from it is the same state', async () => {
  const first = await open();
  await Promise.all(Array.from({ length: 999 }, (_, n) => addPerson(first, `Anna ${n}`)));
  await first.close();
  expect(await readdir(join(folder, 'store'))).not.toContain(snapshotName(999));

  const second = await open();
  await addPerson(second, '陈杰');
  const state = structuredClone(second.state);
  await second.close();
  expect(await readdir(join(folder, 'store'))).toContain(snapshotName(1000));

  const third = await open();
  expect(third.state).toEqual(state);
  await third.close();
});

test('a snapshot that fails is reported and no failure: the folder is free and everything on disk', async () => {
  const ledger = await open();
  await Promise.all(Array.from({ length: 1000 }, (_, n) => addPerson(ledger, `Anna ${n}`)));
  const inTheWay = join(folder, 'store', `${snapshotName(1000)}.new`);
  await mkdir(inTheWay);
  await ledger.close();
  expect(faults).toEqual([expect.any(Error)]);
  await rmdir(inTheWay);
  const again = await open();
  expect(again.state.people.size).toBe(1000);
  await again.close();
});

test('a tap while the kiosk closes is refused: behind a snapshot it would break the journal', async () => {
  const ledger = await open();
  const inTime = addPerson(ledger, '陈杰');
  const closing = ledger.close();
  await expect(addPerson(ledger, 'late')).rejects.toMatchObject({ code: 'kiosk-closing' });
  await inTime;
  await closing;
  const again = await open();
  expect([...again.state.people.values()].map(({ name }) => name)).toEqual(['陈杰']);
  await again.close();
});

test('a screen that cannot be told of an event takes nothing away from who signed in', async () => {
  let broken = true;
  const ledger = await open(() => {
    if (broken) throw new Error('the socket is gone');
  });
  await Promise.allSettled([addPerson(ledger, '陈杰'), addPerson(ledger, '陈伟')]);
  broken = false;
  const { personId } = await addPerson(ledger, '单晓雨');
  expect([...ledger.state.people.values()].map(({ name }) => name)).toEqual(['陈杰', '陈伟', '单晓雨']);
  expect(ledger.state.people.get(personId)?.name).toBe('单晓雨');
  await ledger.close();
});

test('on a full disk nobody is signed in, all are told, and the next try is counted once', async () => {
  const fs = new WatchedFileSystem();
  const ledger = await open(undefined, fs);
  const signIn = await evening(ledger);
  fs.before = failing('write journal-', 1, 'ENOSPC');
  const tries = await Promise.allSettled([
    run(ledger, signIn, 'tap'),
    run(ledger, signIn),
    run(ledger, signIn, 'tap'),
  ]);
  expect(tries.map((result) => result.status === 'rejected' && result.reason)).toEqual(
    Array(3).fill(expect.objectContaining({ code: 'cannot-save' })),
  );
  expect(ledger.state.visits.size).toBe(0);
  const { visitId } = await run<{ visitId: string }>(ledger, signIn, 'tap');
  expect([...ledger.state.visits.keys()]).toEqual([visitId]);
  await ledger.close();
});

test('whoever comes in the very moment a failed write is reported gets an id that is theirs', async () => {
  const fs = new WatchedFileSystem();
  const ledger = await open(undefined, fs);
  for (let turns = 1; turns <= 20; turns++) {
    const people = ledger.state.people.size;
    fs.before = failing('write journal-', 1, 'ENOSPC');
    const coming = new Promise<{ personId: string }>((resolve, reject) => {
      // The sync behind the truncation is the last that happens before the failure is told.
      fs.after = (call) => {
        if (!call.startsWith('datasync')) return;
        fs.after = () => {};
        void after(turns, () => addPerson(ledger, `came after ${turns}`)).then(resolve, reject);
      };
    });
    const [lost, came] = await Promise.allSettled([addPerson(ledger, 'lost'), coming]);
    expect(lost.status).toBe('rejected');
    if (came.status === 'rejected') continue;
    expect(ledger.state.people.get(came.value.personId)?.name).toBe(`came after ${turns}`);
    expect(ledger.state.people.size).toBe(people + 1);
  }
  await ledger.close();
});

/** Runs `action` after so many turns of the microtask queue. */
async function after<Result>(turns: number, action: () => Promise<Result>): Promise<Result> {
  for (let turn = 0; turn < turns; turn++) await undefined;
  return action();
}

test('after a failed sync every further tap is told so, and the confirmed ones are there after a restart', async () => {
  const fs = new WatchedFileSystem();
  const ledger = await open(undefined, fs);
  const { personId } = await addPerson(ledger, '陈杰');
  fs.before = failing('datasync journal-');
  await expect(addPerson(ledger, '陈伟')).rejects.toMatchObject({ code: 'store-read-only' });
  await expect(addPerson(ledger, '陈伟')).rejects.toMatchObject({ code: 'store-read-only' });
  expect([...ledger.state.people.keys()]).toEqual([personId]);
  await ledger.close();
  const again = await open();
  expect(again.state.people.get(personId)?.name).toBe('陈杰');
  await again.close();
});

test('the second kiosk on one folder is told so', async () => {
  const ledger = await open();
  await expect(open()).rejects.toMatchObject({ code: 'store-in-use' });
  await ledger.close();
});
