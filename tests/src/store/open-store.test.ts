import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { segmentName, snapshotName } from '../../../src/store/journal-format.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';
import {
  append,
  filesOf,
  FIRST_SEGMENT,
  openNoted,
  recordsUpTo,
  reopened,
  snapshot,
  storeOfAllKinds,
  storeWithSnapshots,
  upTo,
} from './store-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await tempFolder();
});

test('two kiosks never write into one folder', async () => {
  const { store } = await openNoted(folder);
  await expect(openNoted(folder)).rejects.toMatchObject({ code: 'store-in-use' });
  await append(store, 1, 1);
  await store.close();
  const again = await openNoted(folder);
  expect(again.notes).toEqual([1]);
  await again.store.close();
});

test('a lock file that a crash left behind is no lock', async () => {
  await writeFile(join(folder, 'lock'), '4711');
  const { store } = await openNoted(folder);
  await store.close();
});

test('the lock is given back, whatever closing or opening fails at', async () => {
  const fs = new WatchedFileSystem();
  for (const call of [`datasync ${FIRST_SEGMENT}`, `write ${FIRST_SEGMENT}`, 'syncFolder store']) {
    fs.before = failing(call);
    await expect(openNoted(folder, fs)).rejects.toMatchObject({ code: 'EIO' });
  }
  const { store } = await openNoted(folder, fs);
  fs.before = failing(`close ${FIRST_SEGMENT}`);
  await expect(store.close()).rejects.toMatchObject({ code: 'EIO' });
  await (await openNoted(folder)).store.close();
});

test('a store keeps its gate id, and goes on counting where it was', async () => {
  const first = await openNoted(folder);
  await append(first.store, 1, 2);
  await first.store.close();
  const second = await openNoted(folder);
  expect([second.store.gate, second.store.lastSeq]).toEqual([first.store.gate, 2]);
  const [record] = await append(second.store, 3, 3);
  expect(record?.id).toBe(`${first.store.gate}-3`);
  await second.store.close();
  expect((await reopened(folder)).notes).toEqual(upTo(3));
});

test('atomic write is not enough: the new journal file is known to the disk before anything is written to it', async () => {
  const fs = new WatchedFileSystem();
  const { store } = await openNoted(folder, fs);
  expect(fs.calls).toEqual([
    `makeFolder ${basename(folder)}`,
    'makeFolder store',
    `syncFolder ${basename(folder)}`,
    `open ${FIRST_SEGMENT}`,
    `write ${FIRST_SEGMENT}`,
    `datasync ${FIRST_SEGMENT}`,
    'syncFolder store',
  ]);
  await store.close();
});

test('a journal file is synced before it is gone on with: what it holds may never have reached the disk', async () => {
  await storeWithSnapshots(folder);
  const fs = new WatchedFileSystem();
  const { store } = await openNoted(folder, fs);
  const name = segmentName(7);
  expect(fs.calls.slice(-3)).toEqual([`open ${name}`, `datasync ${name}`, 'syncFolder store']);
  await store.close();

  fs.before = failing(`datasync ${name}`);
  await expect(openNoted(folder, fs)).rejects.toMatchObject({ code: 'EIO' });
  expect((await reopened(folder)).notes).toEqual(upTo(9));
});

test('a start after a snapshot has the snapshot and what came behind it', async () => {
  await storeWithSnapshots(folder);
  const { store, notes } = await openNoted(folder);
  expect(notes).toEqual(upTo(9));
  expect([store.lastSeq, store.sinceSnapshot(), store.report]).toEqual([9, 3, []]);
  await append(store, 10, 10);
  await store.close();
  expect((await reopened(folder)).notes).toEqual(upTo(10));
});

test('the snapshot before and its journal stay, older ones go', async () => {
  await storeWithSnapshots(folder);
  const { store } = await openNoted(folder);
  await snapshot(store, recordsUpTo(9));
  await store.close();
  expect((await readdir(join(folder, 'store'))).sort()).toEqual([
    segmentName(7),
    segmentName(10),
    snapshotName(6),
    snapshotName(9),
  ]);
});

test('atomic write is not enough: where the newest snapshot is damaged, the one before it and its journal give the same state', async () => {
  await storeWithSnapshots(folder);
  const path = join(folder, 'store', snapshotName(6));
  await writeFile(path, (await readFile(path)).fill('?', 200, 201));
  const { notes, report } = await reopened(folder);
  expect(notes).toEqual(upTo(9));
  const words = expect.stringContaining(snapshotName(6)) as string;
  expect(report).toEqual([{ en: words, zh: words }]);
});

