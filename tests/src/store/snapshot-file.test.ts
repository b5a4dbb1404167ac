import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FileSystem } from '../../../src/store/file-system.ts';
import { snapshotName } from '../../../src/store/journal-format.ts';
import { nodeFileSystem } from '../../../src/store/node-file-system.ts';
import { readSnapshot, writeSnapshot } from '../../../src/store/snapshot-file.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';

const position = { lastSeq: 7, chain: '0123abcd' };

async function roundTrip(folder: string, records: unknown[]) {
  await writeSnapshot(nodeFileSystem, folder, 'gate', position, () => records);
  return readSnapshot(await nodeFileSystem.read(join(folder, snapshotName(7))));
}

test('what goes into a snapshot comes out of it, in order', async () => {
  const folder = await tempFolder();
  const jsonSafe = fc.jsonValue().map((value) => ({ value: JSON.parse(JSON.stringify(value)) as unknown }));
  await fc.assert(
    fc.asyncProperty(fc.array(jsonSafe), async (records) => {
      const snapshot = await roundTrip(folder, records);
      expect([...snapshot!.records()]).toEqual(records);
      expect(snapshot).toMatchObject({ gate: 'gate', position });
    }),
    { numRuns: 25 },
  );
});

test('a snapshot of many chunks is whole', async () => {
  const records = Array.from({ length: 20_000 }, (_, n) => ({ n, name: '陈杰' }));
  const snapshot = await roundTrip(await tempFolder(), records);
  expect([...snapshot!.records()]).toEqual(records);
});

test('what changes while it is written is noticed before it gets its name', async () => {
  const folder = await tempFolder();
  let call = 0;
  const moving = () => [{ n: ++call }];
  await expect(writeSnapshot(nodeFileSystem, folder, 'gate', position, moving)).rejects.toThrow(/read back/);
  expect(await nodeFileSystem.list(folder)).toEqual([`${snapshotName(7)}.new`]);
  expect([...(await roundTrip(folder, [{ n: 1 }]))!.records()]).toEqual([{ n: 1 }]);
});

test.each<[string, (pieces: Buffer[]) => Buffer[]]>([
  ['with another byte in its first line', ([first, ...rest]) => [flipped(first!, 20), ...rest]],
  ['with another byte in a record', (pieces) => [...pieces.slice(0, -1), flipped(pieces.at(-1)!, 5)]],
  ['without its end', (pieces) => [...pieces.slice(0, -1), pieces.at(-1)!.subarray(0, -10)]],
  ['without its first line', ([first, ...rest]) => [first!.subarray(first!.indexOf(10) + 1), ...rest]],
  ['longer than it was written', (pieces) => [...pieces, Buffer.from('{}\n')]],
  ['as zeros', (pieces) => pieces.map(({ length }) => Buffer.alloc(length))],
  ['as nothing', () => []],
])('a disk that gives it back %s is noticed before it gets its name', async (_, change) => {
  const folder = await tempFolder();
  const fs: FileSystem = {
    ...nodeFileSystem,
    async *readPieces(path) {
      const pieces: Buffer[] = [];
      for await (const piece of nodeFileSystem.readPieces(path)) pieces.push(piece);
      expect(pieces.length).toBeGreaterThan(1);
      yield* change(pieces);
    },
  };
  const records = Array.from({ length: 20_000 }, (_, n) => ({ n, name: '陈杰' }));
  await expect(writeSnapshot(fs, folder, 'gate', position, () => records)).rejects.toThrow(/read back/);
  expect(await nodeFileSystem.list(folder)).toEqual([`${snapshotName(7)}.new`]);
});

test('however small the pieces are that the disk gives back, a good snapshot is good', async () => {
  const folder = await tempFolder();
  const fs: FileSystem = {
    ...nodeFileSystem,
    async *readPieces(path) {
      for (const byte of await nodeFileSystem.read(path)) yield Buffer.of(byte);
    },
  };
  await writeSnapshot(fs, folder, 'gate', position, () => [{ n: 1 }, { name: '陈杰' }]);
  const snapshot = readSnapshot(await nodeFileSystem.read(join(folder, snapshotName(7))));
  expect([...snapshot!.records()]).toEqual([{ n: 1 }, { name: '陈杰' }]);
});

test('a disk that is full while it is written gets its room back', async () => {
  const folder = await tempFolder();
  const fs = new WatchedFileSystem();
  for (const call of ['write', 'datasync', 'close']) {
    fs.before = failing(`${call} ${snapshotName(7)}.new`, 1, 'ENOSPC');
    const writing = writeSnapshot(fs, folder, 'gate', position, () => [{ n: 1 }]);
    await expect(writing).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(await nodeFileSystem.list(folder), call).toEqual([]);
  }
});

function flipped(bytes: Buffer, at: number): Buffer {
  const other = Buffer.from(bytes);
  other[at]! ^= 1;
  return other;
}

test('a snapshot that ends too early is none', async () => {
  const folder = await tempFolder();
  await roundTrip(folder, [{ n: 1 }, { n: 2 }]);
  const bytes = await nodeFileSystem.read(join(folder, snapshotName(7)));
  for (let size = 0; size < bytes.length; size++) {
    expect(readSnapshot(bytes.subarray(0, size)), `${size} bytes`).toBeUndefined();
  }
});
