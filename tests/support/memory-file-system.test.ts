import { beforeEach, expect, test } from 'vitest';
import { writeAll } from '../../src/store/file-system.ts';
import { crashStates, syncedOnly } from '../faults/store/crash-states.ts';
import { MemoryFileSystem, type Image } from './memory-file-system.ts';

let fs: MemoryFileSystem;

beforeEach(() => {
  fs = MemoryFileSystem.of(new Map([['/data', undefined]]));
});

async function write(path: string, text: string, { sync = false } = {}): Promise<void> {
  const file = await fs.openForAppend(path, { exclusive: false });
  await writeAll(file, Buffer.from(text));
  if (sync) await file.datasync();
  await file.close();
}

function textsIn(image: Image): Record<string, string | undefined> {
  return Object.fromEntries(Array.from(image, ([path, bytes]) => [path, bytes?.toString('latin1')]));
}

/** What a power cut may leave of the file. */
function possible(path: string): Set<string | undefined> {
  return new Set(Array.from(crashStates(fs.moment()), ({ image }) => image.get(path)?.toString('latin1')));
}

const left = () => textsIn(syncedOnly(fs.moment()));

test('bytes and names are there for certain once both were synced, neither without the other', async () => {
  await write('/data/a', 'one', { sync: true });
  expect(left()).toEqual({ '/data': undefined });
  await fs.syncFolder('/data');
  expect(left()).toEqual({ '/data': undefined, '/data/a': 'one' });
  await write('/data/a', 'two');
  expect(left()).toMatchObject({ '/data/a': 'one' });
  expect((await fs.read('/data/a')).toString()).toBe('onetwo');
});

test('each write to a synced file is there for certain, and a sync of its own', async () => {
  const changes: string[] = [];
  fs.onChange = (change) => changes.push(change);
  const file = await fs.openForAppend('/data/a', { exclusive: true, synced: true });
  await fs.syncFolder('/data');
  expect(await file.write(Buffer.from('one'), 0)).toBe(3);
  expect(left()).toMatchObject({ '/data/a': 'one' });
  expect(changes.slice(-2)).toEqual(['write /data/a', 'datasync /data/a']);
});

test('of a write that was not synced a part may be there, or zeros, garbage and old bytes of its length', async () => {
  await write('/data/a', 'one', { sync: true });
  await fs.syncFolder('/data');
  await write('/data/a', 'two');
  const texts = possible('/data/a');
  for (const text of ['one', 'onet', 'onetw', 'onetwo', 'one\0\0\0', 'oneone']) expect(texts).toContain(text);
  for (const text of texts) expect(text).toMatch(/^one/);
});

test('a folder that was not synced may have lost a rename, and kept a file that was removed', async () => {
  await write('/data/a', 'old', { sync: true });
  await write('/data/b', 'new', { sync: true });
  await fs.syncFolder('/data');
  await fs.rename('/data/b', '/data/a');
  expect(left()).toEqual({ '/data': undefined, '/data/a': 'old', '/data/b': 'new' });
  await fs.syncFolder('/data');
  await fs.remove('/data/a');
  expect(left()).toEqual({ '/data': undefined, '/data/a': 'new' });
  expect(await fs.list('/data')).toEqual([]);
});

test('after a failed sync no later one says what is there', async () => {
  await write('/data/a', 'one', { sync: true });
  await fs.syncFolder('/data');
  await write('/data/a', 'two');
  fs.failSync('/data/a');
  await write('/data/a', 'three', { sync: true });
  const texts = possible('/data/a');
  expect(texts).toContain('onetwothree');
  expect(texts).toContain('one\0\0\0three');
  expect(left()).toMatchObject({ '/data/a': 'one\0\0\0three' });
});

test('what is written again after a failed sync is certain', async () => {
  await write('/data/a', 'one', { sync: true });
  await fs.syncFolder('/data');
  await write('/data/a', 'two');
  fs.failSync('/data/a');
  await fs.rewrite('/data/a', 3, Buffer.from('two'));
  expect(possible('/data/a')).toEqual(new Set(['onetwo']));
});

test('a durable cut ends the doubt', async () => {
  await write('/data/a', 'one', { sync: true });
  await fs.syncFolder('/data');
  await write('/data/a', 'two');
  fs.failSync('/data/a');
  const file = await fs.openForAppend('/data/a', { exclusive: false });
  await file.truncate(3);
  await file.datasync();
  expect(possible('/data/a')).toEqual(new Set(['one']));
});

test('a file on its way to another folder is always in one of the two', async () => {
  await fs.makeFolder('/data/aside');
  await write('/data/a', 'one', { sync: true });
  await fs.syncFolder('/data');
  await fs.rename('/data/a', '/data/aside/a');
  for (const { image } of crashStates(fs.moment())) {
    expect(image.has('/data/a') || image.has('/data/aside/a')).toBe(true);
  }
  await fs.syncFolder('/data');
  expect(left()).toMatchObject({ '/data/aside/a': 'one' });
});

test('a process that starts while the machine runs on finds what was written, and as uncertain as it was', async () => {
  await write('/data/a', 'one');
  const next = MemoryFileSystem.at(fs.moment());
  expect((await next.read('/data/a')).toString()).toBe('one');
  expect(textsIn(syncedOnly(next.moment()))).toEqual({ '/data': undefined });
});

test('a disk that is full takes what fits, and then nothing', async () => {
  fs.capacity = 5;
  const file = await fs.openForAppend('/data/a', { exclusive: true });
  expect(await file.write(Buffer.from('12345678'), 0)).toBe(5);
  await expect(file.write(Buffer.from('12345678'), 5)).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(await fs.space('/data')).toEqual({ free: 0, total: 5 });
});

test('a lock is taken once in a process, and open files are known', async () => {
  const unlock = await fs.lock('/data/lock');
  expect(await fs.lock('/data/lock')).toBeUndefined();
  await fs.openForAppend('/data/a', { exclusive: true });
  expect(fs.open.size).toBe(2);
  unlock!();
  expect(await fs.lock('/data/lock')).toBeDefined();
});

test.each([
  ['ENOENT', () => fs.read('/data/none')],
  ['ENOENT', () => fs.remove('/data/none')],
  ['ENOENT', () => fs.rename('/data/none', '/data/a')],
  ['ENOENT', () => fs.list('/none')],
  ['EEXIST', () => fs.openForAppend('/data/there', { exclusive: true })],
  ['ENOTEMPTY', () => fs.rename('/data', '/full')],
] as const)('it answers %s as a disk does', async (code, call) => {
  await write('/data/there', '');
  await fs.makeFolder('/full/of');
  await expect(call()).rejects.toMatchObject({ code });
});
