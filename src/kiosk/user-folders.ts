import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** What a system calls these folders unless somebody has moved or translated them. */
const PLAIN = ['Desktop', 'Documents', 'Downloads', 'Pictures'];
/** The same in the file where Linux desktops say what they are called: 桌面, 文档 and so on. */
const XDG = /^\s*XDG_(?:DESKTOP|DOCUMENTS|DOWNLOAD|PICTURES)_DIR="(.*)"\s*$/gm;
/** Where OneDrive says that it has taken the folders to. */
const ONE_DRIVE = ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial'];

/** The user's desktop, documents, downloads and pictures, wherever this system has them; not all need be there. */
export async function userFolders(env: NodeJS.ProcessEnv): Promise<string[]> {
  const home = (process.platform !== 'win32' && env.HOME) || homedir();
  const homes = [home, ...ONE_DRIVE.map((name) => env[name]).filter((path) => path !== undefined)];
  const plain = homes.flatMap((above) => PLAIN.map((name) => join(above, name)));
  return [...(await xdgFolders(home, env)), ...plain];
}

async function xdgFolders(home: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const config = env.XDG_CONFIG_HOME ?? join(home, '.config');
  let text: string;
  try {
    text = await readFile(join(config, 'user-dirs.dirs'), 'utf8');
  } catch (error) {
    // Other systems have none, nor has a machine without a desktop.
    if ((error as NodeJS.ErrnoException).code !== undefined) return [];
    throw error;
  }
  return (
    [...text.matchAll(XDG)]
      .map(([, value]) => value!.replaceAll(/\\(.)/g, '$1').replace(/^\$HOME(?=\/|$)/, home))
      .filter((path) => isAbsolute(path))
      .map((path) => resolve(path))
      // A folder that somebody has switched off is the home itself there.
      .filter((path) => path !== resolve(home))
  );
}
