import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, type TestContext } from 'vitest';
import { segmentName } from '../../../src/store/journal-format.ts';
import { mountDisk, NoMount, type MountedDisk } from '../../support/mounted-disk.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { WatchedFileSystem } from '../../support/watched-file-system.ts';
import {
  append,
  entry,
  filesOf,
  foldInto,
  openNoted,
  recordsUpTo,
  reopened,
  storeWithSnapshots,
  upTo,
} from './store-folder.ts';

const LAST = segmentName(7);
/** Both languages say what the disk answered. */
const saying = (code: string) => ({
  code: 'store-not-writable',
  words: { en: expect.stringContaining(code), zh: expect.stringContaining(code) },
});

let folder: string;

beforeEach(async () => {
  folder = await tempFolder();
});

describe('a disk that is mounted for reading only', () => {
  let disk: MountedDisk;

  beforeEach(({ skip }: TestContext) => {
    try {
      disk = mountDisk(folder, '1m');
    } catch (error) {
      if (!(error instanceof NoMount)) throw error;
      skip(error.message);
    }
    onTestFinished(() => disk.unmount());
  });

  test('shows what it holds and takes nothing, until it is mounted for writing', async () => {
    await storeWithSnapshots(folder);
    disk.remount('ro');
    const before = await filesOf(folder);
    const { store, notes } = await openNoted(folder);
    expect(notes).toEqual(upTo(9));
    expect(store).toMatchObject({ failed: saying('EROFS'), damage: undefined, lastSeq: 9 });
    for (const refused of [store.append(entry(10)), store.rotate(), store.probe()])
      await expect(refused).rejects.toMatchObject({ code: 'store-not-writable' });
    await store.reopen(foldInto([]));
    expect(store.failed).toMatchObject(saying('EROFS'));
    expect(await filesOf(folder)).toEqual(before);

    disk.remount('rw');
    await store.reopen(foldInto([]));
    expect(store.failed).toBeUndefined();
    await expect(openNoted(folder)).rejects.toMatchObject({ code: 'store-in-use' });
    await append(store, 10, 11);
    await store.close();
    expect(await reopened(folder)).toEqual({ notes: upTo(11), report: [] });
  });

  test('has its torn tail cut, and that told, only once it can be written', async () => {
    await storeWithSnapshots(folder);
    await writeFile(join(folder, 'store', LAST), 'torn', { flag: 'a' });
    disk.remount('ro');
    const { store, notes } = await openNoted(folder);
    expect([notes, store.report]).toEqual([upTo(9), []]);
    disk.remount('rw');
    await store.reopen(foldInto([]));
    expect(store.report).toEqual([expect.objectContaining({ en: expect.stringContaining(LAST) })]);
    await append(store, 10, 10);
    await store.close();
    expect(await readFile(join(folder, 'store', `${LAST}.broken`), 'utf8')).toBe('torn');
    expect(await reopened(folder)).toEqual({ notes: upTo(10), report: [] });
  });

  test('is nothing to begin a store on', async () => {
    disk.remount('ro');
    await expect(openNoted(folder)).rejects.toMatchObject(saying('EROFS'));
    disk.remount('rw');
    await mkdir(join(folder, 'store'));
    disk.remount('ro');
    await expect(openNoted(folder)).rejects.toMatchObject(saying('EROFS'));
  });

  test('where an exchange was interrupted says so, and the exchange ends once it can', async () => {
    await storeWithSnapshots(folder);
    await rename(join(folder, 'store'), join(folder, 'store.ready'));
    disk.remount('ro');
    await expect(openNoted(folder)).rejects.toMatchObject({ code: 'store-not-writable' });
    disk.remount('rw');
    expect(await reopened(folder)).toEqual({ notes: upTo(9), report: [] });
  });

  test('leaves a damaged store to be decided on later', async () => {
    await storeWithSnapshots(folder);
    await rm(join(folder, 'store', LAST));
    disk.remount('ro');
    const { store, notes } = await openNoted(folder);
    expect(store.failed?.code).toBe('store-damaged');
    const goOn = () => store.goOn(entry(0), recordsUpTo(6));
    await expect(goOn()).rejects.toMatchObject(saying('EROFS'));
    disk.remount('rw');
    await store.reopen(foldInto([]));
    await goOn();
    await store.close();
    expect(await reopened(folder)).toEqual({ notes: [...notes, 0], report: [] });
  });
});

describe('a folder of somebody else', () => {
  let fs: WatchedFileSystem;

  /** Nothing that changes the folder or the file `name` is allowed. */
  function forbid(name: string): void {
    fs.before = (call) => {
      const [verb, file] = call.split(' ');
      if (file === name && verb !== 'list' && verb !== 'read')
        throw Object.assign(new Error('EACCES: forbidden on purpose'), { code: 'EACCES' });
    };
  }

  beforeEach(async () => {
    await storeWithSnapshots(folder);
    fs = new WatchedFileSystem();
  });

  test.each(['lock', 'store', LAST])(
    'whose %s may not be written is opened to be looked at',
    async (name) => {
      forbid(name);
      const before = await filesOf(folder);
      const { store, notes } = await openNoted(folder, fs);
      expect(notes).toEqual(upTo(9));
      expect(store.failed).toMatchObject(saying('EACCES'));
      await expect(store.append(entry(10))).rejects.toMatchObject({ code: 'store-not-writable' });
      fs.before = () => {};
      expect(await filesOf(folder)).toEqual(before);
      const read: number[] = [];
      await store.reopen(foldInto(read));
      expect([store.failed, read]).toEqual([undefined, upTo(9)]);
      await append(store, 10, 10);
      await store.close();
      expect(await reopened(folder)).toEqual({ notes: upTo(10), report: [] });
    },
  );

  test('is not written to without its lock, as another kiosk may have it', async () => {
    forbid('lock');
    const looking = await openNoted(folder, fs);
    expect(fs.calls.filter((call) => call.includes('journal'))).toEqual([]);
    fs.before = () => {};
    const { store } = await openNoted(folder);
    await expect(looking.store.reopen(foldInto([]))).rejects.toMatchObject({ code: 'store-in-use' });
    await expect(looking.store.append(entry(90))).rejects.toMatchObject({ code: 'store-not-writable' });
    await append(store, 10, 10);
    await store.close();
    await looking.store.close();
    expect(await reopened(folder)).toEqual({ notes: upTo(10), report: [] });
  });
});

test('a probe leaves nothing behind, and goes on saying that the disk takes nothing', async () => {
  const fs = new WatchedFileSystem();
  const { store } = await openNoted(folder, fs);
  const names = await readdir(join(folder, 'store'));
  await store.probe();
  for (const [call, code, problem] of [
    ['open probe', 'EROFS', 'store-not-writable'],
    ['write probe', 'ENOSPC', 'cannot-save'],
    ['datasync probe', 'EIO', 'cannot-save'],
    ['remove probe', 'EACCES', 'store-not-writable'],
  ] as const) {
    fs.before = (now) => {
      if (now === call) throw Object.assign(new Error(code), { code });
    };
    for (let minute = 1; minute <= 3; minute++)
      await expect(store.probe(), `${call}, minute ${minute}`).rejects.toMatchObject({ code: problem });
  }
  fs.before = () => {};
  await store.probe();
  expect(await readdir(join(folder, 'store'))).toEqual(names);
  await store.close();
});
