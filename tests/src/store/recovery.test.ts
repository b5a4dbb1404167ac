import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { Problem } from '../../../src/domain/problem.ts';
import { segmentName, snapshotName, type JournalRecord } from '../../../src/store/journal-format.ts';
import { nodeFileSystem } from '../../../src/store/node-file-system.ts';
import { CHAIN_START, encodeLine } from '../../../src/store/record.ts';
import { recover } from '../../../src/store/recovery.ts';
import type { FileSystem } from '../../../src/store/file-system.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { WatchedFileSystem } from '../../support/watched-file-system.ts';
import {
  append,
  filesOf,
  FIRST_SEGMENT,
  openNoted,
  reopened,
  snapshot,
  storeWithSnapshots,
  upTo,
} from './store-folder.ts';

let folder: string;
let segment: string;

const records = (last: number) => () => upTo(last).map((n) => ({ n }));

beforeEach(async () => {
  folder = await tempFolder();
  segment = join(folder, 'store', FIRST_SEGMENT);
});

async function journalOf(events: number): Promise<Buffer> {
  const { store } = await openNoted(folder);
  await append(store, 1, events);
  await store.close();
  return readFile(segment);
}

/** Recovers a folder whose one file `name` holds `bytes` instead: thousands of damages without a disk write each. */
async function recoverWith(name: string, bytes: Buffer) {
  const fs: FileSystem = {
    ...nodeFileSystem,
    read: (path) => (path.endsWith(name) ? Promise.resolve(bytes) : nodeFileSystem.read(path)),
  };
  const records: unknown[] = [];
  try {
    const found = await recover(fs, join(folder, 'store'), {
      restore: (record) => records.push((record as { n: number }).n),
      apply: (record: JournalRecord) => records.push((record.data as { n: number }).n),
    });
    return { records, report: found?.report ?? [], problem: undefined };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { records: [], report: [], problem: error.code };
  }
}

test('every flipped bit of a journal is refused, or cut as a torn tail and reported: never silent', async () => {
  const bytes = await journalOf(4);
  const lastLine = bytes.lastIndexOf(10, -2) + 1;
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    const { records, report, problem } = await recoverWith(FIRST_SEGMENT, flipped);
    // Only the last line may be taken for torn; a good record behind the damage proves that it is none.
    if (bit >> 3 >= lastLine) {
      expect({ records, reports: report.length }, `bit ${bit}`).toEqual({ records: upTo(3), reports: 1 });
    } else {
      expect(['store-damaged', 'store-newer'], `bit ${bit}`).toContain(problem);
    }
  }
});

test('every flipped bit of the newest snapshot is refused or reported, and no record is changed', async () => {
  await storeWithSnapshots(folder);
  const name = snapshotName(6);
  const bytes = await readFile(join(folder, 'store', name));
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    const { records, report, problem } = await recoverWith(name, flipped);
    if (problem === 'store-newer') continue;
    expect({ records, reports: report.length, problem }, `bit ${bit}`).toEqual({
      records: upTo(9),
      reports: 1,
      problem: undefined,
    });
  }
});

test('wherever a power cut ends the journal, what stood before it comes back', async () => {
  const bytes = await journalOf(4);
  const ends = [...bytes.entries()].filter(([, byte]) => byte === 10).map(([at]) => at + 1);
  for (let size = 0; size <= bytes.length; size++) {
    const { records, report, problem } = await recoverWith(FIRST_SEGMENT, bytes.subarray(0, size));
    const whole = ends.filter((end) => end <= size).length - 1;
    expect({ records, problem }, `${size} bytes`).toEqual({
      records: upTo(Math.max(0, whole)),
      problem: undefined,
    });
    expect(report.length, `${size} bytes`).toBe(ends.includes(size) ? 0 : 1);
  }
});

