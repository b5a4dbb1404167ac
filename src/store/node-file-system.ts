import {
  close,
  closeSync,
  constants,
  createReadStream,
  fdatasync,
  ftruncate,
  open,
  openSync,
  write,
} from 'node:fs';
import { mkdir, open as openHandle, readdir, readFile, rename, rm, statfs, unlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { tryLock } from 'fs-native-extensions';
import type { AppendFile, FileSystem } from './file-system.ts';

const openFile = promisify(open);
const closeFile = promisify(close);
const datasyncFile = promisify(fdatasync);
const truncateFile = promisify(ftruncate);

/** The real disk. */
export const nodeFileSystem: FileSystem = {
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  list: (path) => readdir(path),
  read: (path) => readFile(path),
  readPieces: (path) => createReadStream(path, { highWaterMark: 256 * 1024 }),
  async openForAppend(path, { exclusive }) {
    const { O_WRONLY, O_CREAT, O_APPEND, O_EXCL } = constants;
    return appendFile(await openFile(path, O_WRONLY | O_CREAT | O_APPEND | (exclusive ? O_EXCL : 0), 0o600));
  },
  rename,
  remove: unlink,
  removeFolder: (path) => rm(path, { recursive: true, force: true }),
  async syncFolder(path) {
    // Windows cannot sync a folder and makes renames durable by itself.
    if (process.platform === 'win32') return;
    const folder = await openHandle(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
  async space(path) {
    const { bavail, blocks, bsize } = await statfs(path);
    return { free: bavail * bsize, total: blocks * bsize };
  },
  lock: (path) => Promise.resolve(lockFile(path)),
};

function appendFile(fd: number): AppendFile {
  return {
    write: (buffer, offset) =>
      new Promise((resolve, reject) => {
        write(fd, buffer, offset, buffer.length - offset, null, (error, count) =>
          error ? reject(error) : resolve(count),
        );
      }),
    datasync: () => datasyncFile(fd),
    truncate: (size) => truncateFile(fd, size),
    close: () => closeFile(fd),
  };
}

/** The kernel holds the lock: no file is left behind that could be mistaken for one. */
function lockFile(path: string): (() => void) | undefined {
  const fd = openSync(path, 'a', 0o600);
  if (tryLock(fd)) return () => closeSync(fd);
  closeSync(fd);
  return undefined;
}
