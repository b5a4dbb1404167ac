import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { beginExchange, exchangeStore } from '../../../src/store/exchange-store.ts';
import type { FileSystem } from '../../../src/store/file-system.ts';
import { segmentName } from '../../../src/store/journal-format.ts';
import { nodeFileSystem } from '../../../src/store/node-file-system.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { verifyStore } from '../../../src/store/verify-store.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';
import { failAt, WAYS_TO_FAIL } from './failing-calls.ts';
import {
  append,
  entry,
  filesOf,
  foldInto,
  openNoted,
  recordsUpTo,
  reopened,
  snapshot,
  storeOfAllKinds,
  storeWithSnapshots,
  upTo,
} from './store-folder.ts';

let folder: string;
let fs: WatchedFileSystem;
let store: Store;

async function start(): Promise<void> {
  folder = await tempFolder();
  fs = new WatchedFileSystem();
  store = (await openNoted(folder, fs)).store;
}

beforeEach(start);

/** What opening it again reads. */
async function reopen(work?: () => Promise<void>): Promise<number[]> {
  const notes: number[] = [];
  await store.reopen(foldInto(notes), work);
  return notes;
}

/** Makes the store fail for good while the entries are appended: each is rejected. */
async function failFor(...notes: number[]): Promise<void> {
  fs.before = failing('datasync journal-', 2);
  const appended = await Promise.allSettled(notes.map((n) => store.append(entry(n))));
  expect(appended.map(({ status }) => status)).toEqual(notes.map(() => 'rejected'));
  expect(store.failed?.code).toBe('store-read-only');
  fs.before = () => {};
}

async function requireWhole(notes: number[]): Promise<void> {
  expect((await verifyStore(nodeFileSystem, join(folder, 'store'))).problems).toEqual([]);
  expect(await reopened(folder)).toEqual({ notes, report: [] });
}

describe('a store that takes nothing any more', () => {
  test('goes on with what was confirmed, in the same process', async () => {
    await append(store, 1, 3);
    await failFor(90, 91, 92);
    const { gate } = store;
    expect(await reopen()).toEqual(upTo(3));
    expect(store).toMatchObject({ failed: undefined, resumed: false, lastSeq: 3, nextSeq: 4, gate });
    await append(store, 4, 6);
    await store.close();
    await requireWhole(upTo(6));
  });

  test.each([
    ['whose first file holds nothing confirmed', 0],
    ['behind a snapshot', 3],
  ])('also one %s', async (_, last) => {
    await append(store, 1, last);
    await snapshot(store, recordsUpTo(last));
    await failFor(90, 91);
    expect(await reopen()).toEqual(upTo(last));
    await append(store, last + 1, last + 2);
    await store.close();
    await requireWhole(upTo(last + 2));
  });

  test('and which left a file behind that should have been gone', async () => {
    await append(store, 1, 2);
    const broken = [`datasync ${segmentName(3)}`, `remove ${segmentName(3)}`];
    fs.before = (call) => {
      if (broken.includes(call)) throw new Error('the disk failed on purpose');
    };
    await expect(store.rotate()).rejects.toMatchObject({ code: 'store-read-only' });
    fs.before = () => {};
    expect(await reopen()).toEqual([1, 2]);
    await append(store, 3, 3);
    await store.close();
    await requireWhole(upTo(3));
  });

  test('a second time, too: what is left behind keeps out of each other’s way', async () => {
    for (const last of [1, 2, 3]) {
      await append(store, last, last);
      await failFor(90, 91);
      expect(await reopen()).toEqual(upTo(last));
    }
    await store.close();
    await requireWhole(upTo(3));
  });

  test.each(WAYS_TO_FAIL)(
    'wherever the disk fails again (%s), nothing unconfirmed counts later',
    async (way) => {
      for (let at = 1; ; at++) {
        await start();
        await append(store, 1, 3);
        await failFor(90, 91, 92);
        const fail = failAt(fs, at, way);
        const [tried] = await Promise.allSettled([reopen()]);
        const what = `call ${at}, ${way}`;
        fs.before = () => {};
        if (!fail.reached()) {
          expect([tried.status, at > 8], what).toEqual(['fulfilled', true]);
          await store.close();
          return;
        }
        if (tried.status === 'rejected') {
          expect(store.failed?.code, what).toBe('store-read-only');
          await expect(store.append(entry(93)), what).rejects.toMatchObject({ code: 'store-read-only' });
          expect([store.lastSeq, await reopen()], what).toEqual([3, upTo(3)]);
        }
        await append(store, 4, 5);
        await store.close();
        await requireWhole(upTo(5));
      }
    },
  );

  test('a damaged store is damaged still, until somebody has put the file right', async () => {
    await store.close();
    await storeOfAllKinds(folder);
    const path = join(folder, 'store', segmentName(7));
    const good = await readFile(path);
    await writeFile(path, Buffer.from(good).fill('?', 200, 220));
    store = (await openNoted(folder, fs)).store;
    const before = await filesOf(folder);
    await reopen();
    expect(store).toMatchObject({ failed: { code: 'store-damaged' }, damage: expect.anything() });
    expect(await filesOf(folder)).toEqual(before);
    await writeFile(path, good);
    expect(await reopen()).toEqual(upTo(16));
    expect(store).toMatchObject({ failed: undefined, damage: undefined });
    await append(store, 17, 17);
    await store.close();
    await requireWhole(upTo(17));
  });
});