test('a torn tail never takes an acknowledged record with it, and a copy of it is kept', async () => {
  await journalOf(3);
  await writeFile(segment, '{"crc":"0000', { flag: 'a' });
  expect(await reopened(folder)).toMatchObject({
    notes: upTo(3),
    report: [
      {
        en: `The end of ${FIRST_SEGMENT} was torn (12 bytes that were most likely never confirmed): cut, a copy is kept as ${FIRST_SEGMENT}.broken.`,
        zh: expect.stringContaining(`${FIRST_SEGMENT}.broken`),
      },
    ],
  });
  expect(await readFile(`${segment}.broken`, 'utf8')).toBe('{"crc":"0000');
  expect(await reopened(folder)).toEqual({ notes: upTo(3), report: [] });
});

test('a second torn tail does not write over the copy of the first, and the report names the right one', async () => {
  await journalOf(1);
  for (const [tail, copy] of [
    ['first', '.broken'],
    ['second', '.broken-2'],
  ] as const) {
    await writeFile(segment, tail, { flag: 'a' });
    const words = expect.stringContaining(`${FIRST_SEGMENT}${copy}`) as string;
    expect((await reopened(folder)).report).toEqual([{ en: words, zh: words }]);
  }
  expect((await readdir(join(folder, 'store'))).sort()).toEqual([
    FIRST_SEGMENT,
    `${FIRST_SEGMENT}.broken`,
    `${FIRST_SEGMENT}.broken-2`,
    'lock',
  ]);
  expect(await readFile(`${segment}.broken`, 'utf8')).toBe('first');
  expect(await readFile(`${segment}.broken-2`, 'utf8')).toBe('second');
});

test('a journal file that a power cut left empty has no copy, and the report names none', async () => {
  await journalOf(0);
  await writeFile(segment, '');
  const words = expect.not.stringContaining('.broken') as string;
  expect((await reopened(folder)).report).toEqual([{ en: words, zh: words }]);
  expect((await readdir(join(folder, 'store'))).sort()).toEqual([FIRST_SEGMENT, 'lock']);
});

test('zeros that a power cut left at the end are cut, and the journal goes on behind the last record', async () => {
  await journalOf(2);
  await writeFile(segment, Buffer.alloc(4096), { flag: 'a' });
  const { store, notes } = await openNoted(folder);
  expect(notes).toEqual(upTo(2));
  await append(store, 3, 4);
  await store.close();
  expect((await reopened(folder)).notes).toEqual(upTo(4));
});

test('two records that a lost line end has run together are damage, not a torn tail', async () => {
  const bytes = await journalOf(3);
  bytes[bytes.lastIndexOf(10, -2)] = 32;
  expect(await recoverWith(FIRST_SEGMENT, bytes)).toMatchObject({ problem: 'store-damaged' });
});

test.each([
  ['empty', 0],
  ['half a header', 20],
])('a segment that a power cut left with %s is started again', async (_, size) => {
  await journalOf(0);
  await writeFile(segment, (await readFile(segment)).subarray(0, size));
  const { store, notes } = await openNoted(folder);
  expect(notes).toEqual([]);
  await append(store, 1, 2);
  await store.close();
  expect(await reopened(folder)).toEqual({ notes: upTo(2), report: [] });
});

test.each([
  ['before the new journal file has its name', `open ${segmentName(10)}`],
  ['before the new journal file has its first line', `write ${segmentName(10)}`],
  ['before the snapshot is whole', `datasync ${snapshotName(9)}.new`],
  ['before the snapshot has its name', `rename ${snapshotName(9)}`],
  ['before the old journal file is gone', `remove ${segmentName(4)}`],
  ['before the old snapshot is gone', `remove ${snapshotName(3)}`],
])('a power cut during a snapshot, %s, loses nothing', async (_, call) => {
  await storeWithSnapshots(folder);
  const fs = new WatchedFileSystem();
  const { store } = await openNoted(folder, fs);
  let cut = false;
  fs.before = (now) => {
    cut ||= now === call;
    if (cut) throw new Error('the power is gone');
  };
  await expect(snapshot(store, records(9))).rejects.toThrow();
  fs.before = () => {};
  await store.close();

  const next = await openNoted(folder);
  expect(next.notes).toEqual(upTo(9));
  await snapshot(next.store, records(9));
  await append(next.store, 10, 10);
  await next.store.close();
  expect(await reopened(folder)).toEqual({ notes: upTo(10), report: [] });
});

