import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkBackup } from '../../../src/backup/check-backup.ts';
import { extractBackup } from '../../../src/backup/extract-backup.ts';
import { readManifest } from '../../../src/backup/read-backup.ts';
import { writeBackup } from '../../../src/backup/write-backup.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { mountSmallDisk } from '../../support/small-disk.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import type { BackupProcessReport } from './backup-process.ts';
import {
  about,
  CONTENTS,
  filesBelow,
  JOURNAL,
  ORIGINAL,
  problemOf,
  RENDITION,
  sourcesIn,
} from './backups.ts';

/** Files of which each is read in several pieces. */
const LARGE = { ...CONTENTS, [ORIGINAL]: Buffer.alloc(1_500_000, 3), [RENDITION]: Buffer.alloc(600_000, 4) };

/** A folder for the backup and, beside it, the files to back up. */
async function prepare(contents: Record<string, Buffer> = CONTENTS) {
  const [data, folder] = [await tempFolder(), await tempFolder()];
  return { files: sourcesIn(data, contents), folder, target: join(folder, 'kiosk.zip') };
}

/** Runs `backup-process.ts` with a small heap, where wanted under another program. */
function backupProcess(folder: string, megabytes: number, under: string[] = []): BackupProcessReport {
  const script = join(import.meta.dirname, 'backup-process.ts');
  const node = [process.execPath, '--max-old-space-size=40', script, folder, String(megabytes)];
  const [program, ...args] = [...under, ...node];
  return JSON.parse(execFileSync(program!, args, { encoding: 'utf8' })) as BackupProcessReport;
}

test('what went in comes out again, and the manifest says so', async () => {
  const { files, folder, target } = await prepare();
  const { manifest, size } = await writeBackup(target, about, files);
  expect(manifest).toMatchObject(about);
  expect(manifest.files.map(({ name, size }) => [name, size])).toEqual(
    files.map(({ name, size }) => [name, size]),
  );
  expect(await readManifest(target)).toEqual(manifest);
  expect(await checkBackup(target)).toEqual(manifest);
  expect(statSync(target).size).toBe(size);
  expect(statSync(target).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['kiosk.zip']);
  await extractBackup(target, (name) => join(folder, 'out', name));
  expect(filesBelow(join(folder, 'out'))).toEqual(CONTENTS);
});

