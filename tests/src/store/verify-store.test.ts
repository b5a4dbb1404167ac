import { copyFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { segmentName, snapshotName } from '../../../src/store/journal-format.ts';
import { nodeFileSystem } from '../../../src/store/node-file-system.ts';
import { verifyStore } from '../../../src/store/verify-store.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { filesOf, storeOfAllKinds, storeWithSnapshots } from './store-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await tempFolder();
  await storeWithSnapshots(folder);
});

const path = (name: string) => join(folder, 'store', name);
/** Words that name the file in both languages. */
const both = (name: string) => ({ en: expect.stringContaining(name), zh: expect.stringContaining(name) });
const verify = () => verifyStore(nodeFileSystem, join(folder, 'store'));

test('a good store is found good, and left as it is', async () => {
  const before = await filesOf(folder);
  expect(await verify()).toEqual({ events: 6, snapshots: 2, problems: [] });
  expect(await filesOf(folder)).toEqual(before);
});

test.each([snapshotName(3), snapshotName(6), segmentName(4), segmentName(7)])(
  'one flipped bit anywhere in %s is found and named',
  async (name) => {
    const bytes = await readFile(path(name));
    for (let at = 0; at < bytes.length; at += 7) {
      const flipped = Buffer.from(bytes);
      flipped[at]! ^= 1 << (at % 8);
      await writeFile(path(name), flipped);
      expect((await verify()).problems[0]?.en, `byte ${at}`).toContain(name);
    }
  },
);

test('a torn tail is found', async () => {
  const { length } = await readFile(path(segmentName(7)));
  await truncate(path(segmentName(7)), length - 5);
  expect((await verify()).problems).toEqual([both(segmentName(7))]);
});

test.each([segmentName(4), segmentName(7)])('that %s is missing is found', async (name) => {
  await rm(path(name));
  expect((await verify()).problems).toEqual([{ en: `${name}: it is missing`, zh: `${name}：文件缺失` }]);
});

test('a journal file that is put in the place of another is found', async () => {
  const other = await tempFolder();
  await storeWithSnapshots(other);
  await copyFile(join(other, 'store', segmentName(7)), path(segmentName(7)));
  expect((await verify()).problems).toEqual([both(segmentName(7))]);
});

describe('a store with every kind of file', () => {
  beforeEach(async () => {
    folder = await tempFolder();
    await storeOfAllKinds(folder);
  });

  test('is found good: what a failed sync has left behind does not count', async () => {
    const before = await filesOf(folder);
    expect(await verify()).toEqual({ events: 13, snapshots: 2, problems: [] });
    expect(await filesOf(folder)).toEqual(before);
  });

  test.each([segmentName(4), segmentName(7), segmentName(12)])(
    'that %s is missing is found',
    async (name) => {
      await rm(path(name));
      expect((await verify()).problems).not.toEqual([]);
    },
  );

  test('a flipped bit in what counts is found, one in what was never confirmed is not', async () => {
    const bytes = await readFile(path(segmentName(7)));
    for (const [text, wrong] of [
      ['"n":11,', true],
      ['"n":12,', false],
    ] as const) {
      const flipped = Buffer.from(bytes);
      flipped[bytes.indexOf(text) + 4]! ^= 1;
      await writeFile(path(segmentName(7)), flipped);
      expect((await verify()).problems, text).toEqual(wrong ? [both(segmentName(7))] : []);
    }
  });

  test('what a running kiosk is just writing is no damage', async () => {
    const name = segmentName(15);
    const { length: size } = await readFile(path(name));
    await writeFile(path(name), '{"crc":"0000', { flag: 'a' });
    expect((await verify()).problems).toEqual([both(name)]);
    const check = await verifyStore(nodeFileSystem, join(folder, 'store'), { name, size });
    expect(check).toEqual({ events: 13, snapshots: 2, problems: [] });
  });
});
