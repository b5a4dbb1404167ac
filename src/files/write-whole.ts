import { lstat, rename, writeFile } from 'node:fs/promises';
import { targetUnwritable } from './target-unwritable.ts';
import { writeBeside } from './write-beside.ts';

/**
 * Writes the whole file or leaves what was there: beside it first, synced, then renamed over it. The file is for
 * its owner only. What is there and no ordinary file (a link, a pipe, /dev/stdout) is never replaced, but
 * written to.
 * @throws Problem `target-unwritable`; nothing half written stays behind.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  try {
    if (await isSpecial(path)) await writeFile(path, content);
    else await writeBeside(path, content, (beside) => rename(beside, path));
  } catch (error) {
    throw targetUnwritable(path, error);
  }
}

async function isSpecial(path: string): Promise<boolean> {
  try {
    return !(await lstat(path)).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