test('any zip program reads it: text is compressed, pictures are stored as they are', async ({ skip }) => {
  const { files, target } = await prepare(LARGE);
  await writeBackup(target, about, files);
  const bytes = readFileSync(target);
  expect(bytes.includes(LARGE[ORIGINAL]!)).toBe(true);
  expect(bytes.includes(LARGE[JOURNAL]!)).toBe(false);
  let listed: string;
  try {
    listed = execFileSync('unzip', ['-t', target], { encoding: 'utf8' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') skip('there is no unzip');
    throw error;
  }
  for (const name of [...Object.keys(LARGE), 'manifest.json'])
    expect(listed).toMatch(new RegExp(`${name} +OK`));
});

test('empty files, and none at all', async () => {
  const { files, folder, target } = await prepare({ [JOURNAL]: Buffer.alloc(0) });
  await writeBackup(target, about, files);
  expect((await checkBackup(target)).files).toMatchObject([{ name: JOURNAL, size: 0 }]);
  await extractBackup(target, (name) => join(folder, 'out', name));
  expect(filesBelow(join(folder, 'out'))).toEqual({ [JOURNAL]: Buffer.alloc(0) });
  await writeBackup(join(folder, 'none.zip'), about, []);
  expect((await checkBackup(join(folder, 'none.zip'))).files).toEqual([]);
});

test('the progress only grows, over writing and reading back, and ends with all', async () => {
  const { files, target } = await prepare(LARGE);
  const all = 2 * files.reduce((sum, { size }) => sum + size, 0);
  const told: number[] = [];
  await writeBackup(target, about, files, {
    onProgress(done, total) {
      expect(total).toBe(all);
      told.push(done);
    },
  });
  expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
  expect(told.length).toBeGreaterThan(10);
  expect(told).toContain(all / 2);
  expect(told.at(-1)).toBe(all);
});

test('many small files are not as many steps', async () => {
  const { files, target } = await prepare({ [JOURNAL]: Buffer.from('{}\n') });
  const many = Array.from({ length: 1200 }, (_, n) => ({
    ...files[0]!,
    name: `store/journal-${String(n).padStart(12, '0')}.jsonl`,
  }));
  let told = 0;
  await writeBackup(target, about, many, { onProgress: () => told++ });
  expect(told).toBeGreaterThan(500);
  expect(told).toBeLessThanOrEqual(2000);
});

test.each([
  ['a file', (target: string) => writeFileSync(target, 'mine')],
  ['a folder', (target: string) => mkdirSync(target)],
  ['a link to nowhere', (target: string) => symlinkSync('nowhere', target)],
])('%s of this name is never replaced', async (_, make) => {
  const { files, folder, target } = await prepare();
  make(target);
  const before = [readdirSync(folder), filesBelow(folder)];
  expect((await problemOf(writeBackup(target, about, files))).code).toBe('backup-exists');
  expect([readdirSync(folder), filesBelow(folder)]).toEqual(before);
});

test('nor what comes under this name while the backup is written', async () => {
  const { files, folder, target } = await prepare();
  const onProgress = () => writeFileSync(target, 'mine');
  expect((await problemOf(writeBackup(target, about, files, { onProgress }))).code).toBe('backup-exists');
  expect(filesBelow(folder)).toEqual({ 'kiosk.zip': Buffer.from('mine') });
});

test.each([
  ['grows', (path: string) => appendFileSync(path, 'x'), 'backup-file-changed'],
  ['shrinks', (path: string) => truncateSync(path, 10), 'backup-file-changed'],
  ['vanishes', (path: string) => rmSync(path), 'backup-file-unreadable'],
  ['becomes a folder', (path: string) => (rmSync(path), mkdirSync(path)), 'backup-file-unreadable'],
])('a file that %s meanwhile is named, and there is no backup', async (_, change, code) => {
  const { files, folder, target } = await prepare(LARGE);
  const last = files.at(-1)!.path;
  let changed = false;
  const onProgress = () => {
    if (!changed) change(last);
    changed = true;
  };
  const problem = await problemOf(writeBackup(target, about, files, { onProgress }));
  expect(problem.code).toBe(code);
  expect(problem.words.en).toContain(last);
  expect(problem.words.zh).toContain(last);
  expect(changed).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
});

test('a file that changes while it is read is named, too', async () => {
  const { files, folder, target } = await prepare(LARGE);
  const original = files.find(({ name }) => name === ORIGINAL)!;
  const before = files[0]!.size + files[1]!.size;
  for (const change of [
    () => appendFileSync(original.path, 'x'),
    () => truncateSync(original.path, 700_000),
  ]) {
    writeFileSync(original.path, LARGE[ORIGINAL]!);
    let changed = false;
    const onProgress = (done: number) => {
      if (done > before && !changed) change();
      changed ||= done > before;
    };
    const problem = await problemOf(writeBackup(target, about, files, { onProgress }));
    expect([problem.code, changed]).toEqual(['backup-file-changed', true]);
    expect(problem.words.en).toContain(original.path);
    expect(readdirSync(folder)).toEqual([]);
  }
});

test('stopped at any step, the reason comes back and nothing stays', async () => {
  const { files, folder, target } = await prepare(LARGE);
  let steps = 0;
  await writeBackup(join(await tempFolder(), 'whole.zip'), about, files, { onProgress: () => steps++ });
  expect(steps).toBeGreaterThan(10);
  for (let stopAt = 0; stopAt <= steps; stopAt++) {
    const stop = new AbortController();
    const reason = new Error(`stopped at step ${stopAt}`);
    let step = 0;
    const onProgress = () => void (++step === stopAt && stop.abort(reason));
    if (stopAt === 0) stop.abort(reason);
    const work = writeBackup(target, about, files, { onProgress, signal: stop.signal });
    await expect(work).rejects.toBe(reason);
    expect(step).toBe(stopAt);
    expect(readdirSync(folder)).toEqual([]);
  }
});

test('a stop without a reason is an AbortError', async () => {
  const { files, target } = await prepare(LARGE);
  const stop = new AbortController();
  const work = writeBackup(target, about, files, { onProgress: () => stop.abort(), signal: stop.signal });
  await expect(work).rejects.toMatchObject({ name: 'AbortError' });
});

test('what does not read back as it was written gets no name', async () => {
  const { files, folder, target } = await prepare(LARGE);
  const half = files.reduce((sum, { size }) => sum + size, 0);
  let spoilt = false;
  // While the first file is read back, a byte of the last one changes on the disk.
  const onProgress = (done: number) => {
    if (done <= half || spoilt) return;
    const [beside] = readdirSync(folder);
    const path = join(folder, beside!);
    const file = openSync(path, 'r+');
    writeSync(file, 'X', readFileSync(path).indexOf(LARGE[RENDITION]!) + 5000);
    closeSync(file);
    spoilt = true;
  };
  const problem = await problemOf(writeBackup(target, about, files, { onProgress }));
  expect(spoilt).toBe(true);
  expect(problem.code).toBe('backup-not-as-written');
  expect((problem.cause as Problem).words.en).toContain(RENDITION);
  expect(readdirSync(folder)).toEqual([]);
});

test('a full disk', async ({ skip }) => {
  const { files } = await prepare(LARGE);
  const disk = await tempFolder();
  mountSmallDisk(disk, skip);
  const problem = await problemOf(writeBackup(join(disk, 'kiosk.zip'), about, files));
  expect(problem.code).toBe('target-unwritable');
  expect(problem.words.en).toContain('the disk is full');
  expect(readdirSync(disk)).toEqual([]);
});

test('a read-only disk', async ({ skip }) => {
  const { files } = await prepare();
  const disk = await tempFolder();
  mountSmallDisk(disk, skip);
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  const problem = await problemOf(writeBackup(join(disk, 'kiosk.zip'), about, files));
  expect(problem.words.en).toContain('read-only');
});

test('a disk that takes no file of this size, as FAT32 takes none of 4 GB', async ({ skip }) => {
  if (process.platform === 'win32') skip('Windows has no limit for the files of a process');
  const folder = await tempFolder();
  const { problem } = backupProcess(folder, 3, ['sh', '-c', 'ulimit -f 3000; exec "$@"', 'sh']);
  expect(problem).toMatch(/kiosk\.zip cannot be written: .+FAT32.+ Please .+\(EFBIG\)\.$/);
  expect(readdirSync(folder)).toEqual(['source-0', 'source-1', 'source-2']);
});

test('files larger than the memory it takes go in and out again', async () => {
  const { before, peak, problem } = backupProcess(await tempFolder(), 200);
  expect(problem).toBeUndefined();
  expect(peak - before).toBeLessThan(120);
});

test.each([
  ['a folder that is not there', 'none/kiosk.zip', /no such folder/],
  ['a file as a folder', 'file/kiosk.zip', /is a file/],
  ['a name that is too long', 'x'.repeat(300), /too long/],
])('%s is told in words', async (_, name, says) => {
  const { files, folder } = await prepare();
  writeFileSync(join(folder, 'file'), 'stays');
  const problem = await problemOf(writeBackup(join(folder, name), about, files));
  expect(problem.code).toBe('target-unwritable');
  expect(problem.words.en).toMatch(says);
  expect(readdirSync(folder)).toEqual(['file']);
});

test.each([
  ['names that leave the folder', [{ name: 'store/../../x' }]],
  ['absolute names', [{ name: '/store/journal-000000000001.jsonl' }]],
  ['names of other files', [{ name: 'access.json' }]],
  ['a name twice', [{ name: JOURNAL }, { name: JOURNAL }]],
  ['sizes that are none', [{ name: JOURNAL, size: -1 }]],
])('%s are a fault of the caller, told before anything is written', async (_, wrong) => {
  const { files, folder, target } = await prepare();
  const planned = wrong.map((file) => ({ ...files[0]!, ...file }));
  const work = writeBackup(target, about, planned);
  await expect(work).rejects.toThrow('cannot have these files');
  await expect(work).rejects.not.toBeInstanceOf(Problem);
  expect(readdirSync(folder)).toEqual([]);
});

test('more files than a manifest takes are refused at once', async () => {
  const { folder, target } = await prepare();
  const many = Array.from({ length: 350_000 }, (_, n) => {
    const hash = n.toString(16).padStart(64, '0');
    return { name: `photos/renditions/00/${hash}-1920.jpg`, path: '/nowhere', size: 400_000 };
  });
  const problem = await problemOf(writeBackup(target, about, many));
  expect(problem.code).toBe('backup-too-many-files');
  expect(problem.words.en).toContain('350,000');
  expect(readdirSync(folder)).toEqual([]);
});
