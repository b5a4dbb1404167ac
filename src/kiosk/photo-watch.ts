import { watch as watchFiles, type FSWatcher } from 'chokidar';
import { stat, statfs } from 'node:fs/promises';
import { relative } from 'node:path';
import type { WatchView } from '../api/photos-api.ts';
import type { Settings } from '../domain/settings.ts';
import type { PhotoImports } from './photo-imports.ts';

/** A folder whose new photos come in by themselves. */
export interface PhotoWatch {
  /** Watches this folder from now on, and no other; null: none. */
  follow(setting: Settings['watch']): void;
  view(): WatchView | null;
  /** Stops watching. */
  close(): Promise<void>;
}

/** What the watching works with; times in milliseconds. */
export interface WatchParts {
  imports: Pick<PhotoImports, 'importFiles' | 'read'>;
  onChange(): void;
  onFault(error: unknown): void;
  /** How often it looks whether the folder is there and files are whole. */
  lookEvery?: number;
  /** A file is whole when its size and time have stayed the same for so long. */
  settledAfter?: number;
}

/** After an import that failed the folder is looked through again, but not at once, in milliseconds. */
const AGAIN_AFTER = 60_000;
/** How often a disk of another machine is looked through, in milliseconds. */
const POLL_EVERY = 5000;
/** What systems, cameras and browsers keep for themselves or have not finished. */
const NOT_MEANT =
  /(^|[\\/])([.~$@#][^\\/]*|Thumbs\.db|desktop\.ini|System Volume Information)([\\/]|$)|(~|\.(tmp|temp|part|partial|crdownload|download))$/i;
/** Disks of other machines, which tell of no changes, by what statfs calls them: NFS, SMB, FUSE, 9P, Ceph, VirtualBox. */
const REMOTE = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546, 0x01021997, 0x00c36400, 0x786f4256,
]);

/** Nothing is watched until `follow`. Files are only ever read; nothing is imported twice. */
export function openPhotoWatch(parts: WatchParts): PhotoWatch {
  let current: Watching | undefined;
  let closing: Promise<unknown> = Promise.resolve();
  return {
    follow(setting) {
      const { folder, albumName } = current ?? {};
      if (setting?.folder === folder && setting?.albumName === albumName) return;
      const before = current;
      closing = Promise.all([closing, before?.close()]);
      current = setting ? new Watching(setting.folder, setting.albumName, parts) : undefined;
      parts.onChange();
    },
    view: () => current?.view() ?? null,
    async close() {
      await Promise.all([closing, current?.close()]);
    },
  };
}

interface Arriving {
  size: number;
  mtimeMs: number;
  /** Since when it is as it is. */
  since: number;
}

class Watching {
  readonly folder: string;
  readonly albumName: string;
  readonly #parts: WatchParts;
  readonly #arriving = new Map<string, Arriving>();
  readonly #timer: NodeJS.Timeout;
  #watcher: FSWatcher | undefined;
  #state: WatchView['state'] = 'watching';
  #added = 0;
  #looking: Promise<void> | undefined;
  #notBefore = 0;
  #failed: string | undefined;
  #isClosed = false;

  constructor(folder: string, albumName: string, parts: WatchParts) {
    this.folder = folder;
    this.albumName = albumName;
    this.#parts = parts;
    this.#timer = setInterval(() => this.#lookOnce(), parts.lookEvery ?? 1000).unref();
    this.#lookOnce();
  }

  view(): WatchView {
    const { folder, albumName } = this;
    return { folder, albumName, state: this.#state, added: this.#added, arriving: this.#arriving.size };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#looking;
    await this.#stop();
  }

  #lookOnce(): void {
    this.#looking ??= this.#look()
      .catch(this.#parts.onFault)
      .finally(() => (this.#looking = undefined));
  }

  async #look(): Promise<void> {
    const isThere = await isFolder(this.folder);
    this.#become(isThere ? 'watching' : 'gone');
    if (!isThere) return this.#stop();
    if (!this.#watcher && !this.#isClosed && performance.now() >= this.#notBefore) await this.#start();
    const whole = await this.#settled();
    if (whole.length > 0 && !this.#isClosed) await this.#import(whole);
  }

  async #start(): Promise<void> {
    const remote = await isRemote(this.folder);
    // Gone meanwhile: the next look says so.
    if (remote === undefined) return;
    const backend = remote ? 'polling' : 'auto';
    const watcher = watchFiles(this.folder, {
      backend,
      pollingInterval: POLL_EVERY,
      pollingBinaryInterval: POLL_EVERY,
      followSymlinks: false,
      ignored: (path) => NOT_MEANT.test(relative(this.folder, path)),
    });
    const arrived = (path: string) => void this.#arriving.set(path, { size: -1, mtimeMs: 0, since: 0 });
    watcher.on('add', arrived).on('change', arrived);
    watcher.on('unlink', (path) => void this.#arriving.delete(path));
    watcher.on('error', (error) => this.#parts.onFault(error));
    this.#watcher = watcher;
  }

  async #stop(): Promise<void> {
    this.#arriving.clear();
    const watcher = this.#watcher;
    this.#watcher = undefined;
    await watcher?.close();
  }

  /** Files that have not changed for a while; they are no longer waited for. */
  async #settled(): Promise<string[]> {
    const whole: string[] = [];
    for (const [path, before] of this.#arriving) {
      const now = await infoOf(path);
      if (!now) this.#arriving.delete(path);
      else if (now.size !== before.size || now.mtimeMs !== before.mtimeMs)
        this.#arriving.set(path, { size: now.size, mtimeMs: now.mtimeMs, since: performance.now() });
      else if (performance.now() - before.since >= (this.#parts.settledAfter ?? 4000)) whole.push(path);
    }
    for (const path of whole) this.#arriving.delete(path);
    return whole;
  }

  async #import(whole: string[]): Promise<void> {
    const { imports, onChange } = this.#parts;
    const view = await imports.importFiles(this.folder, whole.sort(), this.albumName);
    this.#added += view.added;
    // Of failures in a row only the last need be read.
    if (this.#failed !== undefined) await imports.read(this.#failed);
    this.#failed = view.state === 'failed' ? view.importId : undefined;
    if (view.state === 'failed') {
      this.#notBefore = performance.now() + AGAIN_AFTER;
      await this.#stop();
    }
    onChange();
  }

  #become(state: WatchView['state']): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#parts.onChange();
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await infoOf(path))?.isDirectory() ?? false;
}

async function infoOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    // Gone, or on a disk that does not answer: it is looked at again.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}

/** Undefined where the disk does not say. */
async function isRemote(path: string): Promise<boolean | undefined> {
  if (path.startsWith('\\\\')) return true;
  try {
    return REMOTE.has((await statfs(path)).type);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}
