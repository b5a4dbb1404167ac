import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AppendFile, FileSystem, OpenOptions } from '../../../src/store/file-system.ts';
import { segmentName, snapshotName } from '../../../src/store/journal-format.ts';
import { nodeFileSystem } from '../../../src/store/node-file-system.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { verifyStore } from '../../../src/store/verify-store.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';
import {
  append,
  entry,
  FIRST_SEGMENT,
  openNoted,
  recordsUpTo,
  reopened,
  snapshot,
  upTo,
} from './store-folder.ts';

const WRITE = `write ${FIRST_SEGMENT}`;
const SYNC = `datasync ${FIRST_SEGMENT}`;

let folder: string;
let fs: WatchedFileSystem;
let store: Store;

beforeEach(async () => {
  folder = await tempFolder();
  fs = new WatchedFileSystem();
  store = (await openNoted(folder, fs)).store;
  fs.calls.length = 0;
});

/** Appends at once; what became of each, in order. */
function burst(from: number, to: number): Promise<PromiseSettledResult<unknown>[]> {
  return Promise.allSettled(Array.from({ length: to - from + 1 }, (_, i) => store.append(entry(from + i))));
}

/** The first comes alone, the others while it is written; what became of each, in order. */
async function queue(from: number, to: number): Promise<PromiseSettledResult<unknown>[]> {
  const first = burst(from, from);
  await new Promise<void>((resolve) => process.nextTick(resolve));
  return (await Promise.all([first, burst(from + 1, to)])).flat();
}

function rejections(results: PromiseSettledResult<unknown>[]): unknown[] {
  return results.map((result) =>
    result.status === 'rejected' ? (result.reason as { code: string }).code : 'ok',
  );
}

function diskError(code: string): Error {
  return Object.assign(new Error(`${code}: the disk failed on purpose`), { code });
}

test('nothing is acknowledged before the disk has synced it', async () => {
  const acknowledged = store.append(entry(1)).then(() => fs.calls.push('acknowledged'));
  await acknowledged;
  expect(fs.calls).toEqual([WRITE, SYNC, 'acknowledged']);
  await store.close();
});

test('while a sync runs nobody gets an answer, however long the disk takes', async () => {
  let finishSync = () => {};
  const syncing = new Promise<void>((started) => {
    fs.before = (call) => {
      if (call !== SYNC) return;
      started();
      return new Promise((resolve) => (finishSync = resolve));
    };
  });
  let answered = false;
  const appended = store.append(entry(1)).then(() => (answered = true));
  await syncing;
  await new Promise((resolve) => setImmediate(resolve));
  expect(answered).toBe(false);
  finishSync();
  await appended;
  await store.close();
});

test('a queue of 64 at the gate shares one sync, and is answered in order', async () => {
  const order: number[] = [];
  await Promise.all(upTo(64).map((n) => store.append(entry(n)).then(({ seq }) => order.push(seq))));
  expect(fs.calls).toEqual([WRITE, SYNC]);
  expect(order).toEqual(upTo(64));
  await store.close();
  expect(await reopened(folder)).toEqual({ notes: upTo(64), report: [] });
});

test('64 who come again as soon as they are answered share one sync each time', async () => {
  let next = 1;
  const comeThreeTimes = async () => {
    for (let time = 1; time <= 3; time++) await store.append(entry(next++));
  };
  await Promise.all(upTo(64).map(comeThreeTimes));
  expect(fs.calls).toEqual([WRITE, SYNC, WRITE, SYNC, WRITE, SYNC]);
  await store.close();
  expect(await reopened(folder)).toEqual({ notes: upTo(192), report: [] });
});

test('who comes while a sync runs waits for the next one', async () => {
  let late: Promise<unknown> | undefined;
  fs.before = (call) => {
    if (call === SYNC) late ??= store.append(entry(3));
  };
  await burst(1, 2);
  await late;
  expect(fs.calls).toEqual([WRITE, SYNC, WRITE, SYNC]);
  await store.close();
  expect(await reopened(folder)).toEqual({ notes: upTo(3), report: [] });
});

test('a disk that takes seven bytes at a time still gets whole lines', async () => {
  fs.shortWrites = 7;
  await burst(1, 5);
  await store.close();
  expect(await reopened(folder)).toEqual({ notes: upTo(5), report: [] });
  expect((await verifyStore(nodeFileSystem, join(folder, 'store'))).problems).toEqual([]);
});

