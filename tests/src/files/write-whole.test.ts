import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Problem } from '../../../src/domain/problem.ts';
import { writeWhole } from '../../../src/files/write-whole.ts';
import { tempFolder } from '../../support/temp-folder.ts';

async function problemOf(path: string, content: string | Uint8Array): Promise<Problem> {
  const error = await writeWhole(path, content).then(
    () => new Error('it was written'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw error;
  expect(error.code).toBe('target-unwritable');
  expect(error.words.en).toMatch(/ cannot be written: .+\. Please .+ \(E[A-Z]+\)\.$/);
  expect(error.words.zh).toMatch(/^无法写入 .+：.+。请.+（E[A-Z]+）。$/);
  return error;
}

test('text and bytes arrive as they are, for their owner only', async () => {
  const folder = await tempFolder();
  await writeWhole(join(folder, 'a.csv'), '\uFEFF姓名');
  await writeWhole(join(folder, 'b.xlsx'), new Uint8Array([0x50, 0x4b, 0, 255]));
  expect(readFileSync(join(folder, 'a.csv'))).toEqual(Buffer.from('\uFEFF姓名'));
  expect([...readFileSync(join(folder, 'b.xlsx'))]).toEqual([0x50, 0x4b, 0, 255]);
  expect(statSync(join(folder, 'b.xlsx')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['a.csv', 'b.xlsx']);
});

test('what was there is replaced; what a link points to is written through it', async () => {
  const folder = await tempFolder();
  const [old, link] = [join(folder, 'old'), join(folder, 'link')];
  writeFileSync(old, 'a long text that was there before');
  symlinkSync(old, link);
  await writeWhole(link, 'new');
  expect([readFileSync(old, 'utf8'), readdirSync(folder)]).toEqual(['new', ['link', 'old']]);
  await writeWhole(old, 'newer');
  expect(readFileSync(link, 'utf8')).toBe('newer');
});

test.each([
  ['a folder that is not there', 'none/sheet.csv', 'ENOENT', /no such folder/],
  ['a file as a folder', 'file/sheet.csv', 'ENOTDIR', /is a file/],
  ['a folder of this name', 'folder', 'EISDIR', /folder of this name/],
  ['a name that is too long', 'x'.repeat(300), 'ENAMETOOLONG', /too long/],
])('%s is told in words and leaves nothing', async (_, name, code, says) => {
  const folder = await tempFolder();
  writeFileSync(join(folder, 'file'), 'stays');
  mkdirSync(join(folder, 'folder'));
  const { words } = await problemOf(join(folder, name), 'content');
  expect(words.en).toMatch(says);
  expect(words.en).toContain(code);
  expect(readdirSync(folder)).toEqual(['file', 'folder']);
});

test('a device without room', async () => {
  expect((await problemOf('/dev/full', 'content')).words.en).toContain('the disk is full');
});

test('what is no error of the disk stays what it is', async () => {
  const folder = await tempFolder();
  await expect(writeWhole(join(folder, 'a\0b'), 'x')).rejects.not.toBeInstanceOf(Problem);
});

/** A disk of 256 KB of its own; the test is skipped where the machine lets nobody mount one. */
async function smallDisk(skip: (note: string) => never): Promise<string> {
  const folder = await tempFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'muster-test', folder], { stdio: 'pipe' });
  } catch (error) {
    skip(`no disk could be mounted: ${String(error)}`);
  }
  onTestFinished(() => void execFileSync('umount', [folder]));
  return folder;
}

test('a full disk: the old sheet stays whole, nothing half written beside it', async ({ skip }) => {
  const disk = await smallDisk(skip);
  const sheet = join(disk, 'sheet.xlsx');
  await writeWhole(sheet, 'the sheet of last week');
  const { words } = await problemOf(sheet, new Uint8Array(1024 * 1024));
  expect(words.zh).toContain('磁盘已满');
  expect(readFileSync(sheet, 'utf8')).toBe('the sheet of last week');
  expect(readdirSync(disk)).toEqual(['sheet.xlsx']);
});

test('a read-only disk', async ({ skip }) => {
  const disk = await smallDisk(skip);
  writeFileSync(join(disk, 'sheet.csv'), 'old');
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  const { words } = await problemOf(join(disk, 'sheet.csv'), 'new');
  expect(words.en).toContain('read-only');
  expect(readdirSync(disk)).toEqual(['sheet.csv']);
  expect(readFileSync(join(disk, 'sheet.csv'), 'utf8')).toBe('old');
});
