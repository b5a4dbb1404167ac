import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { segmentName, snapshotName } from '../../../src/store/journal-format.ts';
import { nodeFileSystem as fs } from '../../../src/store/node-file-system.ts';
import { rewriteStore, type Rewriting } from '../../../src/store/rewrite-store.ts';
import { verifyStore } from '../../../src/store/verify-store.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import {
  append,
  entry,
  openNoted,
  reopened,
  storeOfAllKinds,
  storeWithSnapshots,
  upTo,
} from './store-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await tempFolder();
});

const pathOf = (name: string) => join(folder, 'store', name);

/** Takes the names out. */
const rewriting: Rewriting = {
  event: (record) => ({ ...record, data: { ...(record.data as object), name: '' } }),
  record: (stored) => stored,
};

/** Writes the store again into the place of the old one; resolves with the names of its files. */
async function rewrite(lastSeq?: number): Promise<string[]> {
  const to = join(folder, 'again');
  await mkdir(to);
  await rewriteStore(fs, join(folder, 'store'), to, rewriting, lastSeq);
  await rm(join(folder, 'store'), { recursive: true });
  await rename(to, join(folder, 'store'));
  return (await readdir(join(folder, 'store'))).sort();
}

/** Everything in the files, as text. */
async function text(): Promise<string> {
  const names = await readdir(join(folder, 'store'));
  return (await Promise.all(names.map((name) => readFile(pathOf(name), 'utf8')))).join('');
}

async function flipByte(name: string, at: number): Promise<void> {
  const bytes = await readFile(pathOf(name));
  bytes[at < 0 ? bytes.length + at : at]! ^= 1;
  await writeFile(pathOf(name), bytes);
}

test('a store of every kind of file holds the same notes, and checks', async () => {
  await storeOfAllKinds(folder);
  const before = (await readdir(join(folder, 'store'))).filter((name) => name.endsWith('.jsonl')).sort();
  expect(await rewrite(16)).toEqual(before);
  expect(await text()).not.toContain('陈杰');
  expect((await verifyStore(fs, join(folder, 'store'))).problems).toEqual([]);
  expect(await reopened(folder)).toEqual({ notes: upTo(16), report: [] });
});

test('every line has one checksum, its own: that of what was there says something about it', async () => {
  await storeOfAllKinds(folder);
  await rewrite(16);
  const lines = (await text()).split('\n').filter((line) => line.startsWith('{"crc"'));
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) expect(line.split('"crc":').length, line).toBe(2);
});

test.each([
  ['older', 3],
  ['newest', 6],
])('a broken %s snapshot goes, and nothing with it', async (_, seq) => {
  await storeWithSnapshots(folder);
  await flipByte(snapshotName(seq), -3);
  expect(await rewrite(9)).not.toContain(snapshotName(seq));
  expect(await text()).not.toContain('陈杰');
  expect(await reopened(folder)).toEqual({ notes: upTo(9), report: [] });
});

test('bytes behind the last event of a closed segment and a torn tail stay behind', async () => {
  await storeWithSnapshots(folder);
  await rm(pathOf(snapshotName(6)));
  await appendFile(pathOf(segmentName(4)), 'foreign 陈杰\n');
  await appendFile(pathOf(segmentName(7)), '{"crc":"torn 陈杰');
  await rewrite(9);
  expect(await text()).not.toMatch(/陈杰|foreign|torn/);
  expect(await reopened(folder)).toEqual({ notes: upTo(9), report: [] });
});

test('of a batch that was never confirmed what a power cut has left stays behind, though it reads like events', async () => {
  const { store } = await openNoted(folder);
  await append(store, 1, 3);
  await Promise.all([4, 5, 6].map((n) => store.append(entry(n))));
  await store.close();
  const path = pathOf(segmentName(1));
  const lines = (await readFile(path, 'latin1')).split('\n');
  const unconfirmed = lines.findIndex((line) => line.includes('"seq":5,'));
  expect(lines[unconfirmed]).toContain('"since":3');
  lines[unconfirmed] = '\0'.repeat(lines[unconfirmed]!.length);
  await writeFile(path, lines.join('\n'), 'latin1');
  await rewrite(4);
  expect(await reopened(folder)).toEqual({ notes: upTo(4), report: [] });
});

test('a segment that nothing needs and whose first line is broken goes, with the snapshot before it', async () => {
  await storeWithSnapshots(folder);
  await flipByte(segmentName(4), 20);
  expect(await rewrite(9)).toEqual([segmentName(7), snapshotName(6)]);
  expect(await reopened(folder)).toEqual({ notes: upTo(9), report: [] });
});

test.each([
  ['its last event', segmentName(7), -3],
  ['an event in between', segmentName(7), 400],
])('a store of which %s does not check is refused', async (_, name, at) => {
  await storeWithSnapshots(folder);
  await flipByte(name, at);
  await expect(rewrite(9)).rejects.toMatchObject({ code: 'store-damaged' });
});

test('a store that lacks a segment is refused, whatever the caller knows', async () => {
  await storeWithSnapshots(folder);
  await rm(pathOf(snapshotName(3)));
  await rm(pathOf(snapshotName(6)));
  await rm(pathOf(segmentName(4)));
  await expect(rewrite()).rejects.toMatchObject({ code: 'store-damaged' });
});