test('on a full disk half a line is taken back, the person is told, and the next sign-in works', async () => {
  await append(store, 1, 2);
  fs.calls.length = 0;
  fs.shortWrites = 30;
  let writes = 0;
  const full = failing(WRITE, 1, 'ENOSPC');
  fs.before = (call) => {
    if (call === WRITE && ++writes === 2) full(call);
  };
  await expect(store.append(entry(99))).rejects.toMatchObject({
    code: 'cannot-save',
    cause: { code: 'ENOSPC' },
  });
  expect(fs.calls).toEqual([WRITE, SYNC, WRITE, `truncate ${FIRST_SEGMENT}`, SYNC]);
  expect(store.failed).toBeUndefined();
  await append(store, 3, 4);
  await store.close();
  expect(await reopened(folder)).toEqual({ notes: upTo(4), report: [] });
});

test('a disk that takes no bytes at all is full, not an endless loop', async () => {
  fs.shortWrites = 0;
  await expect(store.append(entry(1))).rejects.toMatchObject({ code: 'cannot-save' });
  fs.shortWrites = Infinity;
  await append(store, 1, 1);
  await store.close();
  expect((await reopened(folder)).notes).toEqual([1]);
});

test('when a write fails, everybody who waited behind it is told too, and numbers start again', async () => {
  await append(store, 1, 1);
  fs.before = failing(WRITE, 1, 'ENOSPC');
  expect(rejections(await queue(50, 59))).toEqual(Array(10).fill('cannot-save'));
  const [record] = await append(store, 2, 2);
  expect(record?.seq).toBe(2);
  await store.close();
  expect(await reopened(folder)).toEqual({ notes: [1, 2], report: [] });
});

