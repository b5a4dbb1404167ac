import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { verifyStore } from '../../../src/store/verify-store.ts';
import { nodeFileSystem } from '../../../src/store/node-file-system.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';
import { append, entry, FIRST_SEGMENT, openNoted, reopened, upTo } from './store-folder.ts';

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

function rejections(results: PromiseSettledResult<unknown>[]): unknown[] {
  return results.map((result) =>
    result.status === 'rejected' ? (result.reason as { code: string }).code : 'ok',
  );
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

test('a queue of 64 at the gate shares two syncs, and is answered in order', async () => {
  const order: number[] = [];
  await Promise.all(upTo(64).map((n) => store.append(entry(n)).then(({ seq }) => order.push(seq))));
  // The first goes alone; the others arrive while it is written and share the next one.
  expect(fs.calls.filter((call) => call === SYNC).length).toBe(2);
  expect(order).toEqual(upTo(64));
  await store.close();
  expect(await reopened(folder)).toEqual({ notes: upTo(64), report: [] });
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
  expect(fs.calls).toEqual([WRITE, WRITE, `truncate ${FIRST_SEGMENT}`, SYNC]);
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
  expect(new Set(rejections(await burst(50, 59)))).toEqual(new Set(['cannot-save']));
  const [record] = await append(store, 2, 2);
  expect(record?.seq).toBe(2);
  await store.close();
  expect(await reopened(folder)).toEqual({ notes: [1, 2], report: [] });
});

test('after a failed sync nothing more is acknowledged, though the disk claims to be well again', async () => {
  await append(store, 1, 1);
  fs.before = failing(SYNC);
  expect(new Set(rejections(await burst(2, 6)))).toEqual(new Set(['store-read-only']));
  expect(store.failed).toMatchObject({ code: 'store-read-only' });
  const callsBefore = fs.calls.length;
  await expect(store.append(entry(7))).rejects.toMatchObject({ code: 'store-read-only' });
  expect(fs.calls.length).toBe(callsBefore);
  await store.close();
  expect((await reopened(folder)).notes.slice(0, 1)).toEqual([1]);
});

test('half a line that cannot be taken back closes the journal', async () => {
  await append(store, 1, 1);
  fs.before = (call) => {
    if (call === WRITE) throw Object.assign(new Error('EIO'), { code: 'EIO' });
    if (call.startsWith('truncate')) throw Object.assign(new Error('EROFS'), { code: 'EROFS' });
  };
  await expect(store.append(entry(2))).rejects.toMatchObject({ code: 'store-read-only' });
  fs.before = () => {};
  await expect(store.append(entry(3))).rejects.toMatchObject({ code: 'store-read-only' });
  await store.close();
  expect((await reopened(folder)).notes).toEqual([1]);
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
