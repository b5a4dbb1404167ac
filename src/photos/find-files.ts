import { lstat, open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../domain/problem.ts';
import { isZipHead } from './look-at-head.ts';
import type { SkipReason } from './skip-reasons.ts';

/** A file to import, or something that is left out without a look at its bytes. */
export interface FoundFile {
  /** Where it is; of one in a zip file its name below the path of that, for people to read. */
  path: string;
  leftOut?: SkipReason;
  /** What it is called, where that is not the end of its path. */
  name?: string;
  /** Of one in a zip file: where its bytes are; whoever imports it removes them. */
  unpackedTo?: string;
}

/** Files and folders that one search looks at: a whole disk is never meant. */
export const MOST_FILES = 10_000;

/**
 * The files at `path`: itself, or everything below it in name order. Links and devices are listed but never
 * followed. Where there are more than `MOST_FILES` the first ones are listed, and before them the folder itself as
 * left out with `too-many-files`.
 * @throws Problem `import-path-unreadable`.
 */
export async function findFiles(path: string): Promise<FoundFile[]> {
  const search: Search = { found: [], left: MOST_FILES };
  await searchIn(path, search);
  return search.left < 0 ? [{ path, leftOut: 'too-many-files' }, ...search.found] : search.found;
}

/** The same for files that were found before; what is gone meanwhile is no file any more. */
export async function lookAtFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) {
    try {
      found.push(asFound(path, await lstat(path)));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      if (code !== 'ENOENT') found.push({ path, leftOut: 'unreadable' });
    }
  }
  return found;
}

/** Is it a zip file, by its first bytes? What cannot be read is none. */
export async function isZip(path: string): Promise<boolean> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return isZipHead(buffer.subarray(0, bytesRead));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return false;
  } finally {
    await file?.close();
  }
}

/** What was found so far, and how many entries may still be looked at; below zero there was one more. */
interface Search {
  found: FoundFile[];
  left: number;
}

async function searchIn(path: string, search: Search): Promise<void> {
  try {
    const info = await lstat(path);
    if (!info.isDirectory()) {
      search.found.push(asFound(path, info));
      return;
    }
    const entries = await readdir(path, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (--search.left < 0) return;
      const inside = join(path, entry.name);
      if (entry.isDirectory()) await searchBelow(inside, search);
      else search.found.push(asFound(inside, entry));
    }
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new Problem(
      'import-path-unreadable',
      {
        en: `${path} cannot be read (${reason}). Please check the path and try again. Nothing was imported.`,
        zh: `无法读取 ${path}（${reason}）。请检查路径后重试。未导入任何内容。`,
      },
      { cause },
    );
  }
}

/** A folder below the one that was named; one that cannot be read is listed itself, and left out as unreadable. */
async function searchBelow(path: string, search: Search): Promise<void> {
  try {
    await searchIn(path, search);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    search.found.push({ path, leftOut: 'unreadable' });
  }
}

function asFound(path: string, entry: { isFile(): boolean }): FoundFile {
  return entry.isFile() ? { path } : { path, leftOut: 'not-a-file' };
}

/** @throws Problem `import-source-gone` when there is nothing at `path` any more. */
export async function requireSource(path: string): Promise<void> {
  try {
    await lstat(path);
  } catch (cause) {
    throw new Problem(
      'import-source-gone',
      {
        en: `${path} is not there any more: was the stick pulled out? What was imported by then is kept. Plug it in and import again; nothing comes in twice.`,
        zh: `${path} 已不存在，是否拔出了 U 盘？此前导入的照片已保存。请重新插入后再次导入，不会重复。`,
      },
      { cause },
    );
  }
}
