import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { extractBackup } from '../../../src/backup/extract-backup.ts';
import { mountSmallDisk } from '../../support/small-disk.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import {
  backupIn,
  CONTENTS,
  filesBelow,
  JOURNAL,
  manifestOf,
  ORIGINAL,
  patchFile,
  problemOf,
  RENDITION,
  SNAPSHOT,
  zipByHand,
  type HandMade,
} from './backups.ts';

/** A backup in a folder of its own and an empty folder to restore into. */
async function prepare(contents = CONTENTS) {
  const [backup, folder] = [await backupIn(await tempFolder(), contents), await tempFolder()];
  return { backup, folder, into: (name: string) => join(folder, name) };
}

/** A zip file made by hand and an empty folder. */
async function handMade(entries: HandMade[]) {
  const [backup, folder] = [join(await tempFolder(), 'kiosk.zip'), await tempFolder()];
  await zipByHand(backup, entries);
  return { backup, folder, into: (name: string) => join(folder, name) };
}

test('every file comes out as it went in, for its owner only, folders too', async () => {
  const { backup, folder, into } = await prepare();
  const told: [number, number][] = [];
  const manifest = await extractBackup(backup, (name) => into(`a/b/${name}`), {
    onProgress: (...progress) => told.push(progress),
  });
  expect(filesBelow(join(folder, 'a/b'))).toEqual(CONTENTS);
  expect(manifest.files.map(({ name }) => name)).toEqual(Object.keys(CONTENTS));
  for (const name of Object.keys(CONTENTS)) expect(statSync(into(`a/b/${name}`)).mode & 0o777).toBe(0o600);
  for (const name of ['a', 'a/b', 'a/b/store', 'a/b/photos/originals/ab'])
    expect(statSync(into(name)).mode & 0o777).toBe(0o700);
  const total = Object.values(CONTENTS).reduce((sum, { length }) => sum + length, 0);
  expect(told.at(-1)).toEqual([total, total]);
});

test('only what is wanted, wherever it is wanted', async () => {
  const { backup, folder, into } = await prepare();
  const told: [number, number][] = [];
  await extractBackup(backup, (name) => (name === JOURNAL ? into('one.jsonl') : undefined), {
    onProgress: (...progress) => told.push(progress),
  });
  expect(filesBelow(folder)).toEqual({ 'one.jsonl': CONTENTS[JOURNAL] });
  const size = CONTENTS[JOURNAL]!.length;
  expect(told.at(-1)).toEqual([size, size]);
});

test.each([
  ['a file', (path: string) => writeFileSync(path, 'mine')],
  ['a folder', (path: string) => mkdirSync(path)],
  ['a link to nowhere', (path: string) => symlinkSync('/nowhere/at/all', path)],
])('%s that is there already stays, and nothing of the backup', async (_, make) => {
  const { backup, folder, into } = await prepare();
  mkdirSync(into('photos/renditions/ab'), { recursive: true });
  make(into(RENDITION));
  const before = readdirSync(folder, { recursive: true }).sort();
  const problem = await problemOf(extractBackup(backup, into));
  expect(problem.code).toBe('restore-exists');
  expect(problem.words.en).toContain(into(RENDITION));
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
});

test('two files that are wanted at one place', async () => {
  const { backup, folder, into } = await prepare();
  expect((await problemOf(extractBackup(backup, () => into('same')))).code).toBe('restore-exists');
  expect(readdirSync(folder)).toEqual([]);
});

test('of a backup whose last file changed nothing stays, but what others put there does', async () => {
  const { backup, folder, into } = await prepare();
  const bytes = readFileSync(backup);
  bytes[bytes.indexOf(CONTENTS[RENDITION]!) + 100]! ^= 1;
  writeFileSync(backup, bytes);
  mkdirSync(into('photos'));
  let first = true;
  const onProgress = () => {
    if (first) writeFileSync(into('store/notes.txt'), 'mine');
    first = false;
  };
  const problem = await problemOf(extractBackup(backup, into, { onProgress }));
  expect(problem.code).toBe('backup-damaged');
  expect(problem.words.en).toContain(RENDITION);
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['photos', 'store', 'store/notes.txt']);
});

test('stopped at any step, the reason comes back and nothing stays', async () => {
  const { backup, folder, into } = await prepare({ ...CONTENTS, [ORIGINAL]: Buffer.alloc(2_000_000, 3) });
  let steps = 0;
  const other = await tempFolder();
  await extractBackup(backup, (name) => join(other, name), { onProgress: () => steps++ });
  expect(steps).toBeGreaterThan(8);
  for (let stopAt = 0; stopAt < steps; stopAt++) {
    const stop = new AbortController();
    const reason = new Error(`stopped at step ${stopAt}`);
    let step = 0;
    const onProgress = () => void (++step === stopAt && stop.abort(reason));
    if (stopAt === 0) stop.abort(reason);
    await expect(extractBackup(backup, into, { onProgress, signal: stop.signal })).rejects.toBe(reason);
    expect(step).toBe(stopAt);
    expect(readdirSync(folder)).toEqual([]);
  }
});

