import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../../../src/domain/problem.ts';
import type { Damage } from '../../../src/store/damage.ts';
import { segmentName, snapshotName } from '../../../src/store/journal-format.ts';
import { nodeFileSystem } from '../../../src/store/node-file-system.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { CHAIN_START, encodeLine } from '../../../src/store/record.ts';
import { recover } from '../../../src/store/recovery.ts';
import type { FileSystem } from '../../../src/store/file-system.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';
import {
  append,
  entry,
  filesOf,
  FIRST_SEGMENT,
  foldInto,
  openNoted,
  recordsUpTo,
  reopened,
  snapshot,
  storeOfAllKinds,
  storeWithSnapshots,
  upTo,
} from './store-folder.ts';

let folder: string;
let segment: string;

beforeEach(async () => {
  folder = await tempFolder();
  segment = join(folder, 'store', FIRST_SEGMENT);
});

async function journalOf(events: number): Promise<Buffer> {
  const { store } = await openNoted(folder);
  await append(store, 1, events);
  await store.close();
  await readFiles();
  return readFile(segment);
}

/** Words that name the file in both languages. */
function both(name: string) {
  const words = expect.stringContaining(name) as string;
  return { en: words, zh: words };
}

/** What a start makes of a folder. */
interface Found {
  notes: number[];
  /** What is told: a torn tail, or anything else. */
  reports: number;
  damage: Damage | undefined;
  /** Why it was refused altogether. */
  problem: string | undefined;
}

/** The folder's files in memory: thousands of damages without a disk read each. */
let files: Map<string, Buffer>;

async function readFiles(): Promise<void> {
  const store = join(folder, 'store');
  files = new Map();
  for (const name of await readdir(store)) files.set(name, await readFile(join(store, name)));
}

/** Recovers the files, the one with this name holding other bytes, or gone. */
function recoverWith(name: string, bytes: Buffer | undefined): Promise<Found> {
  const present = new Map(files);
  if (bytes) present.set(name, bytes);
  else present.delete(name);
  return recoverFrom({
    ...nodeFileSystem,
    list: () => Promise.resolve([...present.keys()]),
    read: (path) => Promise.resolve(present.get(basename(path))!),
  });
}

async function recoverFrom(fs: FileSystem): Promise<Found> {
  const notes: number[] = [];
  try {
    const found = await recover(fs, join(folder, 'store'), foldInto(notes));
    const reports = (found?.report.length ?? 0) + (found?.tornTails.length ?? 0);
    return { notes, reports, damage: found?.damage, problem: undefined };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { notes: [], reports: 0, damage: undefined, problem: error.code };
  }
}

/** Of 1 to `last`, what is neither there nor said to be missing; and what is there and not in order. */
function unsaid({ notes, damage }: Found, last: number): number[] {
  const isMissing = (n: number) => damage?.missing.some(({ from, to }) => from <= n && n <= (to ?? Infinity));
  const silent = upTo(last).filter((n) => notes.includes(n) === (isMissing(n) ?? false));
  return [...silent, ...notes.filter((n, index) => n <= (notes[index - 1] ?? 0))];
}

/** Each bit of the bytes the other way, one after the other. */
function* flips(bytes: Buffer): Generator<[bit: number, flipped: Buffer]> {
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    yield [bit, flipped];
  }
}

test('every flipped bit of a journal is damage that names what is missing, or cut as a torn tail: never silent', async () => {
  const bytes = await journalOf(4);
  const lastLine = bytes.lastIndexOf(10, -2) + 1;
  for (const [bit, flipped] of flips(bytes)) {
    const found = await recoverWith(FIRST_SEGMENT, flipped);
    // Only the last line may be taken for torn; a good record behind the damage proves that it is none.
    if (bit >> 3 >= lastLine) {
      expect(found, `bit ${bit}`).toMatchObject({ notes: upTo(3), reports: 1, damage: undefined });
    } else if (found.problem) {
      expect(found.problem, `bit ${bit}`).toBe('store-newer');
    } else {
      expect(found.damage?.files, `bit ${bit}`).toEqual([FIRST_SEGMENT]);
      expect(unsaid(found, 4), `bit ${bit}`).toEqual([]);
      // A broken line costs itself, and the next one where it took the checksum along that that one is chained to.
      expect(found.notes.length, `bit ${bit}`).toBeGreaterThanOrEqual(2);
    }
  }
});