describe('a failed sync', () => {
  test('is noticed by nobody who waits: what was not confirmed goes into a new file', async () => {
    await append(store, 1, 1);
    fs.before = failing(SYNC);
    fs.calls.length = 0;
    expect(rejections(await burst(2, 6))).toEqual(Array(5).fill('ok'));
    // Nothing is asked of the file whose sync has failed: the kernel may take for written what is not on disk.
    expect(fs.calls.filter((call) => call.endsWith(FIRST_SEGMENT))).toEqual([
      WRITE,
      SYNC,
      `close ${FIRST_SEGMENT}`,
    ]);
    expect([store.failed, store.resumed, store.openSegment?.name]).toEqual([undefined, true, segmentName(2)]);
    await append(store, 7, 7);
    await store.close();
    expect(await reopened(folder)).toEqual({ notes: upTo(7), report: [] });
    expect(await verifyStore(nodeFileSystem, join(folder, 'store'))).toEqual({
      events: 7,
      snapshots: 0,
      problems: [],
    });
  });

  test.each<[string, (left: Buffer, confirmed: number) => Buffer]>([
    ['all of it', (left) => left],
    ['nothing', (left, confirmed) => left.subarray(0, confirmed)],
    ['half a line', (left, confirmed) => left.subarray(0, confirmed + 40)],
    ['zeros', (left, confirmed) => Buffer.from(left).fill(0, confirmed)],
    ['the second half', (left, confirmed) => Buffer.from(left).fill(0, confirmed, left.length - 300)],
  ])('counts for nothing, whatever a power cut leaves of what was not confirmed: %s', async (_, leave) => {
    await append(store, 1, 2);
    const { size } = store.openSegment!;
    fs.before = failing(SYNC);
    await burst(3, 5);
    await store.close();
    const path = join(folder, 'store', FIRST_SEGMENT);
    await writeFile(path, leave(await readFile(path), size));
    const check = await verifyStore(nodeFileSystem, join(folder, 'store'));
    expect(check).toEqual({ events: 5, snapshots: 0, problems: [] });
    expect(await reopened(folder)).toEqual({ notes: upTo(5), report: [] });
  });

  test.each([
    ['of a new store', 0],
    ['behind a snapshot', 3],
  ])('of a file without confirmed events, %s, leaves it as suspect and takes its name', async (_, last) => {
    await append(store, 1, last);
    await snapshot(store, recordsUpTo(last));
    const name = segmentName(last + 1);
    fs.before = failing(`datasync ${name}`);
    expect(rejections(await burst(last + 1, last + 3))).toEqual(Array(3).fill('ok'));
    expect(store.openSegment?.name).toBe(name);
    expect(await readdir(join(folder, 'store'))).toContain(`${name}.suspect`);
    await store.close();
    expect(await reopened(folder)).toEqual({ notes: upTo(last + 3), report: [] });
    expect((await verifyStore(nodeFileSystem, join(folder, 'store'))).problems).toEqual([]);
  });

  test('and a file of a failed sync that is gone once a snapshot stands', async () => {
    fs.before = failing(SYNC);
    await burst(1, 3);
    await snapshot(store, recordsUpTo(3));
    await append(store, 4, 4);
    await snapshot(store, recordsUpTo(4));
    expect((await readdir(join(folder, 'store'))).sort()).toEqual([
      segmentName(4),
      segmentName(5),
      snapshotName(3),
      snapshotName(4),
    ]);
    await store.close();
    expect(await reopened(folder)).toEqual({ notes: upTo(4), report: [] });
  });

  test('a second time stops everything, though the disk claims to be well again', async () => {
    fs.before = failing('datasync journal-');
    await append(store, 1, 3);
    fs.before = failing('datasync journal-');
    expect(rejections(await queue(4, 8))).toEqual(Array(5).fill('store-read-only'));
    expect(store.failed).toMatchObject({ code: 'store-read-only' });
    const callsBefore = fs.calls.length;
    for (const refused of [store.append(entry(9)), store.rotate()])
      await expect(refused).rejects.toMatchObject({ code: 'store-read-only' });
    expect(fs.calls.length).toBe(callsBefore);
    await store.close();
    expect((await reopened(folder)).notes.slice(0, 3)).toEqual(upTo(3));
  });

  test.each([
    ['the file before cannot be closed', `close ${FIRST_SEGMENT}`, 1],
    ['the new file cannot be opened', `open ${segmentName(3)}`, 1],
    ['its first line cannot be written', `write ${segmentName(3)}`, 1],
    ['its first line cannot be synced', `datasync ${segmentName(3)}`, 1],
    ['the folder cannot be synced', 'syncFolder store', 1],
    ['the events cannot be written', `write ${segmentName(3)}`, 2],
    ['the events cannot be synced', `datasync ${segmentName(3)}`, 2],
  ])('that cannot be mended because %s stops everything at once', async (_, call, time) => {
    await append(store, 1, 2);
    const sync = failing(SYNC);
    let times = 0;
    fs.before = (now) => {
      sync(now);
      if (now === call && ++times === time) throw diskError('EIO');
    };
    expect(rejections(await burst(3, 5))).toEqual(Array(3).fill('store-read-only'));
    expect(times).toBeGreaterThanOrEqual(time);
    expect(store.failed).toMatchObject({ code: 'store-read-only', cause: expect.anything() });
    fs.before = () => {};
    await store.close();

    const { store: next, notes } = await openNoted(folder);
    expect(notes).toEqual(upTo(notes.length));
    expect(notes.length).toBeGreaterThanOrEqual(2);
    await append(next, notes.length + 1, 9);
    await next.close();
    expect(await reopened(folder)).toEqual({ notes: upTo(9), report: [] });
  });

  test.each([
    ['renamed', `rename ${segmentName(3)}.suspect`],
    ['begun again', `open ${segmentName(3)}`],
  ])(
    'of a file without confirmed events that cannot be %s loses nothing that was confirmed',
    async (_, call) => {
      await append(store, 1, 2);
      await snapshot(store, recordsUpTo(2));
      const sync = failing(`datasync ${segmentName(3)}`);
      const mend = failing(call);
      fs.before = (now) => (sync(now), mend(now));
      expect(rejections(await burst(3, 4))).toEqual(Array(2).fill('store-read-only'));
      await store.close();
      const { store: next, notes } = await openNoted(folder);
      expect([next.failed, notes]).toEqual([undefined, upTo(notes.length)]);
      await append(next, notes.length + 1, 9);
      await next.close();
      expect(await reopened(folder)).toEqual({ notes: upTo(9), report: [] });
    },
  );

  test('closes every file once: a number that is closed twice may be that of another file', async () => {
    await append(store, 1, 1);
    const closed: unknown[] = [];
    const watched = watchClosing(fs, closed);
    const { store: other } = await openNoted(await tempFolder(), watched);
    await append(other, 1, 1);
    const sync = failing(SYNC);
    fs.before = (call) => {
      sync(call);
      if (call === `open ${segmentName(2)}`) throw diskError('EMFILE');
    };
    await expect(other.append(entry(2))).rejects.toMatchObject({ code: 'store-read-only' });
    await other.close();
    expect(closed.length).toBe(new Set(closed).size);
    await store.close();
  });
});