test('a full disk', async ({ skip }) => {
  const { backup, folder, into } = await prepare({ ...CONTENTS, [ORIGINAL]: Buffer.alloc(600_000, 3) });
  mountSmallDisk(folder, skip);
  const problem = await problemOf(extractBackup(backup, into));
  expect(problem.code).toBe('target-unwritable');
  expect(problem.words.en).toContain('the disk is full');
  expect(problem.words.en).toContain(into(ORIGINAL));
  expect(readdirSync(folder)).toEqual([]);
});

test('a read-only disk', async ({ skip }) => {
  const { backup, folder, into } = await prepare();
  mountSmallDisk(folder, skip);
  execFileSync('mount', ['-o', 'remount,ro', folder]);
  expect((await problemOf(extractBackup(backup, into))).words.en).toContain('read-only');
});

test('a file where a folder should be', async () => {
  const { backup, folder, into } = await prepare();
  writeFileSync(into('photos'), 'mine');
  const problem = await problemOf(extractBackup(backup, into));
  expect([problem.code, readdirSync(folder)]).toEqual(['target-unwritable', ['photos']]);
});

const HASH = '0123456789abcdef'.repeat(4);

test.each([
  '../journal-000000000001.jsonl',
  '/etc/journal-000000000001.jsonl',
  'C:/journal-000000000001.jsonl',
  'store\\journal-000000000001.jsonl',
  'store/../journal-000000000001.jsonl',
  'store/./journal-000000000001.jsonl',
  'store/journal-000000000001.jsonl/',
  'store/journal-000000000001.jsonl\0.txt',
  'store/journal-000000000001.jsonl\n',
  'store/Journal-000000000001.jsonl',
  'store/journal-1.jsonl',
  'store/lock',
  'access.json',
  'manifest.json',
  '__proto__',
  `photos/originals/01/../${HASH}.jpg`,
  `photos/originals/02/${HASH}.jpg`,
  `photos/originals/01/${HASH.toUpperCase()}.jpg`,
  `photos/originals/01/${HASH}.jpg:stream`,
  `photos/incoming/01/${HASH}.jpg`,
  `photos/originals/01/${HASH}.${'x'.repeat(200)}`,
])('the name %j in list and manifest is refused', async (name) => {
  const content = Buffer.from('out of the folder');
  const stand = 'x'.repeat(Buffer.byteLength(name));
  const entries = [{ name: SNAPSHOT, content: CONTENTS[SNAPSHOT]! }];
  const { backup, folder, into } = await handMade([
    ...entries,
    { name: stand, content },
    manifestOf([...entries, { name, content }]),
  ]);
  patchFile(backup, stand, name);
  const asked: string[] = [];
  const work = extractBackup(backup, (wanted) => (asked.push(wanted), into(wanted)));
  expect((await problemOf(work)).code).toBe('backup-damaged');
  expect([asked, readdirSync(folder)]).toEqual([[], []]);
});

test.each([
  ['leaves the folder', '../'.repeat(10) + 'xx'],
  ['has the slashes of Windows', JOURNAL.replace('/', '\\')],
])('an entry whose name %s is not the file of the manifest', async (_, name) => {
  const content = Buffer.from('out of the folder');
  const stand = 'x'.repeat(JOURNAL.length);
  const { backup, folder, into } = await handMade([
    { name: stand, content },
    manifestOf([{ name: JOURNAL, content }]),
  ]);
  patchFile(backup, stand, name);
  expect((await problemOf(extractBackup(backup, into))).code).toBe('backup-damaged');
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['a link', { mode: 0o120777 }],
  ['a pipe', { mode: 0o010644 }],
  ['a folder', { mode: 0o040755 }],
])('an entry that is %s', async (_, options) => {
  const entry = { name: JOURNAL, content: Buffer.from('/etc/passwd'), options };
  const { backup, folder, into } = await handMade([entry, manifestOf([entry])]);
  expect((await problemOf(extractBackup(backup, into))).words.en).toContain('no ordinary file');
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['a password', 8, 1, 'protected with a password'],
  ['an unknown way of compression', 10, 93, 'no ordinary file'],
])('an entry with %s', async (_, field, value, says) => {
  const entry = { name: JOURNAL, content: CONTENTS[JOURNAL]! };
  const { backup, folder, into } = await handMade([entry, manifestOf([entry])]);
  const bytes = readFileSync(backup);
  bytes[bytes.indexOf('PK\x01\x02', 'latin1') + field]! = value;
  writeFileSync(backup, bytes);
  expect((await problemOf(extractBackup(backup, into))).words.en).toContain(says);
  expect(readdirSync(folder)).toEqual([]);
});

