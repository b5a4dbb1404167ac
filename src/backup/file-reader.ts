import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import { backupDamaged, backupUnreadable, diskCode } from './backup-problems.ts';

/** A backup file that is open. */
export interface BackupOnDisk {
  path: string;
  /** In bytes. */
  size: number;
  handle: FileHandle;
}

/** Read at once, in bytes: of an entry's content, and of the list of entries. */
const PIECE = 256 * 1024;
const BLOCK = 64 * 1024;

/** Reads a zip file for the library: never outside the file, and the list of entries in blocks. */
export class FileReader extends RandomAccessReader {
  readonly #file: BackupOnDisk;
  readonly #space = Buffer.allocUnsafe(BLOCK);
  /** What was read last of the list, and where it is in the file. */
  #block: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(file: BackupOnDisk) {
    super();
    this.#file = file;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#inBlock(position, length).then((bytes) => {
      bytes.copy(buffer, offset);
      callback(null);
    }, callback);
  }

  override createReadStream({ start, end }: { start: number; end: number }): Readable {
    return Readable.from(this.#pieces(start, end));
  }

  async *#pieces(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; at += PIECE)
      yield this.#fill(Buffer.allocUnsafe(Math.min(PIECE, end - at)), at);
  }

  async #inBlock(position: number, length: number): Promise<Buffer> {
    if (position < this.#at || position + length > this.#at + this.#block.length) {
      const { size } = this.#file;
      if (position + length > size) throw new Error(`${position} + ${length} lies behind the end, ${size}`);
      const space = length > BLOCK ? Buffer.allocUnsafe(length) : this.#space;
      this.#block = this.#space.subarray(0, 0);
      this.#block = await this.#fill(space.subarray(0, size - position), position);
      this.#at = position;
    }
    return this.#block.subarray(position - this.#at, position - this.#at + length);
  }

  async #fill(bytes: Buffer, position: number): Promise<Buffer> {
    const { path, handle } = this.#file;
    try {
      for (let read = 0; read < bytes.length;) {
        const { bytesRead } = await handle.read(bytes, read, bytes.length - read, position + read);
        if (bytesRead === 0) throw becameShorter(path);
        read += bytesRead;
      }
    } catch (error) {
      const code = diskCode(error);
      throw code === undefined ? error : backupUnreadable(path, code, error);
    }
    return bytes;
  }
}

function becameShorter(path: string) {
  return backupDamaged(path, { en: 'it became shorter while it was read', zh: '读取时文件变短了' });
}
