import { join } from 'node:path';
import { Problem } from '../domain/problem.ts';
import type { FileSystem } from './file-system.ts';

/**
 * Takes the one writer's lock of a data folder: beside the store, as the store's own folder may be exchanged.
 * @throws Problem `store-in-use` when another process has it.
 */
export async function lockDataFolder(fs: FileSystem, dataFolder: string): Promise<() => void> {
  const unlock = await fs.lock(join(dataFolder, 'lock'));
  if (unlock) return unlock;
  throw new Problem('store-in-use', {
    en: `The data folder ${dataFolder} is in use by another Muster. Please close that one first, or name another folder with --data.`,
    zh: `数据文件夹 ${dataFolder} 正被另一个集结程序使用。请先关闭它，或用 --data 指定其他文件夹。`,
  });
}