test('half a line that cannot be cut back is left behind, and the person is signed in all the same', async () => {
  await append(store, 1, 1);
  fs.shortWrites = 30;
  let writes = 0;
  fs.before = (call) => {
    if (call === WRITE && ++writes === 2) throw diskError('ENOSPC');
    if (call === `truncate ${FIRST_SEGMENT}`) throw diskError('EIO');
  };
  await append(store, 2, 3);
  await store.close();
  expect(await reopened(folder)).toEqual({ notes: upTo(3), report: [] });
});

test('on a disk that is mounted for reading only nobody is signed in, and the next sign-in works once it is not', async () => {
  await append(store, 1, 1);
  fs.calls.length = 0;
  fs.before = failing(WRITE, 1, 'EROFS');
  await expect(store.append(entry(2))).rejects.toMatchObject({
    code: 'cannot-save',
    message: expect.stringContaining('EROFS'),
  });
  expect(fs.calls).toEqual([WRITE]);
  await append(store, 2, 2);
  await store.close();
  expect(await reopened(folder)).toEqual({ notes: [1, 2], report: [] });
});

describe('whether an error is that of the write or of its sync nobody can tell', () => {
  const sizeOnDisk = async () => (await stat(join(folder, 'store', FIRST_SEGMENT))).size;

  test.each(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM'])(
    '%s is taken back, though the disk had taken all the bytes',
    async (code) => {
      await append(store, 1, 2);
      const { size } = store.openSegment!;
      fs.calls.length = 0;
      fs.before = failing(SYNC, 1, code);
      expect(rejections(await burst(90, 92))).toEqual(Array(3).fill('cannot-save'));
      expect(fs.calls).toEqual([WRITE, SYNC, `truncate ${FIRST_SEGMENT}`, SYNC]);
      expect([await sizeOnDisk(), store.failed, store.resumed]).toEqual([size, undefined, false]);
      await append(store, 3, 4);
      await store.close();
      expect(await reopened(folder)).toEqual({ notes: upTo(4), report: [] });
    },
  );

  test('a disk that takes everything and then says that it may only be read is cut back', async () => {
    await append(store, 1, 2);
    const { size } = store.openSegment!;
    fs.before = (call) => {
      if (call !== WRITE) return {};
      fs.before = () => {};
      return { error: diskError('EROFS') };
    };
    await expect(store.append(entry(90))).rejects.toMatchObject({ code: 'cannot-save' });
    expect(await sizeOnDisk()).toBe(size);
    await append(store, 3, 3);
    await store.close();
    expect(await reopened(folder)).toEqual({ notes: upTo(3), report: [] });
  });

  test.each(['EIO', 'EINTR', 'UNKNOWN'])('%s counts as a failed sync', async (code) => {
    await append(store, 1, 2);
    fs.before = failing(WRITE, 1, code);
    fs.calls.length = 0;
    await append(store, 3, 3);
    expect(fs.calls.filter((call) => call.endsWith(FIRST_SEGMENT))).toEqual([
      WRITE,
      `close ${FIRST_SEGMENT}`,
    ]);
    expect([store.resumed, store.openSegment?.name]).toEqual([true, segmentName(3)]);
    fs.before = failing('write journal-', 1, code);
    await expect(store.append(entry(4))).rejects.toMatchObject({ code: 'store-read-only' });
    await store.close();
    expect(await reopened(folder)).toEqual({ notes: upTo(3), report: [] });
  });
});

test('half a line on a disk that then may only be read is not written behind', async () => {
  await append(store, 1, 1);
  fs.shortWrites = 30;
  let writes = 0;
  fs.before = (call) => {
    if (call.startsWith('close')) return;
    if (call !== WRITE || ++writes > 1) throw diskError('EROFS');
  };
  await expect(store.append(entry(2))).rejects.toMatchObject({ code: expect.any(String) });
  fs.before = () => {};
  fs.shortWrites = Infinity;
  const acknowledged = rejections(await burst(3, 4)).filter((answer) => answer === 'ok').length;
  await store.close();
  const { notes } = await reopened(folder);
  expect(notes.filter((n) => n > 2).length).toBe(acknowledged);
});

