/** The few disk calls the store uses, so that tests can stand between it and the disk. */
export interface FileSystem {
  /** Creates the folder and its parents, the last one only for its owner; what it made is durable. */
  makeFolder(path: string): Promise<void>;
  /** Names in the folder. */
  list(path: string): Promise<string[]>;
  read(path: string): Promise<Buffer>;
  /** The file piece by piece, for what is too large to hold at once. */
  readPieces(path: string): AsyncIterable<Buffer>;
  /** Opens a file that only its owner may read. */
  openForAppend(path: string, options: OpenOptions): Promise<AppendFile>;
  /**
   * Writes bytes that the file holds there once more, and syncs them. After a sync that failed Linux takes for written
   * what may not be, and reads it back: only what is written again is certain.
   */
  rewrite(path: string, at: number, bytes: Buffer): Promise<void>;
  /** Renames a file or a folder; a file takes the place of another one. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Removes the folder with everything in it; nothing happens where there is none. */
  removeFolder(path: string): Promise<void>;
  /** Makes creations, renames and removals in the folder durable. */
  syncFolder(path: string): Promise<void>;
  /** Of the disk of the path: bytes that are left for this user, and bytes in all. */
  space(path: string): Promise<{ free: number; total: number }>;
  /**
   * Takes the lock that is this file (made where it is missing) until it is released or the process dies, however
   * it dies; undefined when another one has it.
   */
  lock(path: string): Promise<(() => void) | undefined>;
}

/** How a file is opened for appending. */
export interface OpenOptions {
  /** The file must not exist yet. */
  exclusive: boolean;
  /** Each write is on the disk once it resolves; where it rejects, the disk may hold any part of it. */
  synced?: true;
}

/** A file that only grows, but for cutting back what was never acknowledged. */
export interface AppendFile {
  /** Writes from `offset` of the buffer on; may write less than all. Resolves with the bytes written. */
  write(buffer: Buffer, offset: number): Promise<number>;
  datasync(): Promise<void>;
  /** Bytes that the file has, on the disk or not. */
  size(): Promise<number>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

/** Writes the whole buffer, however many calls that takes: Node's write may be short on a full disk. */
export async function writeAll(file: AppendFile, buffer: Buffer): Promise<void> {
  let written = 0;
  while (written < buffer.length) {
    const count = await file.write(buffer, written);
    if (count === 0) throw Object.assign(new Error('the disk took no bytes'), { code: 'ENOSPC' });
    written += count;
  }
}

/** The file with each write synced by a call of its own. */
export function syncingWrites(file: AppendFile): AppendFile {
  async function write(buffer: Buffer, offset: number): Promise<number> {
    const count = await file.write(buffer, offset);
    await file.datasync();
    return count;
  }
  return { ...file, write };
}

/**
 * Writes a new file whole and synced; the folder is left to the caller to sync.
 * @throws what the disk answered, with nothing left of the file.
 */
export async function createFile(fs: FileSystem, path: string, pieces: Iterable<Buffer>): Promise<void> {
  const file = await fs.openForAppend(path, { exclusive: true });
  try {
    await fill(file, pieces);
  } catch (cause) {
    try {
      await fs.remove(path);
    } catch (error) {
      throw new AggregateError([cause, error], `${path} could not be written, nor removed`, { cause: error });
    }
    throw cause;
  }
}

async function fill(file: AppendFile, pieces: Iterable<Buffer>): Promise<void> {
  try {
    for (const piece of pieces) await writeAll(file, piece);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Removes the file where there is one. */
export async function removeIfThere(fs: FileSystem, path: string): Promise<void> {
  try {
    await fs.remove(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
