import { copyFile, mkdir, readdir, readFile, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { emptyState } from '../../../src/domain/state.ts';
import type { Event } from '../../../src/domain/event.ts';
import { foldInto, Ledger } from '../../../src/kiosk/ledger.ts';
import type { FileSystem } from '../../../src/store/file-system.ts';
import { snapshotName } from '../../../src/store/journal-format.ts';
import { nodeFileSystem } from '../../../src/store/node-file-system.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { recover } from '../../../src/store/recovery.ts';
import { kioskClock } from '../../support/kiosk-clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';
import { addPerson, evening, openLedger, run } from './test-ledger.ts';

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

test('disk full: nobody is signed in, all are told, and the next try is counted once', async () => {
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

test('a failed sync is mended while people sign in, and none of them notices', async () => {
  const fs = new WatchedFileSystem();
  const ledger = await open(undefined, fs);
  const { type, activityId } = await evening(ledger);
  fs.before = failing('datasync journal-');
  const names = Array.from({ length: 20 }, (_, n) => `Anna ${n}`);
  const signedIn = await Promise.all(
    names.map(async (name) => run(ledger, { type, activityId, ...(await addPerson(ledger, name)) })),
  );
  expect([signedIn.length, ledger.state.visits.size, ledger.trouble]).toEqual([20, 20, undefined]);
  expect([ledger.store.resumed, faults]).toEqual([true, []]);
  const state = structuredClone(ledger.state);
  await ledger.close();
  const again = await open();
  expect(again.state).toEqual(state);
  await again.close();
});

describe('when the disk has failed for good', () => {
  test('every tap is told so; opened again, each is signed in once, by the same gesture', async () => {
    const fs = new WatchedFileSystem();
    const { ledger, replaced, faults } = await openLedger(folder, { fs });
    const signIn = await evening(ledger);
    fs.before = failing('datasync journal-', 2);
    const taps = await Promise.allSettled([run(ledger, signIn, 'tap'), addPerson(ledger, '陈伟')]);
    taps.push(...(await Promise.allSettled([run(ledger, signIn, 'tap')])));
    expect(taps.map((tap) => tap.status === 'rejected' && (tap.reason as { code: string }).code)).toEqual(
      Array(3).fill('store-read-only'),
    );
    expect([ledger.trouble?.code, ledger.state.visits.size, ledger.state.people.size]).toEqual([
      'store-read-only',
      0,
      1,
    ]);
    await ledger.reopen();
    expect([ledger.trouble, replaced(), ledger.state.visits.size]).toEqual([undefined, 1, 0]);
    const answer = await run<{ visitId: string }>(ledger, signIn, 'tap');
    expect(await run(ledger, signIn, 'tap')).toEqual(answer);
    expect([...ledger.state.visits.keys()]).toEqual([answer.visitId]);
    expect(faults).toEqual([]);
    const state = structuredClone(ledger.state);
    await ledger.close();
    const again = await open();
    expect(again.state).toEqual(state);
    await again.close();
  });

  test('a disk that is still broken leaves all as it was, to be opened again later', async () => {
    const fs = new WatchedFileSystem();
    const { ledger } = await openLedger(folder, { fs });
    const { personId } = await addPerson(ledger, '陈杰');
    fs.before = failing('datasync journal-', 2);
    await expect(addPerson(ledger, '陈伟')).rejects.toMatchObject({ code: 'store-read-only' });
    fs.before = failing('open journal-');
    await expect(ledger.reopen()).rejects.toMatchObject({ code: 'EIO' });
    expect([ledger.trouble?.code, [...ledger.state.people.keys()]]).toEqual(['store-read-only', [personId]]);
    await ledger.reopen();
    await addPerson(ledger, '陈伟');
    expect([...ledger.state.people.values()].map(({ name }) => name)).toEqual(['陈杰', '陈伟']);
    await ledger.close();
  });
});

describe('while the store is opened anew', () => {
  test('whoever signs in waits, and is signed in then', async () => {
    const { ledger, events } = await openLedger(folder);
    const signIn = await evening(ledger);
    const before = addPerson(ledger, 'before');
    let during: Promise<unknown> = Promise.resolve();
    const order: string[] = [];
    await ledger.reopen(async () => {
      during = run(ledger, signIn).then(() => order.push('signed in'));
      await new Promise((resolve) => setTimeout(resolve, 30));
      order.push('work done');
    });
    await Promise.all([before, during]);
    expect(order).toEqual(['work done', 'signed in']);
    expect(events.map(({ type, seq }) => `${type} ${seq}`)).toEqual([
      'activity-saved 1',
      'people-saved 2',
      'people-saved 3',
      'visit-signed-in 4',
    ]);
    const state = structuredClone(ledger.state);
    await ledger.close();
    const again = await open();
    expect(again.state).toEqual(state);
    await again.close();
  });

  test('work that fails stops nobody', async () => {
    const { ledger } = await openLedger(folder);
    let during: Promise<unknown> = Promise.resolve();
    const reopening = ledger.reopen(() => {
      during = addPerson(ledger, '陈杰');
      return Promise.reject(new Error('the work failed'));
    });
    await expect(reopening).rejects.toThrow('the work failed');
    await during;
    expect([ledger.trouble, ledger.state.people.size]).toEqual([undefined, 1]);
    await ledger.close();
  });

  test('snapshots and a second time wait their turn', async () => {
    const { ledger } = await openLedger(folder);
    await addPerson(ledger, '陈杰');
    await Promise.all([ledger.snapshot(), ledger.reopen(), ledger.snapshot(), ledger.reopen()]);
    await addPerson(ledger, '陈伟');
    expect(ledger.state.people.size).toBe(2);
    await ledger.close();
    expect(await readdir(join(folder, 'store'))).toContain(snapshotName(1));
  });
});

describe('a snapshot while people sign in', () => {
  /** What the files hold, folded in another folder. */
  async function stateOf(names: readonly string[]) {
    const other = await tempFolder();
    for (const name of names) await copyFile(join(folder, 'store', name), join(other, name));
    const state = emptyState();
    await recover(nodeFileSystem, other, foldInto(state, other));
    return state;
  }

  test('holds what was confirmed when it was begun, and they never wait for it', async () => {
    const { ledger, faults } = await openLedger(folder);
    const { type, activityId } = await evening(ledger);
    const rush = Array.from({ length: 200 }, async (_, n) => {
      const { personId } = await addPerson(ledger, `Anna ${n}`);
      if (n % 40 === 0) await ledger.snapshot();
      return run(ledger, { type, activityId, personId });
    });
    const checks = Array.from({ length: 5 }, () =>
      ledger.withClosedFiles(async (names, state) => {
        const folded = await stateOf(names);
        expect({ ...folded, lastSeq: state.lastSeq }).toEqual(state);
      }),
    );
    await Promise.all([...rush, ...checks]);
    expect([ledger.state.visits.size, faults]).toEqual([200, []]);
    const state = structuredClone(ledger.state);
    await ledger.close();
    expect((await readdir(join(folder, 'store'))).some((name) => name.startsWith('snapshot-'))).toBe(true);
    const again = await open();
    expect(again.state).toEqual(state);
    await again.close();
  });

  test('holds nobody who came while it was written', async () => {
    const fs = new WatchedFileSystem();
    const { ledger } = await openLedger(folder, { fs });
    await addPerson(ledger, '陈杰');
    fs.before = async (call) => {
      if (!call.startsWith('open snapshot-')) return;
      fs.before = () => {};
      await addPerson(ledger, '陈伟');
    };
    await ledger.snapshot();
    expect(ledger.state.people.size).toBe(2);
    await ledger.close();
    const snapshot = await readFile(join(folder, 'store', snapshotName(1)), 'utf8');
    expect([snapshot.includes('陈杰'), snapshot.includes('陈伟')]).toEqual([true, false]);
    const again = await open();
    expect([...again.state.people.values()].map(({ name }) => name)).toEqual(['陈杰', '陈伟']);
    await again.close();
  });

  test('is written each ten thousand events, when the kiosk looks after itself', async () => {
    const store = await openStore(folder, { restore: () => undefined, apply: () => undefined });
    const person = (n: number) => ({ people: [{ personId: `p${n}`, name: `Anna ${n}` }] });
    const at = '2026-11-22T17:00:00.000+08:00';
    const entries = Array.from({ length: 10_000 }, (_, n) => ({
      at,
      mono: n,
      type: 'people-saved',
      data: person(n),
    }));
    await Promise.all(entries.slice(1).map((entry) => store.append(entry)));
    await store.close();

    const { ledger, faults } = await openLedger(folder);
    await ledger.look();
    expect((await readdir(join(folder, 'store'))).filter((name) => name.startsWith('snapshot'))).toEqual([]);
    await addPerson(ledger, '陈杰');
    await ledger.look();
    await expect.poll(() => ledger.store.sinceSnapshot(), { timeout: 20_000 }).toBe(0);
    expect(await readdir(join(folder, 'store'))).toContain(snapshotName(10_000));
    expect(faults).toEqual([]);
    await ledger.close();
  });
});

describe('looking after the disk', () => {
  test('a disk that takes nothing is trouble until it takes something again', async () => {
    const fs = new WatchedFileSystem();
    const { ledger } = await openLedger(folder, { fs });
    await ledger.look();
    expect(ledger.trouble).toBeUndefined();
    fs.before = failing('open probe', 2, 'EROFS');
    for (let minute = 1; minute <= 2; minute++) {
      await ledger.look();
      expect(ledger.trouble?.code).toBe('store-not-writable');
    }
    await ledger.look();
    expect(ledger.trouble).toBeUndefined();
    await ledger.close();
  });

  test('a full disk is no trouble as long as its reserve is there', async () => {
    const fs = new WatchedFileSystem();
    fs.space = () => Promise.resolve({ free: 1e11, total: 1e12 });
    const { ledger } = await openLedger(folder, { fs });
    await ledger.look();
    expect(ledger.space).toMatchObject({ level: 'ample', ballast: true });
    fs.space = () => Promise.resolve({ free: 0, total: 1e12 });
    fs.before = failing('write probe', Infinity, 'ENOSPC');
    await ledger.look();
    expect([ledger.space?.level, ledger.trouble]).toEqual(['critical', undefined]);
    const full = failing('write journal-', 1, 'ENOSPC');
    const probe = failing('write probe', Infinity, 'ENOSPC');
    fs.before = (call) => (full(call), probe(call));
    await ledger.note({ type: 'note-repair', missing: [], files: [] });
    await ledger.look();
    expect([ledger.space?.ballast, ledger.trouble?.code]).toEqual([false, 'cannot-save']);
    await ledger.close();
  });

  test('what is left of a nearly full disk is for sign-ins', async () => {
    const fs = new WatchedFileSystem();
    const { ledger } = await openLedger(folder, { fs });
    const signIn = await evening(ledger);
    fs.space = () => Promise.resolve({ free: 1e6, total: 1e12 });
    await ledger.look();
    await expect(addPerson(ledger, '陈伟')).rejects.toMatchObject({ code: 'disk-nearly-full' });
    const { visitId } = await run<{ visitId: string }>(ledger, signIn);
    await run(ledger, { type: 'undo-sign-in', visitId });
    fs.space = () => Promise.resolve({ free: 1e11, total: 1e12 });
    await ledger.look();
    await addPerson(ledger, '陈伟');
    await ledger.close();
  });

  test('one that cannot even be asked is reported, and no more than that', async () => {
    const fs = new WatchedFileSystem();
    const { ledger, faults } = await openLedger(folder, { fs });
    fs.before = failing('space');
    await ledger.look();
    expect(faults).toEqual([expect.objectContaining({ code: 'EIO' })]);
    await addPerson(ledger, '陈杰');
    await ledger.close();
  });
});

test('the second kiosk on one folder is told so', async () => {
  const ledger = await open();
  await expect(open()).rejects.toMatchObject({ code: 'store-in-use' });
  await ledger.close();
});
