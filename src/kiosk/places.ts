import type { Dirent } from 'node:fs';
import { access, constants, readdir, realpath, stat, statfs } from 'node:fs/promises';
import { basename, delimiter, dirname, extname, join, resolve, sep } from 'node:path';
import type { FolderView, Place } from '../api/places-api.ts';
import { CallError } from '../api/call-error.ts';
import { mountPoints } from './mount-points.ts';
import { userFolders } from './user-folders.ts';

/** Endings that may be photos; what they are is found out from their bytes when they are imported. */
const PHOTO_ENDINGS = '.jpg .jpeg .png .webp .avif .gif .tif .tiff .heic .heif'.split(' ');

/**
 * The places of this machine that staff may read from and write to: what is plugged in, the user's own folders,
 * and the folders that `MUSTER_PLACES` names (separated as in PATH), for a share of the plant, say.
 */
export async function findPlaces(env: NodeJS.ProcessEnv = process.env): Promise<Place[]> {
  const sticks = (await stickFolders()).map((path) => ({ path, kind: 'stick' as const }));
  const named = (env.MUSTER_PLACES ?? '').split(delimiter).filter(Boolean);
  const folders = [...named, ...(await userFolders(env))];
  const all = [...sticks, ...folders.map((path) => ({ path: resolve(path), kind: 'folder' as const }))];
  const places = await Promise.all(all.map(({ path, kind }) => lookAt(path, kind)));
  const seen = new Set<string>();
  return places
    .filter((place) => place !== undefined)
    .filter(({ path }) => !seen.has(path) && seen.add(path));
}

/**
 * The real path of a folder that lies in one of the places.
 * @throws CallError `place-unknown` where it does not, `folder-unreadable` where it is gone.
 */
export async function folderInPlaces(path: string, places: readonly Place[]): Promise<string> {
  let real: string;
  try {
    real = await realpath(path);
  } catch (error) {
    throw folderUnreadable(path, error);
  }
  if (!places.some((place) => isWithin(real, place.path))) throw placeUnknown(path);
  return real;
}

/** What lies in a folder of one of the places. @throws CallError as `folderInPlaces`. */
export async function browse(path: string): Promise<FolderView> {
  const places = await findPlaces();
  const real = await folderInPlaces(path, places);
  let entries;
  try {
    entries = await readdir(real, { withFileTypes: true });
  } catch (error) {
    throw folderUnreadable(path, error);
  }
  const above = dirname(real);
  const inOrder = (those: Dirent[]) =>
    those
      .map(({ name }) => ({ name, path: join(real, name) }))
      .sort((a, b) => a.name.localeCompare(b.name, 'zh-CN', { numeric: true }));
  return {
    path: real,
    name: places.find((place) => place.path === real)?.name ?? basename(real),
    parent: above !== real && places.some((place) => isWithin(above, place.path)) ? above : null,
    folders: inOrder(entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))),
    zips: inOrder(entries.filter((entry) => entry.isFile() && endsIn(entry, ['.zip']))),
    photos: entries.filter((entry) => entry.isFile() && endsIn(entry, PHOTO_ENDINGS)).length,
  };
}

function endsIn({ name }: Dirent, endings: readonly string[]): boolean {
  return endings.includes(extname(name).toLowerCase());
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function lookAt(path: string, kind: Place['kind']): Promise<Place | undefined> {
  try {
    const real = await realpath(path);
    if (!(await stat(real)).isDirectory()) return undefined;
    const { bavail, bsize } = await statfs(real);
    return {
      path: real,
      name: basename(real) || real,
      kind,
      writable: await isWritable(real),
      freeBytes: bavail * bsize,
    };
  } catch (error) {
    // A place that is not there (any more), or not for us, is none.
    if ((error as NodeJS.ErrnoException).code !== undefined) return undefined;
    throw error;
  }
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** Where this system shows what is plugged in. */
async function stickFolders(): Promise<string[]> {
  if (process.platform === 'win32') return [...'DEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}:\\`);
  if (process.platform === 'darwin') return foldersIn('/Volumes');
  return mountPoints();
}

async function foldersIn(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== undefined) return [];
    throw error;
  }
}

function placeUnknown(path: string): CallError {
  return new CallError('refused', 'place-unknown', {
    en: `${path} is in none of this machine's places. Please choose a stick or a folder from the list.`,
    zh: `${path} 不在本机可用的位置中。请从列表中选择 U 盘或文件夹。`,
  });
}

function folderUnreadable(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return new CallError('refused', 'folder-unreadable', {
    en: `The folder ${path} cannot be read (${code}). If it was on a stick, please plug the stick in again.`,
    zh: `无法读取文件夹 ${path}（${code}）。如在 U 盘上，请重新插入 U 盘。`,
  });
}
