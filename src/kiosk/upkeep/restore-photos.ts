import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { BackupFile } from '../../backup/manifest.ts';
import { syncFolder } from '../../files/write-beside.ts';
import { targetUnwritable } from '../../files/target-unwritable.ts';
import { hashOf } from '../../photos/import-photos.ts';

/** The photos of a backup that the data folder needs. */
export interface WantedPhotos {
  files: BackupFile[];
  /** Names among them of files that are there and hold something else. */
  changed: Set<string>;
}

/**
 * Looks which files of photos are not there as the backup has them. `step` is called with the bytes that were looked
 * at and need nothing.
 */
export async function wantedPhotos(
  files: readonly BackupFile[],
  dataFolder: string,
  step: (bytes: number) => void,
): Promise<WantedPhotos> {
  const wanted: WantedPhotos = { files: [], changed: new Set() };
  for (const file of files) {
    if (!file.name.startsWith('photos/')) continue;
    const found = await lookAt(join(dataFolder, file.name), file);
    if (found === 'same') step(file.size);
    else wanted.files.push(file);
    if (found === 'other') wanted.changed.add(file.name);
  }
  return wanted;
}

/**
 * Puts photos from the folder `staged` where they belong, each in one step. What is there and differs is put aside
 * below `aside`, never overwritten.
 * @throws Problem `target-unwritable`.
 */
export async function placePhotos(
  { files, changed }: WantedPhotos,
  staged: string,
  dataFolder: string,
  aside: string,
): Promise<void> {
  const folders = new Set<string>();
  const move = async (from: string, to: string) => {
    try {
      await mkdir(dirname(to), { recursive: true, mode: 0o700 });
      await rename(from, to);
    } catch (error) {
      throw targetUnwritable(to, error);
    }
    for (const folder of foldersTo(to, dataFolder)) folders.add(folder);
  };
  for (const { name } of files) {
    const place = join(dataFolder, name);
    if (changed.has(name)) await move(place, join(aside, name));
    await move(join(staged, name), place);
  }
  for (const folder of folders) await syncFolder(folder);
}

/** The folders from the data folder down to a file. */
function foldersTo(path: string, dataFolder: string): string[] {
  const names = relative(dataFolder, dirname(path)).split(sep);
  return names.map((_, depth) => join(dataFolder, ...names.slice(0, depth + 1))).concat(dataFolder);
}

async function lookAt(path: string, { size, sha256 }: BackupFile): Promise<'same' | 'other' | 'none'> {
  try {
    if ((await stat(path)).size !== size) return 'other';
    return (await hashOf(path)) === sha256 ? 'same' : 'other';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'none';
    throw error;
  }
}
