import { stat, statfs } from 'node:fs/promises';
import { Problem } from '../../domain/problem.ts';
import { spaceMarks } from '../../store/ballast.ts';
import { targetUnwritable } from '../../files/target-unwritable.ts';
import { sizeWords } from './size-words.ts';

/**
 * Makes sure that a backup of `bytes` fits into a folder. On the disk of the data it leaves what imports and sign-ins
 * need.
 * @throws Problem `disk-nearly-full`, `target-unwritable` where there is no such folder.
 */
export async function requireRoomForBackup(folder: string, bytes: number, dataFolder: string): Promise<void> {
  const { free, low } = await spaceAt(folder);
  const isSame = (await stat(folder)).dev === (await stat(dataFolder)).dev;
  requireRoom(folder, bytes, free - (isSame ? low : 0));
}

/**
 * Makes sure that what is to be restored fits beside what is there, and leaves room for sign-ins.
 * @throws Problem `disk-nearly-full`.
 */
export async function requireRoomForRestore(dataFolder: string, bytes: number): Promise<void> {
  const { free, critical } = await spaceAt(dataFolder);
  requireRoom(dataFolder, bytes, free - critical);
}

function requireRoom(folder: string, bytes: number, room: number): void {
  if (bytes <= room) return;
  const [needed, has] = [sizeWords(bytes), sizeWords(Math.max(0, room))];
  throw new Problem('disk-nearly-full', {
    en: `${needed} are needed, and the disk of ${folder} has room for ${has}. Please free some space there or choose another disk; nothing was changed.`,
    zh: `需要 ${needed}，而 ${folder} 所在磁盘可用 ${has}。请清理空间或选择其他磁盘；未做任何改动。`,
  });
}

async function spaceAt(folder: string): Promise<{ free: number; low: number; critical: number }> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { free: bavail * bsize, ...spaceMarks(blocks * bsize) };
  } catch (error) {
    throw targetUnwritable(folder, error);
  }
}
