import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock } from 'fs-native-extensions';
import { Problem } from '../domain/problem.ts';

/**
 * Takes the one writer's lock of a store folder. The kernel holds it and releases it when the process dies,
 * however it dies; no file is left behind that could be mistaken for a lock.
 * @throws Problem `store-in-use` when another process has it.
 */
export function lockStore(folder: string, dataFolder: string): () => void {
  const fd = openSync(join(folder, 'lock'), 'a', 0o600);
  if (!tryLock(fd)) {
    closeSync(fd);
    throw new Problem('store-in-use', {
      en: `The data folder ${dataFolder} is in use by another Muster. Please close that one first, or name another folder with --data.`,
      zh: `数据文件夹 ${dataFolder} 正被另一个集结程序使用。请先关闭它，或用 --data 指定其他文件夹。`,
    });
  }
  return () => closeSync(fd);
}
