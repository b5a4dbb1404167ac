import { basename, dirname } from 'node:path/posix';
import {
  syncingWrites,
  type AppendFile,
  type FileSystem,
  type OpenOptions,
} from '../../src/store/file-system.ts';
import { FileNode, FolderNode, momentOf, type FolderState, type Moment, type Node } from './memory-disk.ts';

/** Every file with its bytes and every folder (without bytes) of a disk, by path. */
export type Image = ReadonlyMap<string, Buffer | undefined>;

/**
 * A disk in memory that knows what a power cut would leave of it. Each instance is one process before its disk: locks
 * and open files end with it. Calls take effect one microtask after they are made, as no disk answers at once.
 */
export class MemoryFileSystem implements FileSystem {
  readonly root: FolderNode;
  /** Bytes that the disk holds at most. */
  capacity = Infinity;
  /** Told of every change, once it has happened. */
  onChange: (change: string) => void = () => {};
  /** Files and locks that this process has not closed. */
  readonly open = new Set<string>();
  #handles = 0;

  constructor(root = new FolderNode()) {
    this.root = root;
  }

  /** A disk on which all of this is durable. */
  static of(image: Image): MemoryFileSystem {
    const fs = new MemoryFileSystem();
    for (const [path, durable] of image) {
      const folder = fs.#grownFolder(durable ? dirname(path) : path);
      if (durable) folder.change({ name: basename(path), node: new FileNode({ durable, changes: [] }) });
    }
    for (const folder of fs.moment().folders.keys()) folder.sync();
    return fs;
  }

  /** The disk of that moment, as a process finds it that starts while the machine runs on. */
  static at({ root, files, folders }: Moment): MemoryFileSystem {
    const copies = new Map<Node, Node>();
    const copyOf = (node: Node): Node => {
      const known = copies.get(node);
      if (known) return known;
      const copy =
        node instanceof FileNode ? new FileNode(files.get(node)) : folderCopyOf(folders.get(node)!);
      copies.set(node, copy);
      return copy;
    };
    const folderCopyOf = ({ durable, changes }: FolderState): FolderNode =>
      new FolderNode({
        durable: new Map(Array.from(durable, ([name, node]) => [name, copyOf(node)])),
        changes: changes.map(({ node, moved, ...change }) => ({
          ...change,
          ...(node && { node: copyOf(node) }),
          ...(moved && { moved: { to: copyOf(moved.to) as FolderNode, node: copyOf(moved.node) } }),
        })),
      });
    return new MemoryFileSystem(copyOf(root) as FolderNode);
  }

  /** Bytes that all files hold together. */
  get used(): number {
    return sizeOf(this.root);
  }

  /** What a power cut may leave, and what it must. */
  moment(): Moment {
    return momentOf(this.root);
  }

  /** What a failed sync of the file leaves, when the disk did not do it. */
  failSync(path: string): void {
    this.#file(path).failSync();
  }

  async makeFolder(path: string): Promise<void> {
    await undefined;
    this.#grownFolder(path);
  }

