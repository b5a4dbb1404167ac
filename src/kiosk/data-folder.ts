import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Problem } from '../domain/problem.ts';

/** The store, or the one that was about to take its place when something broke in. */
const STORES = new Set(['store', 'store.ready']);

/**
 * The data folder for every host and the command line: `--data`, else `MUSTER_DATA`, else the system's folder
 * for user data (the one Electron calls userData).
 */
export function findDataFolder(option: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  return resolve(option ?? (env.MUSTER_DATA || join(userData(env), 'muster')));
}

/**
 * Makes sure the folder can be a kiosk's: creates it where it is missing, only for its owner.
 * @throws Problem when it cannot be read or made, or holds photos but no store.
 */
export function prepareDataFolder(folder: string): void {
  let names: string[];
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    names = readdirSync(folder);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new Problem(
      'data-folder-unreadable',
      {
        en: `The data folder ${folder} cannot be used (${reason}). Please check the path and its permissions, or name another folder with --data.`,
        zh: `无法使用数据文件夹 ${folder}（${reason}）。请检查路径和权限，或用 --data 指定其他文件夹。`,
      },
      { cause },
    );
  }
  if (names.includes('photos') && !names.some((name) => STORES.has(name))) throw photosWithoutStore(folder);
}

/**
 * Refuses to begin a new store where a library of photos says that there was one.
 * @throws Problem `photos-without-store`.
 */
export function requireNoPhotos(folder: string): void {
  const originals = join(folder, 'photos', 'originals');
  if (existsSync(originals) && readdirSync(originals).length > 0) throw photosWithoutStore(folder);
}

function photosWithoutStore(folder: string): Problem {
  return new Problem('photos-without-store', {
    en: `The folder ${folder} holds photos but no store that knows them, so it is not a whole data folder and was left alone. Please restore the store folder from a backup, or name another folder with --data.`,
    zh: `文件夹 ${folder} 中有照片但没有相应的数据存储，不是完整的数据文件夹，未做任何改动。请从备份恢复 store 文件夹，或用 --data 指定其他文件夹。`,
  });
}

function userData(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return env.APPDATA ?? join(homedir(), 'AppData', 'Roaming');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
}

/** @throws Problem `data-folder-missing` where there is no kiosk to look at. */
export function requireDataFolder(folder: string): void {
  if ([...STORES].some((name) => existsSync(join(folder, name)))) return;
  throw new Problem('data-folder-missing', {
    en: `There is no kiosk in ${folder}. Please name its data folder with --data.`,
    zh: `${folder} 中没有集结的数据。请用 --data 指定数据文件夹。`,
  });
}
