import { dirname, join } from 'node:path';
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
 * removed. Wherever it is interrupted, `finishExchange` leaves one whole store.
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
  if (keepAs === undefined) await fs.removeFolder(old);
}

/** Ends an exchange that was interrupted: once the other store was ready it takes its place. */
export async function finishExchange(fs: FileSystem, dataFolder: string): Promise<void> {
  const names = await fs.list(dataFolder);
  if (names.includes(READY)) {
    // Before the old one was put away nothing had been exchanged yet, and whoever asked was not told it had.
    if (names.includes('store')) await fs.removeFolder(join(dataFolder, READY));
    else await fs.rename(join(dataFolder, READY), join(dataFolder, 'store'));
    await fs.syncFolder(dataFolder);
  }
  for (const left of [OLD, IN_WORK]) {
    if (names.includes(left)) await fs.removeFolder(join(dataFolder, left));
  }
}
