import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkBackup } from '../../../src/backup/check-backup.ts';
import { extractBackup } from '../../../src/backup/extract-backup.ts';
import { readManifest } from '../../../src/backup/read-backup.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import {
  backupIn,
  CONTENTS,
  filesBelow,
  JOURNAL,
  manifestOf,
  ORIGINAL,
  problemOf,
  RENDITION,
  zipByHand,
  type HandMade,
} from './backups.ts';

const ENTRIES: HandMade[] = Object.entries(CONTENTS).map(([name, content]) => ({ name, content }));

test('cut off anywhere it is damaged', async () => {
  const folder = await tempFolder();
  const backup = await backupIn(folder);
  const { length } = readFileSync(backup);
  const cut = join(folder, 'cut.zip');
  for (let part = 0; part < 50; part++) {
    copyFileSync(backup, cut);
    truncateSync(cut, Math.floor((length * part) / 50));
    expect((await problemOf(checkBackup(cut))).code).toBe('backup-damaged');
    expect((await problemOf(readManifest(cut))).code).toBe('backup-damaged');
  }
  truncateSync(cut, 0);
  copyFileSync(backup, cut);
  truncateSync(cut, length - 1);
  expect((await problemOf(checkBackup(cut))).code).toBe('backup-damaged');
});

test('whatever byte changes: it is refused, or everything comes out as it went in', async () => {
  const folder = await tempFolder();
  const contents = { [JOURNAL]: Buffer.from('{"seq":1}\n'.repeat(9)), [ORIGINAL]: Buffer.from('a picture') };
  const backup = await backupIn(folder, contents);
  const manifest = await readManifest(backup);
  const bytes = readFileSync(backup);
  const [changed, out] = [join(folder, 'changed.zip'), join(folder, 'out')];
  let harmless = 0;
  for (let at = 0; at < bytes.length; at += 5) {
    const flipped = Buffer.from(bytes);
    flipped[at]! ^= 1 << (at % 7);
    writeFileSync(changed, flipped);
    const checked: unknown = await checkBackup(changed).catch((error: unknown) => error);
    const extracted: unknown = await extractBackup(changed, (name) => join(out, name)).catch(
      (error: unknown) => error,
    );
    expect(extracted, `byte ${at}`).toEqual(checked);
    if (extracted instanceof Problem) {
      expect(extracted.code).toBe('backup-damaged');
      expect(readdirSync(folder)).not.toContain('out');
      continue;
    }
    harmless++;
    expect(extracted).toEqual(manifest);
    expect(filesBelow(out)).toEqual(contents);
    rmSync(out, { recursive: true });
  }
  // Dates, versions and what the list repeats: nothing that was backed up.
  expect(harmless).toBeGreaterThan(0);
  expect(harmless).toBeLessThan(bytes.length / 5 / 3);
});

test.each(Object.entries(CONTENTS))(
  'a byte of %s that changed is told with its name',
  async (name, content) => {
    const folder = await tempFolder();
    const path = join(folder, 'kiosk.zip');
    const entries = ENTRIES.map((entry) => ({ ...entry, options: { compress: false } }));
    await zipByHand(path, [...entries, manifestOf(entries)]);
    const bytes = readFileSync(path);
    bytes[bytes.indexOf(content) + 20]! ^= 4;
    writeFileSync(path, bytes);
    expect((await problemOf(checkBackup(path))).words.en).toContain(`its file ${name} has changed`);
  },
);

