import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { segmentName, snapshotName, type NewRecord } from '../../../src/store/journal-format.ts';
import { nodeFileSystem } from '../../../src/store/node-file-system.ts';
import { verifyStore } from '../../../src/store/verify-store.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';
import { failAt, WAYS_TO_FAIL } from './failing-calls.ts';
import { append, openNoted, reopened, snapshot, storeOfAllKinds, upTo, type Noted } from './store-folder.ts';

/** The entry that says that the store was repaired: note 0. */
const REPAIR: NewRecord = {
  at: '2026-11-22T19:00:00.000+08:00',
  mono: 0,
  type: 'store-repaired',
  data: { n: 0 },
};

let folder: string;
const path = (name: string) => join(folder, 'store', name);

beforeEach(async () => {
  folder = await tempFolder();
  await storeOfAllKinds(folder);
});

/** Flips a bit of the file, at the byte or at that text in it. */
async function flip(name: string, at: number | string): Promise<void> {
  const bytes = await readFile(path(name));
  bytes[typeof at === 'number' ? at : bytes.indexOf(at)]! ^= 1;
  await writeFile(path(name), bytes);
}

function goOn({ store, notes }: Noted) {
  return store.goOn(REPAIR, () => notes.map((n) => ({ n })));
}

/** Journal and snapshot files of the store. */
async function ownFiles(): Promise<string[]> {
  return (await readdir(path('.'))).filter((name) => name.endsWith('.jsonl')).sort();
}