  async list(path: string): Promise<string[]> {
    await undefined;
    return [...this.#folder(path).entries.keys()];
  }

  async read(path: string): Promise<Buffer> {
    await undefined;
    return Buffer.from(this.#file(path).content);
  }

  async *readPieces(path: string): AsyncGenerator<Buffer> {
    const bytes = await this.read(path);
    const piece = 64 * 1024;
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  }

  async openForAppend(path: string, { exclusive, synced }: OpenOptions): Promise<AppendFile> {
    await undefined;
    const folder = this.#folder(dirname(path));
    let node = folder.entries.get(basename(path));
    if (node && exclusive) throw diskError('EEXIST', path);
    if (node instanceof FolderNode) throw diskError('EISDIR', path);
    if (!node) {
      node = new FileNode();
      folder.change({ name: basename(path), node });
      this.onChange(`create ${path}`);
    }
    const file = this.#handle(path, node);
    return synced ? syncingWrites(file) : file;
  }

  async rewrite(path: string, at: number, bytes: Buffer): Promise<void> {
    await undefined;
    const file = this.#file(path);
    file.overwrite(at, Buffer.from(bytes));
    this.onChange(`rewrite ${path}`);
    file.sync();
    this.onChange(`datasync ${path}`);
  }

  async rename(from: string, to: string): Promise<void> {
    await undefined;
    const folder = this.#folder(dirname(from));
    const target = this.#folder(dirname(to));
    const node = this.#node(from);
    const there = target.entries.get(basename(to));
    if (there instanceof FolderNode && there.entries.size > 0) throw diskError('ENOTEMPTY', to);
    if (there && there instanceof FolderNode !== node instanceof FolderNode) throw diskError('ENOTDIR', to);
    if (folder === target) folder.change({ name: basename(to), node, from: basename(from) });
    else {
      target.change({ name: basename(to), node });
      folder.change({ name: basename(from), moved: { to: target, node } });
    }
    this.onChange(`rename ${to}`);
  }

  async remove(path: string): Promise<void> {
    await undefined;
    this.#file(path);
    this.#folder(dirname(path)).change({ name: basename(path) });
    this.onChange(`remove ${path}`);
  }

  async removeFolder(path: string): Promise<void> {
    await undefined;
    const folder = this.#folder(dirname(path));
    const node = folder.entries.get(basename(path));
    if (node instanceof FolderNode) {
      for (const [name, inside] of [...node.entries]) {
        if (inside instanceof FolderNode) await this.removeFolder(`${path}/${name}`);
        else await this.remove(`${path}/${name}`);
      }
    }
    if (!node) return;
    folder.change({ name: basename(path) });
    this.onChange(`removeFolder ${path}`);
  }

  async syncFolder(path: string): Promise<void> {
    await undefined;
    this.#folder(path).sync();
    this.onChange(`syncFolder ${path}`);
  }

  async space(path: string): Promise<{ free: number; total: number }> {
    await undefined;
    this.#node(path);
    return { free: Math.max(0, this.capacity - this.used), total: this.capacity };
  }

  async lock(path: string): Promise<(() => void) | undefined> {
    await undefined;
    const folder = this.#folder(dirname(path));
    if (!folder.entries.has(basename(path))) folder.change({ name: basename(path), node: new FileNode() });
    const name = `lock ${path}`;
    if (this.open.has(name)) return undefined;
    this.open.add(name);
    return () => void this.open.delete(name);
  }

  #handle(path: string, node: FileNode): AppendFile {
    const name = `file ${path} ${++this.#handles}`;
    this.open.add(name);
    const check = async () => {
      await undefined;
      if (!this.open.has(name)) throw diskError('EBADF', path);
    };
    return {
      write: async (buffer, offset) => {
        await check();
        const bytes = buffer.subarray(offset, offset + this.#roomFor(buffer.length - offset));
        if (bytes.length === 0 && offset < buffer.length) throw diskError('ENOSPC', path);
        node.append(Buffer.from(bytes));
        this.onChange(`write ${path}`);
        return bytes.length;
      },
      datasync: async () => {
        await check();
        node.sync();
        this.onChange(`datasync ${path}`);
      },
      size: async () => {
        await check();
        return node.size;
      },
      truncate: async (size) => {
        await check();
        node.truncate(size);
        this.onChange(`truncate ${path}`);
      },
      close: async () => {
        await check();
        this.open.delete(name);
      },
    };
  }

  #roomFor(bytes: number): number {
    if (this.capacity === Infinity) return bytes;
    return Math.max(0, Math.min(bytes, this.capacity - this.used));
  }

  #grownFolder(path: string): FolderNode {
    if (path === '/') return this.root;
    const parent = this.#grownFolder(dirname(path));
    const there = parent.entries.get(basename(path));
    if (there instanceof FolderNode) return there;
    if (there) throw diskError('EEXIST', path);
    const folder = new FolderNode();
    parent.change({ name: basename(path), node: folder });
    parent.sync();
    this.onChange(`makeFolder ${path}`);
    return folder;
  }

  #node(path: string): Node {
    if (path === '/') return this.root;
    const node = this.#folder(dirname(path)).entries.get(basename(path));
    if (!node) throw diskError('ENOENT', path);
    return node;
  }

  #folder(path: string): FolderNode {
    const node = this.#node(path);
    if (node instanceof FileNode) throw diskError('ENOTDIR', path);
    return node;
  }

  #file(path: string): FileNode {
    const node = this.#node(path);
    if (node instanceof FolderNode) throw diskError('EISDIR', path);
    return node;
  }
}

/** An error as Node tells it. */
export function diskError(code: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: the disk said no, '${path}'`), { code, path });
}

function sizeOf(node: Node): number {
  if (node instanceof FileNode) return node.size;
  let size = 0;
  for (const entry of node.entries.values()) size += sizeOf(entry);
  return size;
}
