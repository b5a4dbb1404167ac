import { mkdir, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, type TestContext } from 'vitest';
import { Ballast, type SpaceLevel } from '../../../src/store/ballast.ts';
import { segmentName } from '../../../src/store/journal-format.ts';
import { mountSmallDisk } from '../../support/small-disk.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { append, entry, FIRST_SEGMENT, foldInto, openNoted, reopened, upTo } from './store-folder.ts';

/** A disk with ample room, whatever this machine's has. */
function roomyDisk(): WatchedFileSystem {
  const fs = new WatchedFileSystem();
  fs.space = () => Promise.resolve({ free: 1e11, total: 1e12 });
  return fs;
}

test('several that look at the same time take one reserve, and none is refused', async () => {
  const folder = join(await tempFolder(), 'store');
  await mkdir(folder);
  const ballast = new Ballast(roomyDisk(), folder, []);
  const looks = await Promise.all([ballast.look(), ballast.look(), ballast.look()]);
  expect(looks.at(-1)).toMatchObject({ level: 'ample', ballast: true });
  expect(await readdir(folder)).toEqual(['ballast']);
  expect((await stat(join(folder, 'ballast'))).size).toBe(4 * 1024 * 1024);
});

test('a reserve that could not be taken is taken with the next look', async () => {
  const folder = join(await tempFolder(), 'store');
  await mkdir(folder);
  const fs = roomyDisk();
  const ballast = new Ballast(fs, folder, []);
  fs.before = failing('write ballast', 1, 'ENOSPC');
  expect(await ballast.look()).toMatchObject({ ballast: false });
  expect(await readdir(folder)).toEqual([]);
  expect(await ballast.look()).toMatchObject({ ballast: true });
});

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

test.each<[string, number, number, SpaceLevel]>([
  ['a large disk', 1000 * GIB, GIB, 'ample'],
  ['a large disk', 1000 * GIB, GIB - 1, 'low'],
  ['a large disk', 1000 * GIB, 64 * MIB, 'low'],
  ['a large disk', 1000 * GIB, 64 * MIB - 1, 'critical'],
  ['a large disk', 1000 * GIB, 0, 'critical'],
  ['a stick', 1000 * MIB, 100 * MIB, 'ample'],
  ['a stick', 1000 * MIB, 100 * MIB - 1, 'low'],
  ['a stick', 1000 * MIB, 50 * MIB, 'low'],
  ['a stick', 1000 * MIB, 50 * MIB - 1, 'critical'],
])('on %s of %i bytes, %i are %s', async (_, total, free, level) => {
  const fs = new WatchedFileSystem();
  fs.space = () => Promise.resolve({ free, total });
  const ballast = new Ballast(fs, await tempFolder(), []);
  expect(await ballast.look()).toEqual({ freeBytes: free, level, ballast: level === 'ample' });
});

