/*
 * A disk as a power cut sees it: what was synced is there for certain, everything else may be. Files and folders keep
 * both: what is durable, and the changes behind it in order. States are immutable, so that a moment of the disk costs
 * next to nothing to keep.
 */

/**
 * What became of a change of a file. `waiting`: the next sync makes it durable. `doubtful`: its sync failed; it may be
 * on disk or not, and no later sync writes it, as Linux takes the pages for clean. `durable`: it is there for certain,
 * and is only listed because a doubtful one stands before it.
 */
export type Fate = 'waiting' | 'doubtful' | 'durable';

/** A change of a file's bytes. */
export type Change = { fate: Fate } & (
  { verb: 'write'; at: number; bytes: Buffer } | { verb: 'truncate'; size: number }
);

/** A change of a folder: a name gets this node (which leaves the name `from`), or is gone. */
export interface EntryChange {
  name: string;
  node?: Node;
  from?: string;
  /** The node has gone to another folder: no power cut takes it from here that does not leave it there. */
  moved?: { to: FolderNode; node: Node };
}

/** The bytes of a file. */
export interface FileState {
  durable: Buffer;
  changes: readonly Change[];
}

/** The names in a folder. */
export interface FolderState {
  durable: ReadonlyMap<string, Node>;
  changes: readonly EntryChange[];
}

export type Node = FileNode | FolderNode;

export class FileNode {
  state: FileState;
  #size: number;
  #content: Buffer | undefined;

  constructor(state: FileState = { durable: Buffer.alloc(0), changes: [] }) {
    this.state = state;
    this.#size = this.content.length;
  }

  /** What a program reads, whatever a power cut would leave of it. */
  get content(): Buffer {
    return (this.#content ??= contentOf(this.state));
  }

  get size(): number {
    return this.#size;
  }

  append(bytes: Buffer): void {
    this.#change({ verb: 'write', at: this.#size, bytes, fate: 'waiting' }, this.#size + bytes.length);
  }

  overwrite(at: number, bytes: Buffer): void {
    this.#change({ verb: 'write', at, bytes, fate: 'waiting' }, Math.max(this.#size, at + bytes.length));
  }

  truncate(size: number): void {
    this.#change({ verb: 'truncate', size, fate: 'waiting' }, size);
  }

  sync(): void {
    const changes = cutAway(this.state.changes.map(settled));
    const certain = changes.every(({ fate }) => fate === 'durable');
    this.state = certain ? { durable: this.content, changes: [] } : { ...this.state, changes };
  }

  /** What a failed sync leaves: nobody knows what is on disk, and no later sync tells. */
  failSync(): void {
    const changes = this.state.changes.map((change) =>
      change.fate === 'waiting' && change.verb === 'write'
        ? { ...change, fate: 'doubtful' as const }
        : change,
    );
    this.state = { ...this.state, changes };
  }

  #change(change: Change, size: number): void {
    this.state = { ...this.state, changes: [...this.state.changes, change] };
    this.#size = size;
    this.#content = undefined;
  }
}

export class FolderNode {
  state: FolderState;
  /** What a program sees. */
  entries: Map<string, Node>;

  constructor(state: FolderState = { durable: new Map(), changes: [] }) {
    this.state = state;
    this.entries = entriesOf(state);
  }

  change(change: EntryChange): void {
    this.state = { ...this.state, changes: [...this.state.changes, change] };
    applyEntry(this.entries, change);
  }

  sync(): void {
    const moved = this.state.changes.map((change) => change.moved?.to);
    this.state = { durable: new Map(this.entries), changes: [] };
    for (const folder of moved) folder?.sync();
  }
}

/** One moment of a disk: the state of every node that a power cut may leave. */
export interface Moment {
  root: FolderNode;
  files: ReadonlyMap<FileNode, FileState>;
  folders: ReadonlyMap<FolderNode, FolderState>;
}

/** Keeps this moment of everything below `root`. */
export function momentOf(root: FolderNode): Moment {
  const files = new Map<FileNode, FileState>();
  const folders = new Map<FolderNode, FolderState>();
  const visit = (node: Node | undefined) => {
    if (node instanceof FileNode) files.set(node, node.state);
    if (!(node instanceof FolderNode) || folders.has(node)) return;
    folders.set(node, node.state);
    node.state.durable.forEach(visit);
    for (const change of node.state.changes) visit(change.node);
  };
  visit(root);
  return { root, files, folders };
}

/** The bytes of a file after these changes. */
export function contentOf({ durable, changes }: FileState): Buffer {
  let content = durable;
  let parts: Buffer[] = [];
  let size = durable.length;
  const joined = () => {
    if (parts.length > 0) content = Buffer.concat([content, ...parts]);
    parts = [];
    return content;
  };
  for (const change of changes) {
    const end = change.verb === 'write' ? change.at : change.size;
    // What was never written between two parts of a file reads as zeros.
    if (end > size) parts.push(Buffer.alloc(end - size));
    else if (end < size) content = overwritten(joined(), change);
    if (change.verb === 'write' && end >= size) parts.push(change.bytes);
    size = change.verb === 'write' ? Math.max(size, end + change.bytes.length) : end;
  }
  return joined();
}

function overwritten(content: Buffer, change: Change): Buffer {
  if (change.verb === 'truncate') return content.subarray(0, change.size);
  return Buffer.concat([
    content.subarray(0, change.at),
    change.bytes,
    content.subarray(Math.min(content.length, change.at + change.bytes.length)),
  ]);
}

/** The names of a folder after these changes. */
export function entriesOf({ durable, changes }: FolderState): Map<string, Node> {
  const entries = new Map(durable);
  for (const change of changes) applyEntry(entries, change);
  return entries;
}

function applyEntry(entries: Map<string, Node>, { name, node, from }: EntryChange): void {
  if (from !== undefined) entries.delete(from);
  if (node) entries.set(name, node);
  else entries.delete(name);
}

function settled(change: Change): Change {
  return change.fate === 'waiting' ? { ...change, fate: 'durable' } : change;
}

/** A durable cut takes what stood behind it away, doubtful or not. */
function cutAway(changes: Change[]): Change[] {
  const at = changes.findLastIndex(({ verb }) => verb === 'truncate');
  const cut = changes[at];
  if (cut?.verb !== 'truncate') return changes;
  const before = changes
    .slice(0, at)
    .flatMap((change): Change[] =>
      change.verb === 'write' && change.at < cut.size
        ? [{ ...change, bytes: change.bytes.subarray(0, cut.size - change.at) }]
        : change.verb === 'write'
          ? []
          : [change],
    );
  return [...before, ...changes.slice(at)];
}
