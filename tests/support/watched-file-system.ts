import { basename } from 'node:path';
import type { AppendFile, FileSystem } from '../../src/store/file-system.ts';
import { nodeFileSystem } from '../../src/store/node-file-system.ts';

/**
 * Stands between the store and the real disk: notes every call that changes something ("datasync
 * journal-000000000001.jsonl") and lets a test make the disk slow, short or broken.
 */
export class WatchedFileSystem implements FileSystem {
  readonly calls: string[] = [];
  /** Called before a call is passed on; what it throws is what the disk answers. */
  before: (call: string) => void | Promise<void> = () => {};
  /** Called when the disk has done what it was asked, before the store hears of it. */
  after: (call: string) => void = () => {};
  /** Bytes that one write takes at most. */
  shortWrites = Infinity;

  readonly list = nodeFileSystem.list;
  readonly read = nodeFileSystem.read;

  makeFolder(path: string): Promise<void> {
    return this.#watch('makeFolder', path, () => nodeFileSystem.makeFolder(path));
  }

  rename(from: string, to: string): Promise<void> {
    return this.#watch('rename', to, () => nodeFileSystem.rename(from, to));
  }

  remove(path: string): Promise<void> {
    return this.#watch('remove', path, () => nodeFileSystem.remove(path));
  }

  syncFolder(path: string): Promise<void> {
    return this.#watch('syncFolder', path, () => nodeFileSystem.syncFolder(path));
  }

  async openForAppend(path: string, options: { exclusive: boolean }): Promise<AppendFile> {
    const file = await this.#watch('open', path, () => nodeFileSystem.openForAppend(path, options));
    return {
      write: (buffer, offset) => {
        const some = buffer.subarray(0, offset + Math.min(this.shortWrites, buffer.length - offset));
        return this.#watch('write', path, () => file.write(some, offset));
      },
      datasync: () => this.#watch('datasync', path, () => file.datasync()),
      truncate: (size) => this.#watch('truncate', path, () => file.truncate(size)),
      close: () => this.#watch('close', path, () => file.close()),
    };
  }

  async #watch<Result>(verb: string, path: string, action: () => Promise<Result>): Promise<Result> {
    const call = `${verb} ${basename(path)}`;
    this.calls.push(call);
    await this.before(call);
    const result = await action();
    this.after(call);
    return result;
  }
}

/** Answers the first matching calls with an error, as many times as told; then all is well again. */
export function failing(start: string, times = 1, code = 'EIO'): (call: string) => void {
  let left = times;
  return (call) => {
    if (!call.startsWith(start) || left === 0) return;
    left--;
    throw Object.assign(new Error(`${code}: the disk failed on purpose`), { code });
  };
}
