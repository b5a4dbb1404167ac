import {
  close,
  closeSync,
  constants,
  createReadStream,
  fdatasync,
  fstat,
  open,
  openSync,
  write,
} from 'node:fs';
import {
  mkdir,
  open as openHandle,
  readdir,
  readFile,
  rename,
  rm,
  statfs,
  truncate,
  unlink,
} from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { tryLock } from 'fs-native-extensions';
import { syncingWrites, type AppendFile, type FileSystem } from './file-system.ts';

const openFile = promisify(open);
const closeFile = promisify(close);
const datasyncFile = promisify(fdatasync);
const statFile = promisify(fstat);

/**
 * Linux writes and syncs in one call, which spares the second way through the thread pool. Elsewhere the flag promises
 * less than a sync does: macOS leaves the bytes in the drive's own memory, and not every drive heeds what Windows asks.
 */
const SYNCED = process.platform === 'linux' ? constants.O_DSYNC : undefined;

/** How often a rename or a removal is tried that somebody else's look at the file stands in the way of. */
const TRIES = 6;
const FIRST_PAUSE = 20;

/** The real disk. */
export const nodeFileSystem: FileSystem = {
  async makeFolder(path) {
    const first = await mkdir(path, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    for (let made = resolve(path); made.length >= resolve(first).length; made = dirname(made))
      await nodeFileSystem.syncFolder(dirname(made));
  },
  list: (path) => readdir(path),
  read: (path) => readFile(path),
  readPieces: (path) => createReadStream(path, { highWaterMark: 256 * 1024 }),
  async openForAppend(path, { exclusive, synced = false }) {
    const { O_WRONLY, O_CREAT, O_APPEND, O_EXCL } = constants;
    const flags = O_WRONLY | O_CREAT | O_APPEND | (exclusive ? O_EXCL : 0) | (synced ? (SYNCED ?? 0) : 0);
    const file = appendFile(path, await openFile(path, flags, 0o600));
    return synced && SYNCED === undefined ? syncingWrites(file) : file;
  },
  async rewrite(path, at, bytes) {
    const file = await openHandle(path, 'r+');
    try {
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await file.write(bytes, written, bytes.length - written, at + written);
        if (bytesWritten === 0) throw new Error('the disk took no bytes');
        written += bytesWritten;
      }
      await file.datasync();
    } finally {
      await file.close();
    }
  },
  rename: (from, to) => persistently(() => rename(from, to)),
  remove: (path) => persistently(() => unlink(path)),
  removeFolder: (path) => rm(path, { recursive: true, force: true, maxRetries: TRIES }),
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

function appendFile(path: string, fd: number): AppendFile {
  return {
    write: (buffer, offset) =>
      new Promise((resolve, reject) => {
        write(fd, buffer, offset, buffer.length - offset, null, (error, count) =>
          error ? reject(error) : resolve(count),
        );
      }),
    datasync: () => datasyncFile(fd),
    size: async () => (await statFile(fd)).size,
    // Windows lets nobody cut a file through a handle that may only append.
    truncate: (size) => truncate(path, size),
    close: () => closeFile(fd),
  };
}

/** On Windows a virus scanner holds files for moments; there a refusal is tried again. */
async function persistently(action: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await action();
    } catch (error) {
      if (process.platform !== 'win32' || tries === TRIES || !isInTheWay(error)) throw error;
      await setTimeout(FIRST_PAUSE * 2 ** tries);
    }
  }
}

function isInTheWay(error: unknown): boolean {
  return ['EPERM', 'EBUSY', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** The kernel holds the lock: no file is left behind that could be mistaken for one. */
function lockFile(path: string): (() => void) | undefined {
  const fd = openSync(path, 'a', 0o600);
  if (tryLock(fd)) return () => closeSync(fd);
  closeSync(fd);
  return undefined;
}