describe('going on without what is broken', () => {
  test.each<[string, () => Promise<void>, number[], number]>([
    ['an event in the middle', () => flip(segmentName(7), '"n":9,'), without([9]), 17],
    ['the checksum of one', () => flip(segmentName(7), 110), without([7, 8]), 17],
    ['the first line of a file', () => flip(segmentName(12), 30), upTo(16), 17],
    // The file before still holds 12 and 13, whose sync has failed there.
    ['a whole file', () => rm(path(segmentName(12))), without([14]), 17],
    ['the last events', () => writeFile(path(segmentName(15)), 'x'.repeat(2000)), upTo(14), 1_000_015],
    [
      'several places',
      async () => {
        await flip(segmentName(7), '"n":9,');
        await flip(segmentName(12), '"n":13,');
      },
      without([9, 13]),
      17,
    ],
  ])('%s: the rest is there, and the next number was never given before', async (_, damage, notes, seq) => {
    await damage();
    const found = await openNoted(folder);
    expect(found.notes).toEqual(notes);
    const record = await goOn(found);
    expect(record).toMatchObject({ seq, type: 'store-repaired', data: { n: 0 } });
    expect(found.store).toMatchObject({
      failed: undefined,
      damage: undefined,
      lastSeq: seq,
      nextSeq: seq + 1,
    });
    await append(found.store, 20, 21);
    await found.store.close();

    expect(await ownFiles()).toEqual([segmentName(seq), snapshotName(seq - 1)]);
    expect(await reopened(folder)).toEqual({ notes: [...notes, 0, 20, 21], report: [] });
    expect((await verifyStore(nodeFileSystem, path('.'))).problems).toEqual([]);
  });

  test('keeps the damaged files as they were, and everything else aside', async () => {
    await flip(segmentName(7), '"n":9,');
    const damaged = await readFile(path(segmentName(7)));
    const old = await ownFiles();
    const found = await openNoted(folder);
    await goOn(found);
    await found.store.close();
    const aside = (await readdir(path('damaged'))).sort();
    expect(aside).toEqual([...old, `${segmentName(7)}-2`].sort());
    for (const name of [segmentName(7), `${segmentName(7)}-2`])
      expect(await readFile(path(join('damaged', name)))).toEqual(damaged);
  });

  test('a second damage finds the files of the first kept', async () => {
    for (const at of ['"n":9,', '"n":20,']) {
      const name = (await ownFiles()).find((one) => one === segmentName(7)) ?? segmentName(17);
      await flip(name, at);
      const found = await openNoted(folder);
      await goOn(found);
      await append(found.store, 20, 22);
      await found.store.close();
    }
    const aside = await readdir(path('damaged'));
    expect(aside).toEqual(expect.arrayContaining([segmentName(7), segmentName(17), `${segmentName(17)}-2`]));
    expect(await reopened(folder)).toEqual({
      notes: [...without([9]), 0, 21, 22, 0, 20, 21, 22],
      report: [],
    });
  });

  test('snapshots go on behind it', async () => {
    await flip(segmentName(7), '"n":9,');
    const found = await openNoted(folder);
    await goOn(found);
    await append(found.store, 20, 20);
    const notes = [...without([9]), 0, 20];
    await snapshot(found.store, () => notes.map((n) => ({ n })));
    await found.store.close();
    expect(await ownFiles()).toEqual([segmentName(17), segmentName(19), snapshotName(16), snapshotName(18)]);
    expect(await reopened(folder)).toEqual({ notes, report: [] });
  });

  test('where nothing is broken there is nothing to go on from', async () => {
    const found = await openNoted(folder);
    await expect(goOn(found)).rejects.toThrow('no damage');
    await found.store.close();
    expect(await reopened(folder)).toEqual({ notes: upTo(16), report: [] });
  });

  test.each([
    ['EROFS', 'store-not-writable'],
    ['ENOSPC', 'cannot-save'],
  ])(
    'a disk that answers %s is told in words, and the damage stays to be decided on',
    async (code, problem) => {
      await flip(segmentName(7), '"n":9,');
      const fs = new WatchedFileSystem();
      const found = await openNoted(folder, fs);
      fs.before = failing('makeFolder damaged', 1, code);
      await expect(goOn(found)).rejects.toMatchObject({ code: problem });
      expect(found.store.failed?.code).toBe('store-damaged');
      await goOn(found);
      await found.store.close();
      expect((await reopened(folder)).notes).toEqual([...without([9]), 0]);
    },
  );

  test('a try that fails leaves no file open', async () => {
    await flip(segmentName(7), '"n":9,');
    const fs = new WatchedFileSystem();
    const found = await openNoted(folder, fs);
    fs.calls.length = 0;
    fs.before = failing('rename snapshot-');
    await expect(goOn(found)).rejects.toMatchObject({ code: 'cannot-save' });
    const count = (verb: string) => fs.calls.filter((call) => call.startsWith(verb)).length;
    expect(count('open')).toBeGreaterThan(2);
    expect(count('close')).toBe(count('open'));
    await found.store.close();
  });

  test.each(WAYS_TO_FAIL)('whatever the disk fails at (%s), the next try or start goes on', async (way) => {
    await flip(segmentName(7), '"n":9,');
    await flip(segmentName(12), '"n":13,');
    const rest = without([9, 13]);
    const before = await readFiles(path('.'));
    for (let at = 1; ; at++) {
      await restore(path('.'), before);
      const fs = new WatchedFileSystem();
      const found = await openNoted(folder, fs);
      const fail = failAt(fs, at, way);
      const [tried] = await Promise.allSettled([goOn(found)]);
      const what = `call ${at}, ${way}`;
      if (!fail.reached()) {
        expect([tried.status, at > 30], what).toEqual(['fulfilled', true]);
        await found.store.close();
        break;
      }
      fs.before = () => {};
      let next = found;
      if (way === 'and everything after') {
        await found.store.close();
        next = await openNoted(folder);
        // The entry may have been written; what it says has not been done, so it does not count twice.
        expect(
          next.notes.filter((n) => n !== 0),
          what,
        ).toEqual(rest);
      }
      const entries = next.notes.filter((n) => n === 0).length;
      if (next.store.damage) await goOn(next);
      const [record] = await append(next.store, 20, 20);
      expect(record!.seq, what).toBeGreaterThan(17);
      await next.store.close();
      const { notes, report } = await reopened(folder);
      expect([notes.filter((n) => n !== 0), report], what).toEqual([[...rest, 20], []]);
      expect(notes.filter((n) => n === 0).length, what).toBeLessThanOrEqual(entries + 1);
      expect((await verifyStore(nodeFileSystem, path('.'))).problems, what).toEqual([]);
      expect(await keptBytes(), what).toEqual(expect.arrayContaining([hex(before, 7), hex(before, 12)]));
    }
  });
});

function without(lost: number[]): number[] {
  return upTo(16).filter((n) => !lost.includes(n));
}

async function readFiles(from: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const name of await readdir(from)) files.set(name, await readFile(join(from, name)));
  return files;
}

async function restore(to: string, files: Map<string, Buffer>): Promise<void> {
  await rm(to, { recursive: true });
  await nodeFileSystem.makeFolder(to);
  for (const [name, bytes] of files) await writeFile(join(to, name), bytes);
}

function hex(files: Map<string, Buffer>, firstSeq: number): string {
  return files.get(segmentName(firstSeq))!.toString('hex');
}

/** The contents of all that was put aside. */
async function keptBytes(): Promise<string[]> {
  return Array.from((await readFiles(path('damaged'))).values(), (bytes) => bytes.toString('hex'));
}