describe('around work on the folder', () => {
  /** Puts a store with notes 1 to 9 in the place of this one. */
  async function exchange(): Promise<void> {
    const other = await tempFolder();
    await storeWithSnapshots(other);
    const ready = await beginExchange(fs, folder);
    for (const name of await readdir(join(other, 'store')))
      await copyFile(join(other, 'store', name), join(ready, name));
    await exchangeStore(fs, folder);
  }

  test('what the work has made of it is opened', async () => {
    await append(store, 1, 2);
    expect(await reopen(exchange)).toEqual(upTo(9));
    await append(store, 10, 10);
    await store.close();
    expect(await readdir(folder)).not.toContain('store.old');
    await requireWhole(upTo(10));
  });

  test('after a failure, too: what was unconfirmed before says nothing about the new one', async () => {
    await append(store, 1, 2);
    await failFor(90, 91);
    expect(await reopen(exchange)).toEqual(upTo(9));
    await append(store, 10, 10);
    await store.close();
    await requireWhole(upTo(10));
  });

  test('the work finds only what was confirmed', async () => {
    await append(store, 1, 2);
    await failFor(90, 91);
    let found: number[] = [];
    await reopen(async () => {
      const other = await tempFolder();
      await nodeFileSystem.makeFolder(join(other, 'store'));
      for (const name of await readdir(join(folder, 'store')))
        await copyFile(join(folder, 'store', name), join(other, 'store', name));
      found = (await reopened(other)).notes;
    });
    expect(found).toEqual([1, 2]);
    await store.close();
  });

  test('nothing is taken meanwhile', async () => {
    await append(store, 1, 1);
    await reopen(async () => {
      for (const refused of [store.append(entry(9)), store.rotate()])
        await expect(refused).rejects.toMatchObject({ code: 'store-read-only' });
      expect([store.lastSeq, store.openSegment]).toEqual([1, undefined]);
    });
    await append(store, 2, 2);
    await store.close();
    await requireWhole([1, 2]);
  });

  test('work that fails leaves the store as it was, and says so', async () => {
    await append(store, 1, 2);
    const work = async () => {
      await beginExchange(fs, folder);
      throw new Error('the work failed');
    };
    const notes: number[] = [];
    await expect(store.reopen(foldInto(notes), work)).rejects.toThrow('the work failed');
    expect([notes, await readdir(folder)]).toEqual([[1, 2], expect.not.arrayContaining(['store.new'])]);
    await append(store, 3, 3);
    await store.close();
    await requireWhole(upTo(3));
  });

  test.each(WAYS_TO_FAIL)(
    'wherever the disk fails (%s), the next try or start has one whole store',
    async (way) => {
      let exchanged = 0;
      let kept = 0;
      for (let at = 1; ; at++) {
        await start();
        await append(store, 1, 2);
        const fail = failAt(fs, at, way);
        const [tried] = await Promise.allSettled([reopen(exchange)]);
        const what = `call ${at}, ${way}`;
        fs.before = () => {};
        if (!fail.reached()) {
          expect([tried.status, exchanged > 0, kept > 0], what).toEqual(['fulfilled', true, true]);
          await store.close();
          return;
        }
        if (store.failed) {
          await store.close();
          const next = await openNoted(folder, fs);
          store = next.store;
        }
        const { lastSeq } = store;
        expect([2, 9], what).toContain(lastSeq);
        if (lastSeq === 9) exchanged++;
        else kept++;
        await append(store, lastSeq + 1, lastSeq + 1);
        await store.close();
        await requireWhole(upTo(lastSeq + 1));
        expect((await readdir(folder)).sort(), what).toEqual(['lock', 'store']);
      }
    },
  );

  test('the reserve for a full disk is that of the new store', async () => {
    const roomy: FileSystem = { ...nodeFileSystem, space: async () => ({ free: 2 ** 40, total: 2 ** 41 }) };
    fs = new WatchedFileSystem(roomy);
    await store.close();
    store = (await openNoted(folder, fs)).store;
    expect(await store.look()).toMatchObject({ ballast: true });
    await reopen(exchange);
    fs.before = failing('write journal-', 1, 'ENOSPC');
    await expect(store.append(entry(10))).rejects.toMatchObject({ code: 'cannot-save' });
    expect(await store.look()).toMatchObject({ ballast: true });
    fs.before = failing('write journal-', 1, 'ENOSPC');
    await append(store, 10, 10);
    await store.close();
    await requireWhole(upTo(10));
  });
});
