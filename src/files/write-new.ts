import { link, lstat, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { targetUnwritable } from './target-unwritable.ts';
import { writeBeside } from './write-beside.ts';

/** Files that are put under a free name one after the other, where the disk has no links. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Writes a new file into a folder under its name, or under the next free one ("sheet (2).csv"), and resolves with
 * its path. Nothing that is there is replaced; under such a name there is the whole file or none, whatever happens.
 * @throws Problem `target-unwritable`.
 */
export async function writeNew(folder: string, fileName: string, content: Uint8Array): Promise<string> {
  const path = join(folder, fileName);
  try {
    return await writeBeside(path, content, async (beside) => {
      for (let number = 1; ; number++) {
        const free = join(folder, numbered(fileName, number));
        if (await putWhereFree(beside, free)) return free;
      }
    });
  } catch (error) {
    throw targetUnwritable(path, error);
  }
}

function numbered(fileName: string, number: number): string {
  const dot = fileName.lastIndexOf('.');
  return number === 1 ? fileName : `${fileName.slice(0, dot)} (${number})${fileName.slice(dot)}`;
}

/** Gives the file beside this name; false where something has it. @throws what the disk says. */
export async function putWhereFree(beside: string, path: string): Promise<boolean> {
  try {
    await link(beside, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // Most sticks have no links: looked at and renamed then, by one at a time.
    const mine = turn.then(() => renameWhereFree(beside, path));
    turn = mine.catch(() => undefined);
    return mine;
  }
}

async function renameWhereFree(beside: string, path: string): Promise<boolean> {
  try {
    await lstat(path);
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await rename(beside, path);
  return true;
}
