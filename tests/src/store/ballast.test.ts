import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Ballast } from '../../../src/store/ballast.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';
import { tempFolder } from '../../support/temp-folder.ts';

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
