import { basename } from 'node:path';
import {
  syncingWrites,
  type AppendFile,
  type FileSystem,
  type OpenOptions,
} from '../../src/store/file-system.ts';
import { nodeFileSystem } from '../../src/store/node-file-system.ts';

/** How the disk behaves in one call that is passed on. */
export interface Behaviour {
  /** Bytes that a write takes at most. */
  short?: number;
  /** What is answered, though it was done. */
  error?: Error;
}

/**
 * Stands between the store and a disk, the real one where none is given: notes every call that changes something
 * ("datasync journal-000000000001.jsonl") and lets a test make the disk slow, short or broken.
 */
export class WatchedFileSystem implements FileSystem {
  readonly calls: string[] = [];
  /** Called before a call is passed on, reading ones too; what it throws is what the disk answers. */
  before: (call: string, path: string) => void | Behaviour | Promise<void | Behaviour> = () => {};
  /** Called when the disk has done what it was asked, before the store hears of it. */
  after: (call: string, path: string) => void = () => {};
  /** Bytes that one write takes at most. */
  shortWrites = Infinity;
  readonly #disk: FileSystem;

  constructor(disk: FileSystem = nodeFileSystem) {
    this.#disk = disk;
  }

  list(path: string): Promise<string[]> {
    return this.#watch('list', path, () => this.#disk.list(path));
  }

  read(path: string): Promise<Buffer> {
    return this.#watch('read', path, () => this.#disk.read(path));
  }

  async *readPieces(path: string): AsyncGenerator<Buffer> {
    await this.#watch('readPieces', path, async () => {});
    yield* this.#disk.readPieces(path);
  }

  space(path: string): Promise<{ free: number; total: number }> {
    return this.#watch('space', path, () => this.#disk.space(path));
  }

  async lock(path: string): Promise<(() => void) | undefined> {
    let unlock: (() => void) | undefined;
    try {
      return await this.#watch('lock', path, async () => (unlock = await this.#disk.lock(path)));
    } catch (error) {
      unlock?.();
      throw error;
    }
  }

  makeFolder(path: string): Promise<void> {
    return this.#change('makeFolder', path, () => this.#disk.makeFolder(path));
  }

  rewrite(path: string, at: number, bytes: Buffer): Promise<void> {
    return this.#change('rewrite', path, () => this.#disk.rewrite(path, at, bytes));
  }

  rename(from: string, to: string): Promise<void> {
    return this.#change('rename', to, () => this.#disk.rename(from, to));
  }

  remove(path: string): Promise<void> {
    return this.#change('remove', path, () => this.#disk.remove(path));
  }

  removeFolder(path: string): Promise<void> {
    return this.#change('removeFolder', path, () => this.#disk.removeFolder(path));
  }

  syncFolder(path: string): Promise<void> {
    return this.#change('syncFolder', path, () => this.#disk.syncFolder(path));
  }

  async openForAppend(path: string, { exclusive, synced }: OpenOptions): Promise<AppendFile> {
    const file = await this.#open(path, exclusive);
    // Write and sync are two calls here, so that a test lets either of them fail.
    const watched: AppendFile = {
      write: (buffer, offset) =>
        this.#change('write', path, ({ short = this.shortWrites }) =>
          file.write(buffer.subarray(0, offset + Math.min(short, buffer.length - offset)), offset),
        ),
      datasync: () => this.#change('datasync', path, () => file.datasync()),
      size: () => this.#watch('size', path, () => file.size()),
      truncate: (size) => this.#change('truncate', path, () => file.truncate(size)),
      close: () => this.#change('close', path, () => file.close()),
    };
    return synced ? syncingWrites(watched) : watched;
  }

  /** Who is told that a file could not be opened has none to close. */
  async #open(path: string, exclusive: boolean): Promise<AppendFile> {
    let file: AppendFile | undefined;
    try {
      return await this.#change(
        'open',
        path,
        async () => (file = await this.#disk.openForAppend(path, { exclusive })),
      );
    } catch (error) {
      await file?.close();
      throw error;
    }
  }

  #change<Result>(verb: string, path: string, action: Action<Result>): Promise<Result> {
    this.calls.push(`${verb} ${basename(path)}`);
    return this.#watch(verb, path, action);
  }

  async #watch<Result>(verb: string, path: string, action: Action<Result>): Promise<Result> {
    const call = `${verb} ${basename(path)}`;
    const behaviour = (await this.before(call, path)) ?? {};
    const result = await action(behaviour);
    this.after(call, path);
    if (behaviour.error) throw behaviour.error;
    return result;
  }
}

type Action<Result> = (behaviour: Behaviour) => Promise<Result>;

/** Answers the first matching calls with an error, as many times as told; then all is well again. */
export function failing(start: string, times = 1, code = 'EIO'): (call: string) => void {
  let left = times;
  return (call) => {
    if (!call.startsWith(start) || left === 0) return;
    left--;
    throw Object.assign(new Error(`${code}: the disk failed on purpose`), { code });
  };
}