test.each<[string, HandMade[], RegExp]>([
  ['no entry at all', [], /list manifest\.json is missing/],
  ['no manifest', ENTRIES, /list manifest\.json is missing/],
  [
    'two manifests',
    [...ENTRIES, manifestOf(ENTRIES), manifestOf(ENTRIES)],
    /manifest\.json.+ is there twice/,
  ],
  ['a file too many', [...ENTRIES, manifestOf(ENTRIES.slice(1))], /journal-.+ is not in its list/],
  ['a file missing', [...ENTRIES.slice(1), manifestOf(ENTRIES)], /journal-\d+\.jsonl is missing/],
  ['a file twice', [ENTRIES[0]!, ...ENTRIES, manifestOf(ENTRIES)], /is there twice/],
  [
    'a foreign file with a name for a terminal',
    [{ name: 'a\u001b[31m\nb', content: Buffer.from('x') }, manifestOf([])],
    /a\uFFFD\[31m\uFFFDb is not in its list/,
  ],
  [
    'a file of another size',
    [{ name: JOURNAL, content: Buffer.from('{}\n') }, ...ENTRIES.slice(1), manifestOf(ENTRIES)],
    /journal-.+ has changed/,
  ],
  [
    'a file of the same size',
    [
      { name: JOURNAL, content: Buffer.alloc(CONTENTS[JOURNAL]!.length) },
      ...ENTRIES.slice(1),
      manifestOf(ENTRIES),
    ],
    /journal-.+ has changed/,
  ],
  ['a manifest that is no JSON', [{ name: 'manifest.json', content: Buffer.from('{') }], /not one of Muster/],
  [
    "another program's manifest",
    [{ name: 'manifest.json', content: Buffer.from('{"version":7}') }],
    /not one of Muster/,
  ],
  ['a manifest of null', [{ name: 'manifest.json', content: Buffer.from('null') }], /not one of Muster/],
])('a zip file with %s', async (_, entries, says) => {
  const path = join(await tempFolder(), 'kiosk.zip');
  await zipByHand(path, entries);
  const problem = await problemOf(checkBackup(path));
  expect(problem.code).toBe('backup-damaged');
  expect(problem.words.en).toMatch(says);
  expect(problem.words.en).toContain(path);
  expect(problem.words.zh).toContain(path);
});

const [FIRST] = JSON.parse(manifestOf(ENTRIES).content.toString()).files as [Record<string, unknown>];

test.each<[string, Record<string, unknown>]>([
  ['a gate that is no text', { gate: 7 }],
  ['a part of an event', { lastSeq: 1.5 }],
  ['less than no event', { lastSeq: -1 }],
  ['no time', { madeAt: 'yesterday' }],
  ['a name in one language', { kioskName: { en: 'Gate 2' } }],
  ['photos perhaps', { photos: 'yes' }],
  ['no counts', { counts: null }],
  ['counts without visits', { counts: { events: 1, people: 1, photos: 1 } }],
  ['no files', { files: {} }],
  ['a file without a hash', { files: [{ ...FIRST, sha256: undefined }] }],
  ['a hash in capitals', { files: [{ ...FIRST, sha256: 'A'.repeat(64) }] }],
  ['a size that is text', { files: [{ ...FIRST, size: '1' }] }],
  ['a file twice', { files: [FIRST, FIRST] }],
  [
    'sizes beyond all numbers',
    { files: [FIRST, { ...FIRST, name: ORIGINAL, size: Number.MAX_SAFE_INTEGER }] },
  ],
  ['a version that is text', { version: '1' }],
  ['version 0', { version: 0 }],
  ['a format of somebody else', { format: 'roster-backup' }],
])('a manifest with %s is none', async (_, changes) => {
  const path = join(await tempFolder(), 'kiosk.zip');
  await zipByHand(path, [...ENTRIES, manifestOf(ENTRIES, changes)]);
  const problem = await problemOf(readManifest(path));
  expect([problem.code, problem.words.en]).toEqual([
    'backup-damaged',
    expect.stringContaining('manifest.json is not one of Muster') as string,
  ]);
});

test.each([
  ['a newer version', { version: 2, files: 'kept elsewhere' }],
  ['a newer format', { format: 'muster-backup-cloud', version: 1 }],
])('%s is told as such, whatever else is inside', async (_, changes) => {
  const path = join(await tempFolder(), 'kiosk.zip');
  const link = { name: 'future/link', content: Buffer.from('x'), options: { mode: 0o120777 } };
  await zipByHand(path, [link, manifestOf([], changes)]);
  for (const read of [checkBackup, readManifest, (from: string) => extractBackup(from, () => undefined)]) {
    const problem = await problemOf(read(path));
    expect(problem.code).toBe('backup-newer');
    expect(problem.words.en).toMatch(/update Muster/);
  }
});

test.each([
  ['no such file', 'none.zip', /no such file/, 'ENOENT'],
  ['a folder', 'folder', /no file/, 'EISDIR'],
  ['a file as a folder', 'file/kiosk.zip', /is a file/, 'ENOTDIR'],
  ['a pipe, which would never answer', 'pipe', /no file/, 'EISDIR'],
])('%s cannot be read', async (_, name, says, code) => {
  const folder = await tempFolder();
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'folder'));
  if (name === 'pipe') execFileSync('mkfifo', [join(folder, 'pipe')]);
  const problem = await problemOf(checkBackup(join(folder, name)));
  expect(problem.code).toBe('backup-unreadable');
  expect(problem.words.en).toMatch(says);
  expect(problem.words.en).toContain(`(${code})`);
});

