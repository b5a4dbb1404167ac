import { dirname, join } from 'node:path';
import type { Bilingual } from '../domain/bilingual.ts';
import type { FileSystem } from './file-system.ts';

/** Beside `store`: a whole store that is to take its place, and the one that has lost it. */
const READY = 'store.ready';
const OLD = 'store.old';
/** Beside `store`: one that is still being put together. */
const IN_WORK = 'store.new';

/** An empty folder beside the store, to put together another one in; what an earlier attempt left is gone. */
export async function beginExchange(fs: FileSystem, dataFolder: string): Promise<string> {
  const folder = join(dataFolder, IN_WORK);
  await fs.removeFolder(folder);
  await fs.makeFolder(folder);
  return folder;
}

/**
 * Puts what `beginExchange` began in the place of the store, while that is closed. The old one is kept as `keepAs`, or
 * removed, if that can be done now (`removeLeftovers`). Wherever it is interrupted, `finishExchange` leaves one whole
 * store.
 */
export async function exchangeStore(fs: FileSystem, dataFolder: string, keepAs?: string): Promise<void> {
  const store = join(dataFolder, 'store');
  const old = keepAs ?? join(dataFolder, OLD);
  await fs.syncFolder(join(dataFolder, IN_WORK));
  await fs.makeFolder(dirname(old));
  await fs.rename(join(dataFolder, IN_WORK), join(dataFolder, READY));
  await fs.syncFolder(dataFolder);
  if ((await fs.list(dataFolder)).includes('store')) await fs.rename(store, old);
  await fs.syncFolder(dataFolder);
  await fs.syncFolder(dirname(old));
  await fs.rename(join(dataFolder, READY), store);
  await fs.syncFolder(dataFolder);
  if (keepAs === undefined) await removeLeftovers(fs, dataFolder);
}

/**
 * Ends an exchange that was interrupted: once the other store was ready it takes its place. Resolves with what could
 * not be tidied up.
 */
export async function finishExchange(fs: FileSystem, dataFolder: string): Promise<Bilingual[]> {
  const names = await fs.list(dataFolder);
  if (names.includes(READY)) {
    // Before the old one was put away nothing had been exchanged yet, and whoever asked was not told it had.
    if (names.includes('store')) await fs.removeFolder(join(dataFolder, READY));
    else await fs.rename(join(dataFolder, READY), join(dataFolder, 'store'));
    await fs.syncFolder(dataFolder);
  }
  return removeLeftovers(fs, dataFolder);
}

/**
 * Removes the stores that have lost their place. What cannot be removed now keeps nobody from signing in: it is told,
 * in words, and tried again at the next opening.
 */
export async function removeLeftovers(fs: FileSystem, dataFolder: string): Promise<Bilingual[]> {
  const words: Bilingual[] = [];
  for (const left of [OLD, IN_WORK]) {
    try {
      if ((await fs.list(dataFolder)).includes(left)) await fs.removeFolder(join(dataFolder, left));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      words.push({
        en: `An old copy of the data, ${left}, could not be removed (${code}); it is tried again at the next start.`,
        zh: `旧数据副本 ${left} 无法删除（${code}），下次启动时重试。`,
      });
    }
  }
  return words;
}
