import { mkdirSync, readdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { Problem } from '../../../src/domain/problem.ts';
import { writeNew } from '../../../src/files/write-new.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/until.ts';

/** What the disk says to some calls; all others reach it. A stick with FAT cannot be had here. */
const disk = vi.hoisted(() => ({ refuses: {} as Record<string, string> }));
vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original();
  const or = <Call extends (...args: never[]) => Promise<unknown>>(name: string, call: Call) =>
    ((...args: never[]) => {
      const code = disk.refuses[name];
      return code === undefined ? call(...args) : Promise.reject(Object.assign(new Error(code), { code }));
    }) as Call;
  return {
    ...real,
    link: or('link', real.link),
    rename: or('rename', real.rename),
    rm: or('rm', real.rm),
  };
});
afterEach(() => void (disk.refuses = {}));

const sheet = new TextEncoder().encode('a sheet');

test.each([
  ['with links', {}],
  ['without links, as FAT has none', { link: 'EPERM' }],
])('on a disk %s: five at once get a name each, nothing there is replaced', async (_, refuses) => {
  const folder = await tempFolder();
  writeFileSync(join(folder, 'a.csv'), 'by hand');
  mkdirSync(join(folder, 'a (2).csv'));
  disk.refuses = refuses;
  const paths = await Promise.all(Array.from({ length: 5 }, () => writeNew(folder, 'a.csv', sheet)));
  expect(paths.sort()).toEqual([3, 4, 5, 6, 7].map((n) => join(folder, `a (${n}).csv`)));
  expect(readdirSync(folder)).toHaveLength(7);
  expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('by hand');
  for (const path of paths) expect(readFileSync(path, 'utf8')).toBe('a sheet');
});

test('whoever looks under the name at any time finds the whole file or none', async () => {
  const folder = await tempFolder();
  const seen: number[] = [];
  const watcher = watch(folder, (_, name) => {
    if (name === 'a.csv') seen.push(statSync(join(folder, name)).size);
  });
  onTestFinished(() => watcher.close());
  const large = new Uint8Array(8 * 1024 * 1024).fill(1);
  await writeNew(folder, 'a.csv', large);
  await until(() => seen.length > 0);
  expect(new Set(seen)).toEqual(new Set([large.length]));
});

test('of a stick that dies in the middle the first error is told, and no file has the name', async () => {
  const folder = await tempFolder();
  disk.refuses = { link: 'EIO', rename: 'EROFS', rm: 'EIO' };
  const error: unknown = await writeNew(folder, 'a.csv', sheet).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Problem);
  expect((error as Problem).words.en).toMatch(/a\.csv cannot be written: the disk is read-only/);
  expect(readdirSync(folder)).not.toContain('a.csv');
});
