import { hash } from 'node:crypto';
import type { Image } from '../../support/memory-file-system.ts';
import {
  contentOf,
  entriesOf,
  FileNode,
  type Change,
  type EntryChange,
  type FileState,
  type FolderNode,
  type Moment,
} from '../../support/memory-disk.ts';

/** What a power cut did. */
export type Kind =
  | 'everything kept'
  | 'unsynced bytes dropped'
  | 'nothing unsynced kept'
  | 'names undone'
  | 'one name undone'
  | 'one file behind the others'
  | 'one file before the others'
  | 'one change left out'
  | 'last write cut'
  | 'zeros at the end'
  | 'garbage at the end'
  | 'old bytes at the end'
  | 'one sector lost';

/** What may be found on the disk afterwards. */
export interface CrashState {
  kind: Kind;
  image: Image;
}

/** Up to this length a write is cut at each byte, a longer one at each 64 and around each line's end. */
const EACH_BYTE = 512;
/** Disks write sectors, and systems pages; only the latter are looked at in a write of so many. */
const SECTOR = 512;
const PAGE = 4096;
const MANY_SECTORS = 16;
/** Of more changes than these that wait in one file, only some are cut. */
const MOST_CHANGES = 24;

type Content = (file: FileNode) => Buffer;
type Kept = (folder: FolderNode) => readonly EntryChange[];

/**
 * Every state that a power cut at that moment may leave; some come twice. `coarse`: writes are cut at a few places only.
 */
export function* crashStates(moment: Moment, coarse = false): Generator<CrashState> {
  const whole = remembered((file) => contentOf(moment.files.get(file)!));
  const synced = remembered((file) => contentOf(without(moment.files.get(file)!, isOpen)));
  const allNames: Kept = (folder) => moment.folders.get(folder)!.changes;
  const noNames: Kept = () => [];

  yield { kind: 'everything kept', image: imageOf(moment, allNames, whole) };
  yield { kind: 'unsynced bytes dropped', image: imageOf(moment, allNames, synced) };
  yield { kind: 'nothing unsynced kept', image: imageOf(moment, noNames, synced) };
  yield { kind: 'names undone', image: imageOf(moment, noNames, whole) };
  for (const [folder, { changes }] of moment.folders) {
    for (const [kind, kept] of subsetsOf(changes)) {
      const names: Kept = (other) => (other === folder ? kept : allNames(other));
      for (const content of [whole, synced]) yield { kind, image: imageOf(moment, names, content) };
    }
  }
  for (const [file, state] of moment.files) {
    if (!state.changes.some(isOpen)) continue;
    const only = (content: Content, other: Content) => (one: FileNode) =>
      (one === file ? content : other)(one);
    yield { kind: 'one file behind the others', image: imageOf(moment, allNames, only(synced, whole)) };
    yield { kind: 'one file before the others', image: imageOf(moment, allNames, only(whole, synced)) };
    for (const [kind, bytes] of contentsOf(state, coarse)) {
      yield { kind, image: imageOf(moment, allNames, (one) => (one === file ? bytes : whole(one))) };
    }
  }
}

/** What is there after a power cut that kept nothing but what was synced. */
export function syncedOnly(moment: Moment): Image {
  return imageOf(
    moment,
    () => [],
    (file) => contentOf(without(moment.files.get(file)!, isOpen)),
  );
}

/** The same for the same names and bytes, and different for different ones. */
export function keyOf(image: Image): string {
  const files = Array.from(image, ([path, bytes]) => `${path}\n${bytes ? hashOf(bytes) : 'folder'}\n`);
  return hash('sha1', files.sort().join(''), 'base64');
}

const hashes = new WeakMap<Buffer, string>();

function hashOf(bytes: Buffer): string {
  const known = hashes.get(bytes) ?? hash('sha1', bytes, 'base64');
  hashes.set(bytes, known);
  return known;
}

function remembered(content: Content): Content {
  const known = new Map<FileNode, Buffer>();
  return (file) => {
    const bytes = known.get(file) ?? content(file);
    known.set(file, bytes);
    return bytes;
  };
}

function isOpen({ fate }: Change): boolean {
  return fate !== 'durable';
}

function without({ durable, changes }: FileState, leftOut: (change: Change) => boolean): FileState {
  return { durable, changes: changes.filter((change) => !leftOut(change)) };
}