const UNUSED = [snapshotName(3), segmentName(4)];
const USED = [snapshotName(6), segmentName(7), segmentName(12), segmentName(15)];

describe('in a store with every kind of file', () => {
  beforeEach(async () => {
    await storeOfAllKinds(folder);
    await readFiles();
  });

  test('all is well before anything is broken', async () => {
    expect((await readdir(join(folder, 'store'))).sort()).toEqual([...UNUSED, ...USED].sort());
    expect(await recoverFrom(nodeFileSystem)).toEqual({
      notes: upTo(16),
      reports: 0,
      damage: undefined,
      problem: undefined,
    });
  });

  test.each(USED)('a flipped bit anywhere in %s is told, and costs no more than it must', async (name) => {
    const bytes = await readFile(join(folder, 'store', name));
    const ends = [...bytes.entries()].filter(([, byte]) => byte === 10).map(([at]) => at + 1);
    for (const [bit, flipped] of flips(bytes)) {
      const found = await recoverWith(name, flipped);
      const what = `bit ${bit} of ${name}`;
      if (found.problem) {
        expect(found.problem, what).toBe('store-newer');
        continue;
      }
      const torn = name === segmentName(15) && bit >> 3 >= ends.at(-2)!;
      const wasConfirmed = name !== segmentName(7) || bit >> 3 < ends.at(-3)!;
      const isDamage = name !== snapshotName(6) && wasConfirmed && !torn;
      expect([found.damage !== undefined, found.reports > 0], what).toEqual([
        isDamage,
        torn || name === snapshotName(6),
      ]);
      if (isDamage) {
        const words = expect.stringMatching(new RegExp(`^${name}: .*broken`)) as string;
        expect(found.damage?.words[0], what).toEqual({ en: words, zh: expect.stringContaining(name) });
      }
      if (torn) expect(found.notes, what).toEqual(upTo(15));
      else expect(unsaid(found, 16), what).toEqual([]);
      expect(found.notes.length, what).toBeGreaterThanOrEqual(14);
    }
  });

  test.each([segmentName(7), segmentName(12), segmentName(15)])(
    'the loss of %s is told with all the numbers it held',
    async (gone) => {
      const found = await recoverWith(gone, undefined);
      if (gone === segmentName(15)) {
        // Nothing on disk says that the last file was there.
        expect(found).toMatchObject({ notes: upTo(14), damage: undefined });
      } else {
        expect(found.damage).toBeDefined();
        expect(unsaid(found, 16)).toEqual([]);
      }
    },
  );

  test('whatever is written over a journal file, nothing is invented, doubled or silently gone', async () => {
    const damages = fc.record({
      name: fc.constantFrom(...USED.slice(1)),
      at: fc.nat(2000),
      length: fc.integer({ min: 1, max: 700 }),
      kind: fc.constantFrom('zeros', 'noise', 'cut out', 'doubled', 'digits'),
      seed: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    });
    await fc.assert(
      fc.asyncProperty(damages, async ({ name, at, length, kind, seed }) => {
        const bytes = files.get(name)!;
        const from = at % bytes.length;
        const to = Math.min(bytes.length, from + length);
        const [before, piece, after] = [
          bytes.subarray(0, from),
          bytes.subarray(from, to),
          bytes.subarray(to),
        ];
        const instead = {
          zeros: () => Buffer.alloc(piece.length),
          noise: () => Buffer.from(piece.map((_, index) => seed[index % 16]! ^ index)),
          'cut out': () => Buffer.alloc(0),
          doubled: () => Buffer.concat([piece, piece]),
          // What still reads like an event, with other numbers in it.
          digits: () =>
            Buffer.from(piece.toString('latin1').replaceAll(/[0-9]/g, `${seed[0]! % 10}`), 'latin1'),
        }[kind]();
        const damaged = Buffer.concat([before, instead, after]);
        // Nobody can tell when whole lines at the very end are gone.
        if (damaged.equals(bytes.subarray(0, damaged.length))) return;
        const found = await recoverWith(name, damaged);
        if (found.problem) {
          expect(found.problem).toBe('store-newer');
          return;
        }
        expect(found.notes).toEqual(upTo(16).filter((n) => found.notes.includes(n)));
        const isTold = found.damage !== undefined || found.reports > 0;
        if (found.notes.length < 16) expect(isTold).toBe(true);
        if (found.damage) expect(unsaid(found, Math.max(...found.notes))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});

test('every flipped bit of the newest snapshot is refused or reported, and no record is changed', async () => {
  await storeWithSnapshots(folder);
  await readFiles();
  const name = snapshotName(6);
  for (const [bit, flipped] of flips(files.get(name)!)) {
    const found = await recoverWith(name, flipped);
    if (found.problem === 'store-newer') continue;
    expect(found, `bit ${bit}`).toMatchObject({ notes: upTo(9), reports: 1, problem: undefined });
  }
});

test('power loss: wherever it ends the journal, what stood before it comes back', async () => {
  const bytes = await journalOf(4);
  const ends = [...bytes.entries()].filter(([, byte]) => byte === 10).map(([at]) => at + 1);
  for (let size = 0; size <= bytes.length; size++) {
    const found = await recoverWith(FIRST_SEGMENT, bytes.subarray(0, size));
    const whole = ends.filter((end) => end <= size).length - 1;
    expect(found, `${size} bytes`).toEqual({
      notes: upTo(Math.max(0, whole)),
      reports: ends.includes(size) ? 0 : 1,
      damage: undefined,
      problem: undefined,
    });
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
  ]);
  expect(await readFile(`${segment}.broken`, 'utf8')).toBe('first');
  expect(await readFile(`${segment}.broken-2`, 'utf8')).toBe('second');
});

test('a journal file that a power cut left empty has no copy, and the report names none', async () => {
  await journalOf(0);
  await writeFile(segment, '');
  const words = expect.not.stringContaining('.broken') as string;
  expect((await reopened(folder)).report).toEqual([{ en: words, zh: words }]);
  expect((await readdir(join(folder, 'store'))).sort()).toEqual([FIRST_SEGMENT]);
});

describe('of events that were written together', () => {
  /** Notes 1 to 3 alone and 4 to 6 in one write; then one more for each of `later`. The bytes of the file. */
  async function batch(later: number[] = []): Promise<Buffer> {
    const { store } = await openNoted(folder);
    await append(store, 1, 3);
    await Promise.all([4, 5, 6].map((n) => store.append(entry(n))));
    for (const n of later) await append(store, n, n);
    await store.close();
    return readFile(segment);
  }

  /** The same with zeros where the line of the note stood: a sector that a power cut kept from the disk. */
  async function withHoleAt(note: number, bytes: Buffer): Promise<void> {
    const text = bytes.indexOf(`"n":${note},`);
    const from = bytes.lastIndexOf(10, text) + 1;
    await writeFile(segment, bytes.fill(0, from, bytes.indexOf(10, text)));
  }

  test('each says how far the journal was confirmed when it was written', async () => {
    const bytes = await batch([7]);
    const records = bytes.toString().trim().split('\n').slice(1);
    expect(records.map((line) => (JSON.parse(line) as { since?: number }).since)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      3,
      3,
      undefined,
    ]);
  });

  test.each([4, 5, 6])(
    'a hole at %i is a torn tail while nothing says that it was confirmed',
    async (hole) => {
      const bytes = await batch();
      await withHoleAt(hole, bytes);
      const { store, notes } = await openNoted(folder);
      expect([notes, store.failed, store.report.length]).toEqual([upTo(hole - 1), undefined, 1]);
      await append(store, hole, 9);
      await store.close();
      expect(await reopened(folder)).toEqual({ notes: upTo(9), report: [] });
      expect(await readdir(join(folder, 'store'))).toContain(`${FIRST_SEGMENT}.broken`);
    },
  );

  test.each([4, 5, 6])('a hole at %i is damage once the next event says that it was', async (hole) => {
    await withHoleAt(hole, await batch([7]));
    const { store, notes } = await openNoted(folder);
    expect([notes.includes(hole), store.failed?.code]).toEqual([false, 'store-damaged']);
    expect(store.damage?.missing[0]?.from).toBe(hole);
    await store.close();
  });

  test('a hole in the middle of the file is damage, too: what follows was written later', async () => {
    await withHoleAt(2, await batch());
    const { store } = await openNoted(folder);
    expect(store.failed?.code).toBe('store-damaged');
    await store.close();
  });

  test('the last ones are written once more at a start: what is read may never have reached the disk', async () => {
    const bytes = await batch();
    const rewritten: [number, Buffer][] = [];
    const fs: FileSystem = {
      ...nodeFileSystem,
      rewrite(path, at, piece) {
        rewritten.push([at, piece]);
        return nodeFileSystem.rewrite(path, at, piece);
      },
    };
    const { store, notes } = await openNoted(folder, fs);
    expect(notes).toEqual(upTo(6));
    const confirmed = bytes.indexOf(10, bytes.indexOf('"n":3,')) + 1;
    expect(rewritten).toEqual([[confirmed, bytes.subarray(confirmed)]]);
    await store.close();
    expect(await readFile(segment)).toEqual(bytes);
  });
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

test('what was never confirmed is not shown where the first line of the file behind it is broken', async () => {
  const fs = new WatchedFileSystem();
  const { store } = await openNoted(folder, fs);
  await append(store, 1, 3);
  fs.before = failing('datasync journal-', 2);
  const refused = await Promise.allSettled([90, 91, 92].map((n) => store.append(entry(n))));
  expect(refused.map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
  await store.reopen(foldInto([]));
  await append(store, 4, 4);
  await store.close();
  const path = join(folder, 'store', segmentName(4));
  const bytes = await readFile(path);
  bytes[40]! ^= 1;
  await writeFile(path, bytes);
  const found = await openNoted(folder);
  expect([found.notes, found.store.damage?.files]).toEqual([upTo(4), [segmentName(4)]]);
  await found.store.close();
});

test('two records that a lost line end has run together are damage, not a torn tail', async () => {
  const bytes = await journalOf(3);
  bytes[bytes.lastIndexOf(10, -2)] = 32;
  const found = await recoverWith(FIRST_SEGMENT, bytes);
  expect([found.notes, found.damage?.missing]).toEqual([[1, 3], [{ from: 2, to: 2 }]]);
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
  await expect(snapshot(store, recordsUpTo(9))).rejects.toThrow();
  fs.before = () => {};
  await store.close();

  const next = await openNoted(folder);
  expect(next.notes).toEqual(upTo(9));
  await snapshot(next.store, recordsUpTo(9));
  await append(next.store, 10, 10);
  await next.store.close();
  expect(await reopened(folder)).toEqual({ notes: upTo(10), report: [] });
});

test.each([
  ['the last journal file is missing', [segmentName(7)], upTo(6), { from: 7, to: null }],
  [
    'the journal file that an older snapshot needs is missing',
    [segmentName(4), snapshotName(6)],
    [1, 2, 3, 7, 8, 9],
    { from: 4, to: 6 },
  ],
  ['all journal files are missing', [segmentName(4), segmentName(7)], upTo(6), { from: 7, to: null }],
])('%s: what is left is shown, and nothing on disk is touched', async (_, gone, notes, missing) => {
  await storeWithSnapshots(folder);
  for (const name of gone) await rm(join(folder, 'store', name));
  const before = await filesOf(folder);
  const opened = await openNoted(folder);
  expect([opened.notes, opened.store.damage?.missing]).toEqual([notes, [missing]]);
  await opened.store.close();
  expect(await filesOf(folder)).toEqual(before);
});

test('a journal file that was emptied is damage: its first line was on disk before the snapshot', async () => {
  await storeWithSnapshots(folder);
  await writeFile(join(folder, 'store', segmentName(7)), '');
  const { store, notes } = await openNoted(folder);
  expect([notes, store.damage?.missing]).toEqual([upTo(6), [{ from: 7, to: null }]]);
  await store.close();
});

test('also where that snapshot is damaged itself', async () => {
  await storeWithSnapshots(folder);
  const { store } = await openNoted(folder);
  await snapshot(store, recordsUpTo(9));
  await append(store, 10, 12);
  await store.close();
  await writeFile(join(folder, 'store', snapshotName(9)), 'x');
  await writeFile(join(folder, 'store', segmentName(10)), '');
  const found = await openNoted(folder);
  expect([found.notes, found.store.damage?.missing]).toEqual([upTo(9), [{ from: 10, to: null }]]);
  await found.store.close();
});

test.each([
  ['zeros', () => Buffer.alloc(600)],
  ['noise', () => Buffer.from(upTo(600).map((n) => (n * 37) % 251))],
])('a first journal file full of %s is damage, not a new store', async (_, bytes) => {
  await journalOf(2);
  await writeFile(segment, bytes());
  const begin = () => expect.unreachable('it is no new store');
  const store = await openStore(folder, { ...foldInto([]), begin });
  expect(store).toMatchObject({
    failed: { code: 'store-damaged' },
    damage: { files: [FIRST_SEGMENT], missing: [{ from: 1, to: null }] },
    lastSeq: 0,
  });
  await store.close();
});

test('atomic write is not enough: where there is nothing to go on from, the store is refused, not emptied', async () => {
  await storeWithSnapshots(folder);
  for (const name of [snapshotName(3), snapshotName(6)]) await writeFile(join(folder, 'store', name), 'x');
  const before = await filesOf(folder);
  await expect(openNoted(folder)).rejects.toMatchObject({ code: 'store-damaged' });
  expect(await filesOf(folder)).toEqual(before);
});

test('bytes behind the last event of a file that another one follows are told, and no event is missing', async () => {
  await storeWithSnapshots(folder);
  await writeFile(join(folder, 'store', snapshotName(6)), 'x');
  await writeFile(join(folder, 'store', segmentName(4)), 'what is this?', { flag: 'a' });
  const { store, notes } = await openNoted(folder);
  expect([notes, store.failed]).toEqual([upTo(9), undefined]);
  expect(store.report).toEqual([both(snapshotName(6)), both(segmentName(4))]);
  expect(store.report[1]?.en).toContain('13 bytes');
  await store.close();
});

test('old blocks that a disk shows behind a broken place are no second history', async () => {
  const old = await journalOf(4);
  const lines = old.toString().split('\n');
  const [header = '', first = '', second = ''] = lines;
  await writeFile(segment, [header, first, second, 'broken', first, second, ''].join('\n'));
  const { store, notes } = await openNoted(folder);
  expect([notes, store.failed, store.report.length]).toEqual([[1, 2], undefined, 1]);
  await store.close();
});

test('events of another kiosk behind a broken place are not taken in', async () => {
  const other = await tempFolder();
  await storeWithSnapshots(other);
  const foreign = await readFile(join(other, 'store', segmentName(7)));
  await journalOf(2);
  await writeFile(segment, Buffer.concat([Buffer.from('broken\n'), foreign]), { flag: 'a' });
  const { store, notes } = await openNoted(folder);
  expect([notes, store.failed?.code]).toEqual([[1, 2], 'store-damaged']);
  await store.close();
});

test('a number that no store can have reached is not believed', async () => {
  await journalOf(2);
  await writeFile(segment, 'broken\n{"seq":999999999999}\n', { flag: 'a' });
  const { store } = await openNoted(folder);
  expect(store.damage).toMatchObject({ missing: [{ from: 3, to: null }], highestSeq: 2 });
  await store.close();
});

test('a snapshot right after a start from an older one fits the journal behind it', async () => {
  await storeWithSnapshots(folder);
  const first = await openNoted(folder);
  await snapshot(first.store, recordsUpTo(9));
  await first.store.close();
  await writeFile(join(folder, 'store', snapshotName(9)), 'damaged');
  const second = await openNoted(folder);
  await snapshot(second.store, recordsUpTo(9));
  await append(second.store, 10, 10);
  await second.store.close();
  expect(await reopened(folder)).toEqual({ notes: upTo(10), report: [] });
});

test('what is not cut, as the store is damaged elsewhere, too, is not said to be', async () => {
  const bytes = await journalOf(3);
  bytes[200]! ^= 1;
  await writeFile(segment, Buffer.concat([bytes, Buffer.from('torn')]));
  const { store } = await openNoted(folder);
  expect([store.failed?.code, store.report]).toEqual(['store-damaged', []]);
  await store.close();
});

test('a damaged store is opened to be looked at: it says what is missing, takes nothing and is left as it is', async () => {
  const bytes = await journalOf(3);
  bytes[200]! ^= 1;
  await writeFile(segment, bytes);
  const before = await filesOf(folder);
  for (let look = 1; look <= 2; look++) {
    const { store, notes } = await openNoted(folder);
    expect([notes, store.lastSeq]).toEqual([[2, 3], 3]);
    expect(store.damage).toEqual({
      files: [FIRST_SEGMENT],
      missing: [{ from: 1, to: 1 }],
      words: [both(FIRST_SEGMENT)],
      highestSeq: 3,
    });
    expect(store.failed).toMatchObject({ code: 'store-damaged', words: both(FIRST_SEGMENT) });
    for (const refused of [store.append(entry(4)), store.rotate()])
      await expect(refused).rejects.toMatchObject({ code: 'store-damaged' });
    await store.close();
  }
  expect(await filesOf(folder)).toEqual(before);
});

test('a journal file of another kiosk is not taken in', async () => {
  await journalOf(2);
  const other = await tempFolder();
  const { store } = await openNoted(other);
  await append(store, 1, 2);
  await snapshot(store, recordsUpTo(2));
  await append(store, 3, 3);
  await store.close();
  const foreign = await readFile(join(other, 'store', segmentName(3)));
  await writeFile(join(folder, 'store', segmentName(3)), foreign);
  await expect(openNoted(folder)).rejects.toMatchObject({
    code: 'store-damaged',
    message: expect.stringContaining('another kiosk') as string,
  });
});

describe('two histories of one kiosk are not mixed', () => {
  const NOT_FOLLOWING = 'does not follow the journal file before it';
  let other: string;

  /** Two copies of a store with notes 1 to 3, each with a file from 4 on of its own. */
  beforeEach(async () => {
    await journalOf(3);
    other = await tempFolder();
    await cp(join(folder, 'store'), join(other, 'store'), { recursive: true });
    for (const [where, note] of [
      [folder, 4],
      [other, 40],
    ] as const) {
      const { store } = await openNoted(where);
      await store.append(entry(note));
      await store.rotate();
      await append(store, note + 1, note + 2);
      await store.close();
    }
  });

  const take = (name: string, as = name) => cp(join(other, 'store', name), join(folder, 'store', as));

  async function requireRefusal(why: string): Promise<void> {
    const before = await filesOf(folder);
    await expect(openNoted(folder)).rejects.toMatchObject({
      code: 'store-damaged',
      message: expect.stringContaining(why) as string,
    });
    expect(await filesOf(folder)).toEqual(before);
  }

  test('a later file of the other one', async () => {
    await take(segmentName(5));
    await requireRefusal(NOT_FOLLOWING);
  });

  test('a file that begins where the one before it has not ended', async () => {
    const { store } = await openNoted(other);
    await store.rotate();
    await store.close();
    await rm(join(folder, 'store', segmentName(5)));
    const mine = await openNoted(folder);
    await append(mine.store, 5, 8);
    await mine.store.close();
    await take(segmentName(7));
    await requireRefusal(NOT_FOLLOWING);
  });

  test('the snapshot of the other one', async () => {
    const { store } = await openNoted(other);
    await snapshot(store, recordsUpTo(6));
    await store.close();
    await take(snapshotName(6));
    await requireRefusal('does not fit the snapshot');
  });
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

test('a tail of a megabyte of garbage with line ends is cut in a moment, not in hours', async () => {
  const bytes = await journalOf(2);
  await readFiles();
  const line = 'Nov 22 18:00:00 gate kernel: a line of some log\n';
  for (const garbage of [
    '\n'.repeat(2 ** 20),
    line.repeat(2 ** 20 / line.length),
    '{"crc":"'.repeat(2 ** 17),
  ]) {
    // Where every byte is looked for once more from each line, this takes longer than any test may.
    const found = await recoverWith(FIRST_SEGMENT, Buffer.concat([bytes, Buffer.from(garbage)]));
    expect(found).toMatchObject({ notes: upTo(2), reports: 1, damage: undefined });
  }
});
