import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../domain/problem.ts';

/** A file to import, or something that is none. */
export interface FoundFile {
  path: string;
  regular: boolean;
}

/**
 * The files at `path`: itself, or everything below it in name order. Links and devices are listed but never
 * followed.
 * @throws Problem `import-path-unreadable`.
 */
export async function findFiles(path: string): Promise<FoundFile[]> {
  try {
    const info = await lstat(path);
    if (!info.isDirectory()) return [{ path, regular: info.isFile() }];
    const entries = await readdir(path, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const found: FoundFile[] = [];
    for (const entry of entries) {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) found.push(...(await findInFolder(inside)));
      else found.push({ path: inside, regular: entry.isFile() });
    }
    return found;
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
async function findInFolder(path: string): Promise<FoundFile[]> {
  try {
    return await findFiles(path);
  } catch (error) {
    if (error instanceof Problem) return [{ path, regular: true }];
    throw error;
  }
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