describe('rotating', () => {
  test('ends one file and begins another, between what came before and what comes after', async () => {
    const before = burst(1, 3);
    await before;
    const rotated = store.rotate();
    const after = burst(4, 6);
    const at = await rotated;
    await after;
    expect([at.lastSeq, store.openSegment?.name]).toEqual([3, segmentName(4)]);
    await store.close();
    expect(await reopened(folder)).toEqual({ notes: upTo(6), report: [] });
    expect((await verifyStore(nodeFileSystem, join(folder, 'store'))).events).toBe(6);
  });

  test('goes on with a file that has no events yet', async () => {
    await append(store, 1, 2);
    const at = await store.rotate();
    fs.calls.length = 0;
    expect([await store.rotate(), fs.calls]).toEqual([at, []]);
    await append(store, 3, 3);
    await store.close();
    expect((await readdir(join(folder, 'store'))).sort()).toEqual([FIRST_SEGMENT, segmentName(3)]);
  });

  test('that fails costs nobody the sign-in who comes in the same moment', async () => {
    await append(store, 1, 1);
    fs.before = failing(`datasync ${segmentName(2)}`);
    const rotated = store.rotate();
    const appended = append(store, 2, 2);
    await expect(rotated).rejects.toMatchObject({ code: 'EIO' });
    await appended;
    await store.close();
    expect(await reopened(folder)).toEqual({ notes: [1, 2], report: [] });
  });

  test('that fails and leaves a file behind acknowledges nothing more: the two would contradict each other', async () => {
    await append(store, 1, 2);
    const next = segmentName(3);
    const broken = [`datasync ${next}`, `remove ${next}`];
    fs.before = (call) => {
      if (broken.includes(call)) throw diskError('EIO');
    };
    const [rotated, ...appended] = await Promise.allSettled([
      store.rotate(),
      store.append(entry(3)),
      store.append(entry(4)),
    ]);
    expect(rejections([rotated, ...appended])).toEqual(Array(3).fill('store-read-only'));
    fs.before = () => {};
    await store.close();
    expect(await reopened(folder)).toEqual({ notes: [1, 2], report: [] });
  });
});

test('how long the disk takes is known, also while it does not answer', async () => {
  expect(store.pace).toEqual({ lastMs: 0, slowestMs: 0, waitingMs: 0 });
  let waitingMs = 0;
  fs.before = async (call) => {
    if (call !== SYNC) return;
    await setTimeout(50);
    waitingMs = store.pace.waitingMs;
  };
  await append(store, 1, 1);
  expect(waitingMs).toBeGreaterThan(40);
  fs.before = () => {};
  await append(store, 2, 2);
  const { lastMs, slowestMs, waitingMs: after } = store.pace;
  expect(slowestMs).toBeGreaterThan(40);
  expect(lastMs).toBeLessThan(slowestMs);
  expect(after).toBe(0);
  await store.close();
});

test('closing waits for what is under way', async () => {
  const appended = burst(1, 10);
  await store.close();
  expect(rejections(await appended)).toEqual(Array(10).fill('ok'));
  expect((await reopened(folder)).notes).toEqual(upTo(10));
});

test('every record carries its number, the gate and the run, so that two kiosks never share an id', async () => {
  const [first, second] = await append(store, 1, 2);
  expect([first?.id, second?.id]).toEqual([`${store.gate}-1`, `${store.gate}-2`]);
  expect(first?.run).toBe(second?.run);
  expect(store.gate).toMatch(/^[a-hj-km-np-z2-9]{6}$/);
  await store.close();
});

/** Notes each file that is closed, as often as it is. */
function watchClosing(disk: WatchedFileSystem, closed: unknown[]): FileSystem {
  return new Proxy(disk, {
    get(target, name) {
      if (name === 'openForAppend')
        return async (path: string, options: OpenOptions): Promise<AppendFile> => {
          const file = await target.openForAppend(path, options);
          return { ...file, close: () => (closed.push(file), file.close()) };
        };
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