test('where every snapshot is damaged and the early journal gone, the store is refused, not emptied', async () => {
  await storeWithSnapshots(folder);
  const { store } = await openNoted(folder);
  await snapshot(store, recordsUpTo(9));
  await store.close();
  for (const seq of [6, 9]) await writeFile(join(folder, 'store', snapshotName(seq)), 'nothing');
  await expect(openNoted(folder)).rejects.toMatchObject({ code: 'store-damaged' });
});

test('a second snapshot at the same event is none', async () => {
  const { store } = await openNoted(folder);
  await append(store, 1, 2);
  await snapshot(store, recordsUpTo(2));
  await snapshot(store, () => {
    throw new Error('nothing has happened since');
  });
  await store.close();
  expect((await reopened(folder)).notes).toEqual([1, 2]);
});

test.each([
  ['its file cannot be written', 'write snapshot-'],
  ['its file cannot be synced', 'datasync snapshot-'],
  ['it cannot be renamed', 'rename snapshot-'],
  ['the new journal file cannot be opened', `open ${segmentName(4)}`],
  ['the new journal file cannot be written', `write ${segmentName(4)}`],
  ['the new journal file cannot be synced', `datasync ${segmentName(4)}`],
  ['an old file cannot be removed', 'remove journal-'],
])(
  'a snapshot that fails because %s costs nothing: the kiosk goes on and restarts whole',
  async (_, call) => {
    const fs = new WatchedFileSystem();
    const { store } = await openNoted(folder, fs);
    for (const n of [1, 2]) {
      await append(store, n, n);
      await snapshot(store, recordsUpTo(n));
    }
    await append(store, 3, 3);
    fs.before = failing(call);
    await expect(snapshot(store, recordsUpTo(3))).rejects.toMatchObject({ code: 'EIO' });
    await append(store, 4, 5);
    await snapshot(store, recordsUpTo(5));
    await append(store, 6, 6);
    await store.close();
    expect(await reopened(folder)).toEqual({ notes: upTo(6), report: [] });
  },
);

test('atomic write is not enough: a snapshot is complete on disk, with the next journal file, before it gets its name', async () => {
  const fs = new WatchedFileSystem();
  const { store } = await openNoted(folder, fs);
  await append(store, 1, 2);
  fs.calls.length = 0;
  await snapshot(store, recordsUpTo(2));
  const beside = `${snapshotName(2)}.new`;
  expect(fs.calls.filter((call) => call.includes('snapshot') || call.startsWith('syncFolder'))).toEqual([
    'syncFolder store',
    `remove ${beside}`,
    `open ${beside}`,
    `write ${beside}`,
    `write ${beside}`,
    `datasync ${beside}`,
    `close ${beside}`,
    `rename ${snapshotName(2)}`,
    'syncFolder store',
  ]);
  await store.close();
});

test('the closed files hold everything up to the last rotation, and change no more', async () => {
  await storeOfAllKinds(folder);
  const { store } = await openNoted(folder);
  await append(store, 17, 17);
  const at = await store.rotate();
  const names = await store.closedFiles();
  const before = await filesOf(folder);
  await append(store, 18, 20);
  await store.close();

  const other = await tempFolder();
  await mkdir(join(other, 'store'));
  for (const name of names) {
    expect((await filesOf(folder))[name], name).toBe(before[name]);
    await copyFile(join(folder, 'store', name), join(other, 'store', name));
  }
  expect(names).toEqual([...names].sort());
  expect([at.lastSeq, await reopened(other)]).toEqual([17, { notes: upTo(17), report: [] }]);
});

test('files that are none of its own are none of the closed ones', async () => {
  await storeWithSnapshots(folder);
  await writeFile(join(folder, 'store', segmentName(7)), 'torn', { flag: 'a' });
  const { store } = await openNoted(folder);
  for (const name of ['notes.txt', `${segmentName(1)}.suspect`, 'ballast', `${snapshotName(9)}.new`])
    await writeFile(join(folder, 'store', name), 'x');
  expect(await store.closedFiles()).toEqual([segmentName(4), snapshotName(3), snapshotName(6)]);
  await store.close();
});