test.each([
  ['an empty file', Buffer.alloc(0)],
  ['a text', Buffer.from('Dear colleagues')],
  ['the end of a zip file alone', Buffer.from('504b0506'.padEnd(44, '0'), 'hex')],
  ['noise', Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * n * 7919) % 256))],
])('%s is no backup', async (_, content) => {
  const path = join(await tempFolder(), 'kiosk.zip');
  writeFileSync(path, content);
  expect((await problemOf(checkBackup(path))).code).toBe('backup-damaged');
});

test('a backup that is cut off while it is read', async () => {
  const backup = await backupIn(await tempFolder(), { ...CONTENTS, [RENDITION]: Buffer.alloc(2_000_000, 3) });
  const onProgress = (done: number) => void (done > 500_000 && truncateSync(backup, 700_000));
  const problem = await problemOf(checkBackup(backup, { onProgress }));
  expect([problem.code, problem.words.en]).toEqual([
    'backup-damaged',
    expect.stringContaining('became shorter while it was read') as string,
  ]);
});

test('a backup with the long numbers of very large zip files', async () => {
  const path = join(await tempFolder(), 'kiosk.zip');
  await zipByHand(path, [...ENTRIES, manifestOf(ENTRIES)], true);
  expect((await checkBackup(path)).files.map(({ name }) => name)).toEqual(Object.keys(CONTENTS));
});

test('a photo that somebody compressed is still the photo', async () => {
  const path = join(await tempFolder(), 'kiosk.zip');
  const entries = [{ name: RENDITION, content: CONTENTS[RENDITION]!, options: { compress: true } }];
  await zipByHand(path, [...entries, manifestOf(entries)]);
  expect((await checkBackup(path)).files).toHaveLength(1);
});

test('the progress counts what is read; stopped, the reason comes back', async () => {
  const backup = await backupIn(await tempFolder());
  const told: [number, number][] = [];
  const manifest = await checkBackup(backup, { onProgress: (...progress) => told.push(progress) });
  const total = manifest.files.reduce((sum, { size }) => sum + size, 0);
  expect(told.at(-1)).toEqual([total, total]);
  expect(told.length).toBeGreaterThanOrEqual(Object.keys(CONTENTS).length);
  for (let stopAt = 0; stopAt < told.length; stopAt++) {
    const stop = new AbortController();
    const reason = new Error('stopped');
    let step = 0;
    const onProgress = () => void (++step === stopAt && stop.abort(reason));
    if (stopAt === 0) stop.abort(reason);
    await expect(checkBackup(backup, { onProgress, signal: stop.signal })).rejects.toBe(reason);
    expect(step).toBe(stopAt);
  }
});