describe('disk full', () => {
  let folder: string;
  const names = async () => (await readdir(join(folder, 'store'))).sort();

  beforeEach(async () => {
    folder = await tempFolder();
  });

  test('the reserve goes, the sign-in is saved, and nobody is told of anything', async () => {
    const fs = roomyDisk();
    const { store } = await openNoted(folder, fs);
    await store.look();
    fs.before = failing(`write ${FIRST_SEGMENT}`, 1, 'ENOSPC');
    await append(store, 1, 2);
    expect(await names()).toEqual([FIRST_SEGMENT]);
    fs.space = () => Promise.resolve({ free: 100 * MIB, total: 1e12 });
    expect(await store.look()).toMatchObject({ level: 'low', ballast: false });
    fs.space = () => Promise.resolve({ free: 2 * GIB, total: 1e12 });
    expect(await store.look()).toMatchObject({ level: 'ample', ballast: true });
    await store.close();
    expect(await reopened(folder)).toEqual({ notes: [1, 2], report: [] });
  });

  test.each([
    ['was removed by hand', () => rm(join(folder, 'store', 'ballast'))],
    ['cannot be removed, as that needs room, too', undefined],
  ])('and the reserve %s, the person is told that the disk is full', async (_, remove) => {
    const fs = roomyDisk();
    const { store } = await openNoted(folder, fs);
    await store.look();
    await remove?.();
    fs.before = (call) => {
      const full = [`write ${FIRST_SEGMENT}`, ...(remove ? [] : ['remove ballast'])];
      if (full.includes(call)) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    };
    await expect(store.append(entry(1))).rejects.toMatchObject({
      code: 'cannot-save',
      cause: { code: 'ENOSPC' },
    });
    fs.before = () => {};
    await append(store, 1, 1);
    await store.close();
    expect(await reopened(folder)).toEqual({ notes: [1], report: [] });
  });

  describe('for real', () => {
    beforeEach(({ skip }: TestContext) => mountSmallDisk(folder, skip));

    const film = () => join(folder, 'film');

    /** Fills the disk up but for a few bytes. */
    async function fill(but = 0): Promise<void> {
      const { bavail, bsize } = await statfs(folder);
      await writeFile(film(), Buffer.alloc(bavail * bsize - but));
    }

    test('the reserve lets some more sign in, then each is told; with room again it goes on by itself', async () => {
      const { store } = await openNoted(folder);
      await append(store, 1, 3);
      expect(await store.look()).toMatchObject({ level: 'ample', ballast: true });
      await fill();
      expect(await store.look()).toEqual({ freeBytes: 0, level: 'critical', ballast: true });
      let last = 3;
      const told: unknown[] = [];
      while (told.length < 3 && last < 1000) {
        await append(store, last + 1, last + 1).then(
          () => last++,
          (error: unknown) => told.push((error as { code: string }).code),
        );
      }
      expect(told).toEqual(Array(3).fill('cannot-save'));
      // What fits into two hundredths of 256 kB, in whole pages.
      expect(last).toBeGreaterThan(10);
      expect(store.failed).toBeUndefined();
      expect(await store.look()).toMatchObject({ level: 'critical', ballast: false });
      await rm(film());
      await append(store, last + 1, last + 1);
      expect(await store.look()).toMatchObject({ level: 'ample', ballast: true });
      await store.close();
      expect(await reopened(folder)).toEqual({ notes: upTo(last + 1), report: [] });
    });

    test.each([
      ['a torn tail', async () => writeFile(join(folder, 'store', FIRST_SEGMENT), 'torn', { flag: 'a' })],
      ['a file that is only just begun', async () => writeFile(join(folder, 'store', segmentName(4)), '{')],
    ])('a start with %s takes from the reserve what it needs', async (_, damage) => {
      const { store } = await openNoted(folder);
      await append(store, 1, 3);
      await store.look();
      await store.close();
      await damage();
      await fill();
      const found = await openNoted(folder);
      expect([found.notes, found.store.failed]).toEqual([upTo(3), undefined]);
      await append(found.store, 4, 4);
      await found.store.close();
      expect(await names()).not.toContain('ballast');
      expect(await reopened(folder)).toEqual({ notes: upTo(4), report: [] });
    });

    test('a start that finds no reserve shows what is there, and says that the disk is full', async () => {
      const { store } = await openNoted(folder);
      await append(store, 1, 3);
      await store.close();
      await writeFile(join(folder, 'store', FIRST_SEGMENT), 'torn', { flag: 'a' });
      await fill();
      const found = await openNoted(folder);
      expect(found.notes).toEqual(upTo(3));
      expect(found.store).toMatchObject({
        failed: { code: 'cannot-save', cause: { code: 'ENOSPC' } },
        report: [],
      });
      await rm(film());
      await found.store.reopen(foldInto([]));
      expect(found.store.failed).toBeUndefined();
      await append(found.store, 4, 4);
      await found.store.close();
      expect(await names()).toEqual([FIRST_SEGMENT, `${FIRST_SEGMENT}.broken`]);
      expect(await reopened(folder)).toEqual({ notes: upTo(4), report: [] });
    });

    test('there is no room to begin a store', async () => {
      await fill();
      await expect(openNoted(folder)).rejects.toMatchObject({ code: 'cannot-save' });
      await rm(film());
      await (await openNoted(folder)).store.close();
    });

    test('a snapshot that does not fit leaves the room to the sign-ins', async () => {
      const { store } = await openNoted(folder);
      await append(store, 1, 3);
      await fill(20 * 1024);
      const at = await store.rotate();
      const { bavail } = await statfs(folder);
      const tooMuch = () => upTo(5000).map((n) => ({ n }));
      await expect(store.snapshot(at, tooMuch)).rejects.toMatchObject({ code: 'ENOSPC' });
      expect((await statfs(folder)).bavail).toBe(bavail);
      await append(store, 4, 10);
      await store.close();
      expect(await reopened(folder)).toEqual({ notes: upTo(10), report: [] });
    });
  });
});