/** What a folder may keep of its changes: the first ones, or all but one. */
function* subsetsOf(changes: readonly EntryChange[]): Generator<[Kind, readonly EntryChange[]]> {
  for (let kept = 0; kept < changes.length; kept++) yield ['names undone', changes.slice(0, kept)];
  for (const one of changes.slice(0, -1))
    yield ['one name undone', changes.filter((change) => change !== one)];
}

/** What a file may hold. The changes before the one that was under way are there, those behind it are not. */
function* contentsOf({ durable, changes }: FileState, coarse: boolean): Generator<[Kind, Buffer]> {
  const open = changes.filter(isOpen);
  for (const change of someOf(open, MOST_CHANGES)) {
    if (open.length > 1)
      yield ['one change left out', contentOf(without({ durable, changes }, (one) => one === change))];
    if (change.verb !== 'write') continue;
    const at = changes.indexOf(change);
    // What is written over is there as it was or as it will be.
    if (change.at + change.bytes.length <= contentOf({ durable, changes: changes.slice(0, at) }).length)
      continue;
    const rest = changes.slice(at + 1).filter((one) => !isOpen(one));
    for (const [kind, bytes] of writesLike(change.bytes, change.at, durable, coarse)) {
      yield [kind, contentOf({ durable, changes: [...changes.slice(0, at), { ...change, bytes }, ...rest] })];
    }
  }
}

function someOf<Thing>(things: Thing[], most: number): Thing[] {
  const step = Math.ceil(things.length / most);
  return things.filter((_, index) => index % step === 0 || index === things.length - 1);
}

/** What may be there of one write. */
function* writesLike(bytes: Buffer, at: number, old: Buffer, coarse: boolean): Generator<[Kind, Buffer]> {
  const cuts = cutsOf(bytes);
  for (const size of coarse ? someOf(cuts, 4) : cuts) yield ['last write cut', bytes.subarray(0, size)];
  const unit = bytes.length > MANY_SECTORS * SECTOR ? PAGE : SECTOR;
  const starts = Array.from({ length: Math.ceil((bytes.length * 2) / unit) }, (_, half) => (half * unit) / 2);
  for (const start of coarse ? someOf(starts, 2) : starts) {
    const [front, tail] = [bytes.subarray(0, start), bytes.length - start];
    yield ['zeros at the end', Buffer.concat([front, Buffer.alloc(tail)])];
    yield ['garbage at the end', Buffer.concat([front, garbage(tail)])];
    if (old.length > 0) yield ['old bytes at the end', Buffer.concat([front, Buffer.alloc(tail, old)])];
  }
  for (let start = at - (at % unit); start < at + bytes.length; start += unit) {
    const [from, to] = [Math.max(0, start - at), Math.min(bytes.length, start + unit - at)];
    if (to - from < bytes.length) yield ['one sector lost', Buffer.from(bytes).fill(0, from, to)];
  }
}

function cutsOf(bytes: Buffer): number[] {
  if (bytes.length <= EACH_BYTE) return Array.from(bytes.keys());
  const cuts: number[] = [];
  for (let size = 0; size < bytes.length; size += 64) cuts.push(size);
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, end + 1)) {
    cuts.push(end, end + 1, Math.min(end + 2, bytes.length));
  }
  return cuts;
}

/** Bytes without a meaning, the same each time. */
function garbage(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0, x = size; at < size; at++) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    bytes[at] = x >>> 24;
  }
  return bytes;
}

function imageOf(moment: Moment, names: Kept, content: Content): Image {
  const image = new Map<string, Buffer | undefined>();
  const entriesIn = (folder: FolderNode) => {
    const { durable } = moment.folders.get(folder)!;
    return entriesOf({ durable, changes: names(folder).filter((change) => isPossible(change)) });
  };
  // A file on its way to another folder is in one of the two.
  const isPossible = ({ moved }: EntryChange): boolean =>
    !moved || [...entriesIn(moved.to).values()].includes(moved.node);
  const visit = (folder: FolderNode, path: string) => {
    for (const [name, node] of entriesIn(folder)) {
      const at = `${path}/${name}`;
      // The lock's file is empty, and the same with it or without.
      if (node instanceof FileNode) {
        if (name !== 'lock') image.set(at, content(node));
      } else {
        image.set(at, undefined);
        visit(node, at);
      }
    }
  };
  visit(moment.root, '');
  return image;
}
