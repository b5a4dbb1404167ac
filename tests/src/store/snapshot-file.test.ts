import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { snapshotName } from '../../../src/store/journal-format.ts';
import { nodeFileSystem } from '../../../src/store/node-file-system.ts';
import { readSnapshot, writeSnapshot } from '../../../src/store/snapshot-file.ts';
import { tempFolder } from '../../support/temp-folder.ts';

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

test('a snapshot that ends too early is none', async () => {
  const folder = await tempFolder();
  await roundTrip(folder, [{ n: 1 }, { n: 2 }]);
  const bytes = await nodeFileSystem.read(join(folder, snapshotName(7)));
  for (let size = 0; size < bytes.length; size++) {
    expect(readSnapshot(bytes.subarray(0, size)), `${size} bytes`).toBeUndefined();
  }
});