/** Says in the zip file's list that the first entry holds `size` bytes. */
function lieAboutSize(backup: string, size: number): void {
  const bytes = readFileSync(backup);
  bytes.writeUInt32LE(size, bytes.indexOf('PK\x01\x02', 'latin1') + 24);
  writeFileSync(backup, bytes);
}

test('an entry that inflates beyond its size is stopped there', async () => {
  const real = { name: JOURNAL, content: Buffer.alloc(40 * 1024 * 1024) };
  const { backup, folder, into } = await handMade([
    real,
    manifestOf([{ name: JOURNAL, content: Buffer.alloc(300_000) }]),
  ]);
  lieAboutSize(backup, 300_000);
  let most = 0;
  const onProgress = (done: number) => void (most = Math.max(most, done));
  expect((await problemOf(extractBackup(backup, into, { onProgress }))).words.en).toContain('has changed');
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(300_000);
  expect(readdirSync(folder)).toEqual([]);
});

test('an entry of which the zip file says more than the manifest is not even begun', async () => {
  const { backup, into } = await handMade([
    { name: JOURNAL, content: Buffer.alloc(500_000) },
    manifestOf([{ name: JOURNAL, content: Buffer.alloc(300_000) }]),
  ]);
  const told: number[] = [];
  const work = extractBackup(backup, into, { onProgress: (done) => told.push(done) });
  expect((await problemOf(work)).words.en).toContain('has changed');
  expect(told).toEqual([]);
});

test('an entry that inflates to less than its size', async () => {
  const entry = { name: JOURNAL, content: CONTENTS[JOURNAL]! };
  const size = entry.content.length + 1;
  const sha256 = createHash('sha256').update(entry.content).digest('hex');
  const manifest = manifestOf([], { files: [{ name: JOURNAL, size, sha256 }] });
  const { backup, folder, into } = await handMade([entry, manifest]);
  lieAboutSize(backup, size);
  expect((await problemOf(extractBackup(backup, into))).words.en).toContain('has changed');
  expect(readdirSync(folder)).toEqual([]);
});

test('a manifest of more than 64 MiB is not even unpacked; nor one that hides its size', async () => {
  const huge = { name: 'manifest.json', content: Buffer.alloc(65 * 1024 * 1024, ' ') };
  const { backup, into } = await handMade([huge]);
  expect((await problemOf(extractBackup(backup, into))).words.en).toContain(
    'more files than a backup can have',
  );
  lieAboutSize(backup, 1000);
  expect((await problemOf(extractBackup(backup, into))).words.en).toContain('manifest.json has changed');
});

test('entries that share their bytes, each once more inflated', async () => {
  const content = Buffer.alloc(100_000, 'a');
  const names = Array.from({ length: 50 }, (_, n) => `store/journal-${String(n).padStart(12, '0')}.jsonl`);
  const entries = names.map((name) => ({ name, content, options: { compress: false } }));
  const { backup, folder, into } = await handMade([...entries, manifestOf(entries)]);
  shareFirst(backup, names.length, content.length);
  expect((await problemOf(extractBackup(backup, into))).words.en).toContain('lie over each other');
  expect(readdirSync(folder)).toEqual([]);
});

/** Makes every entry of stored files point to the bytes of the first and cuts the others out. */
function shareFirst(backup: string, count: number, size: number): void {
  const bytes = readFileSync(backup);
  const second = bytes.indexOf('PK\x03\x04', 1, 'latin1');
  const list = bytes.indexOf('PK\x01\x02', 'latin1');
  const manifestStart = second * count;
  expect(bytes.readUInt32LE(manifestStart)).toBe(0x04034b50);
  expect(second).toBeGreaterThan(size);
  const shared = Buffer.concat([bytes.subarray(0, second), bytes.subarray(manifestStart)]);
  const cut = manifestStart - second;
  let at = list - cut;
  for (let n = 0; n <= count; n++) {
    shared.writeUInt32LE(n < count ? 0 : second, at + 42);
    at = shared.indexOf('PK\x01\x02', at + 1, 'latin1');
  }
  const end = shared.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  shared.writeUInt32LE(list - cut, end + 16);
  writeFileSync(backup, shared);
}

test('a list that promises more entries than any backup has', async () => {
  const { backup, into } = await handMade([manifestOf([])]);
  await zipByHand(backup, [manifestOf([])], true);
  const bytes = readFileSync(backup);
  const record = bytes.indexOf('PK\x06\x06', 'latin1');
  bytes.writeBigUInt64LE(2_000_000n, record + 24);
  bytes.writeBigUInt64LE(2_000_000n, record + 32);
  writeFileSync(backup, bytes);
  expect((await problemOf(extractBackup(backup, into))).words.en).toContain(
    'more files than a backup can have',
  );
});
