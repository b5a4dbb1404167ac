import { constants } from 'node:fs';
import { mkdir, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { syncingWrites, writeAll, type AppendFile } from '../../../src/store/file-system.ts';
import { nodeFileSystem } from '../../../src/store/node-file-system.ts';
import { mountDisk, NoMount, type MountedDisk } from '../../support/mounted-disk.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { append, FIRST_SEGMENT, openNoted } from './store-folder.ts';

describe('on Linux', { skip: process.platform !== 'linux' }, () => {
  /** The flags that this process has the file open with. */
  async function flagsOf(path: string): Promise<number> {
    for (const fd of await readdir('/proc/self/fd')) {
      const target = await readlink(`/proc/self/fd/${fd}`).catch(() => undefined);
      if (target !== path) continue;
      const info = await readFile(`/proc/self/fdinfo/${fd}`, 'utf8');
      return Number.parseInt(/^flags:\s*(\d+)$/m.exec(info)![1]!, 8);
    }
    throw new Error(`${path} is not open`);
  }

  test('the system syncs each write to the journal, in a file that is new and in one that was there', async () => {
    const folder = await tempFolder();
    for (let start = 1; start <= 2; start++) {
      const { store } = await openNoted(folder);
      await append(store, start, start);
      const flags = await flagsOf(join(folder, 'store', FIRST_SEGMENT));
      expect(flags & constants.O_DSYNC).toBe(constants.O_DSYNC);
      expect(flags & constants.O_APPEND).toBe(constants.O_APPEND);
      await store.close();
    }
  });

  test('other files are synced when they are whole', async () => {
    const path = join(await tempFolder(), 'a');
    const file = await nodeFileSystem.openForAppend(path, { exclusive: true });
    expect((await flagsOf(path)) & constants.O_DSYNC).toBe(0);
    await file.close();
  });
});

describe('where no call both writes and syncs', () => {
  const error = (code: string) => Object.assign(new Error(code), { code });

  /** A file that takes five bytes at a time and notes what is asked of it. */
  function fileOf(calls: string[], failing?: string): AppendFile {
    const note = (call: string) => {
      calls.push(call);
      if (call === failing) throw error('EIO');
    };
    return {
      async write(buffer, offset) {
        note(`write ${buffer.toString('latin1', offset, offset + 5)}`);
        return Math.min(5, buffer.length - offset);
      },
      datasync: async () => note('datasync'),
      size: async () => 0,
      truncate: async () => note('truncate'),
      close: async () => note('close'),
    };
  }

  test('each write is followed by a sync before it counts', async () => {
    const calls: string[] = [];
    await writeAll(syncingWrites(fileOf(calls)), Buffer.from('one two'));
    expect(calls).toEqual(['write one t', 'datasync', 'write wo', 'datasync']);
  });

  test.each(['write one t', 'datasync'])('a failed %s is a write that failed', async (call) => {
    await expect(writeAll(syncingWrites(fileOf([], call)), Buffer.from('one two'))).rejects.toMatchObject({
      code: 'EIO',
    });
  });
});

test('a file knows how many bytes it has', async () => {
  const path = join(await tempFolder(), 'a');
  const file = await nodeFileSystem.openForAppend(path, { exclusive: true, synced: true });
  await writeAll(file, Buffer.from('one'));
  expect(await file.size()).toBe(3);
  await file.truncate(1);
  expect(await file.size()).toBe(1);
  await file.close();
  expect(await readFile(path, 'utf8')).toBe('o');
});

test('atomic write is not enough: what a virus scanner holds for a moment on Windows gets its name all the same', async ({
  skip,
}) => {
  const folder = await tempFolder();
  const [held, named] = [join(folder, 'held'), join(folder, 'named')];
  await mkdir(held);
  const letGo = hold(held, skip);
  await expect(nodeFileSystem.rename(held, named)).rejects.toMatchObject({ code: 'EBUSY' });
  const platform = Object.getOwnPropertyDescriptor(process, 'platform')!;
  onTestFinished(() => void Object.defineProperty(process, 'platform', platform));
  Object.defineProperty(process, 'platform', { ...platform, value: 'win32' });
  setTimeout(letGo, 60);
  await nodeFileSystem.rename(held, named);
  expect(await readdir(folder)).toEqual(['named']);
});

/** Makes a folder as busy as a scanned file is, by a disk that is mounted there, until the answer is called. */
function hold(folder: string, skip: (note: string) => never): () => void {
  let disk: MountedDisk | undefined;
  try {
    disk = mountDisk(folder, '256k');
  } catch (error) {
    if (!(error instanceof NoMount)) throw error;
    skip(error.message);
  }
  const letGo = () => {
    disk?.unmount();
    disk = undefined;
  };
  onTestFinished(letGo);
  return letGo;
}