test.each([
  ['the last journal file is missing', [segmentName(7)]],
  ['the journal file that an older snapshot needs is missing', [segmentName(4), snapshotName(6)]],
])('%s: refused, and nothing on disk is touched', async (_, gone) => {
  await storeWithSnapshots(folder);
  for (const name of gone) await rm(join(folder, 'store', name));
  const before = await filesOf(folder);
  await expect(openNoted(folder)).rejects.toMatchObject({ code: 'store-damaged' });
  expect(await filesOf(folder)).toEqual(before);
});

test('a journal file that was emptied is refused: its first line was on disk before the snapshot', async () => {
  await storeWithSnapshots(folder);
  await writeFile(join(folder, 'store', segmentName(7)), '');
  await expect(openNoted(folder)).rejects.toMatchObject({ code: 'store-damaged' });
});

test('a snapshot right after a start from an older one fits the journal behind it', async () => {
  await storeWithSnapshots(folder);
  const first = await openNoted(folder);
  await snapshot(first.store, records(9));
  await first.store.close();
  await writeFile(join(folder, 'store', snapshotName(9)), 'damaged');
  const second = await openNoted(folder);
  await snapshot(second.store, records(9));
  await append(second.store, 10, 10);
  await second.store.close();
  expect(await reopened(folder)).toEqual({ notes: upTo(10), report: [] });
});

test('a damaged store is refused as it is, and the folder is free for a second look', async () => {
  const bytes = await journalOf(3);
  bytes[200]! ^= 1;
  await writeFile(segment, bytes);
  const before = await filesOf(folder);
  await expect(openNoted(folder)).rejects.toMatchObject({ code: 'store-damaged' });
  await expect(openNoted(folder)).rejects.toMatchObject({ code: 'store-damaged' });
  expect(await filesOf(folder)).toEqual(before);
});

test('a journal file of another kiosk is not taken in', async () => {
  await journalOf(2);
  const other = await tempFolder();
  const { store } = await openNoted(other);
  await append(store, 1, 2);
  await snapshot(store, () => upTo(2).map((n) => ({ n })));
  await append(store, 3, 3);
  await store.close();
  const foreign = await readFile(join(other, 'store', segmentName(3)));
  await writeFile(join(folder, 'store', segmentName(3)), foreign);
  await expect(openNoted(folder)).rejects.toMatchObject({ code: 'store-damaged' });
});

test('an older kiosk does not touch what a newer one wrote', async () => {
  await journalOf(1);
  const header = { format: 'muster-journal', version: 2, gate: 'gate', firstSeq: 1, follows: CHAIN_START };
  await writeFile(segment, encodeLine(header, CHAIN_START).line);
  const before = await filesOf(folder);
  await expect(openNoted(folder)).rejects.toMatchObject({ code: 'store-newer' });
  expect(await filesOf(folder)).toEqual(before);
});

test('a snapshot of a newer version is refused, not passed over', async () => {
  await storeWithSnapshots(folder);
  const path = join(folder, 'store', snapshotName(6));
  await writeFile(path, (await readFile(path, 'utf8')).replace('"version":1', '"version":2'));
  await expect(openNoted(folder)).rejects.toMatchObject({ code: 'store-newer' });
});

test('names and places on the roster are for the owner of the kiosk only', async () => {
  await storeWithSnapshots(folder);
  await writeFile(join(folder, 'store', segmentName(7)), 'torn', { flag: 'a' });
  await reopened(folder);
  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  expect(await mode(join(folder, 'store'))).toBe('700');
  const names = await readdir(join(folder, 'store'));
  expect(names).toContain(`${segmentName(7)}.broken`);
  for (const name of names) expect(await mode(join(folder, 'store', name)), name).toBe('600');
});

test('a file that cannot be read is a fault with a reason, not an empty store', async () => {
  await journalOf(2);
  const fs: FileSystem = {
    ...nodeFileSystem,
    read: () => Promise.reject(Object.assign(new Error('EACCES'), { code: 'EACCES' })),
  };
  await expect(openNoted(folder, fs)).rejects.toMatchObject({ code: 'EACCES' });
});
