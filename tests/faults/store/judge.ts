import { basename, dirname, join } from 'node:path/posix';
import { Problem } from '../../../src/domain/problem.ts';
import { seqInName, type JournalRecord } from '../../../src/store/journal-format.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { FolderNode } from '../../support/memory-disk.ts';
import { MemoryFileSystem } from '../../support/memory-file-system.ts';
import { syncedOnly } from './crash-states.ts';
import { DATA, keepIn } from './day.ts';
import type { Verdict } from './tally.ts';
import { doublesIn, faultsIn, numberIn, type Told } from './told.ts';

const STORE = join(DATA, 'store');

/** A start on some state of the disk, and what it showed. */
export interface Start {
  fs: MemoryFileSystem;
  /** Undefined when it takes nothing. */
  store: Store | undefined;
  events: JournalRecord[];
  /** Numbers of the attempts that came back, in order. */
  found: Int32Array;
  verdict: Verdict;
}

/** Opens the store on that disk and judges what comes back by what it was told until `at`. */
export async function start(fs: MemoryFileSystem, told: Told, at: number): Promise<Start> {
  const before = filesIn(fs);
  const events: JournalRecord[] = [];
  let store: Store;
  try {
    store = await openStore(DATA, keepIn(events), { fs });
  } catch (error) {
    return { fs, store: undefined, events, found: new Int32Array(), verdict: stoppedBy(error) };
  }
  const found = Int32Array.from(events, numberIn);
  if (store.failed) return { fs, store: undefined, events, found, verdict: stoppedBy(store.failed) };
  const silences = silencesIn(before, filesIn(fs), store.report.length > 0);
  const verdict = {
    lost: told.lostIn(found, at),
    doubled: doublesIn(events),
    silent: silences.length,
    faults: [...faultsIn(told, at, events), ...silences],
  };
  return { fs, store, events, found, verdict };
}

/**
 * The same, and then the store is given one more event, the power is cut again and the store opened again: all that
 * was shown must still be there.
 */
export async function startAndGoOn(fs: MemoryFileSystem, told: Told, at: number): Promise<Verdict> {
  return goOn(await start(fs, told, at));
}

export async function goOn({ fs, store, events, verdict }: Start): Promise<Verdict> {
  if (!store) return verdict;
  try {
    return { ...verdict, faults: [...verdict.faults, ...(await faultsInGoingOn(fs, store, events))] };
  } catch (error) {
    return { ...verdict, faults: [...verdict.faults, `it does not go on: ${wordsOf(error)}`] };
  }
}

/** What a start on that folder of the real disk shows, once everything there was told. */
export async function look(folder: string, told: Told): Promise<Verdict> {
  const events: JournalRecord[] = [];
  const store = await openStore(folder, keepIn(events));
  await store.close();
  if (store.failed) return stoppedBy(store.failed);
  return {
    lost: told.lostIn(events.map(numberIn), Infinity),
    doubled: doublesIn(events),
    silent: 0,
    faults: faultsIn(told, Infinity, events),
  };
}

function stoppedBy(error: unknown): Verdict {
  return { lost: 0, doubled: 0, silent: 0, stopped: wordsOf(error), faults: [] };
}

/** What a person is told, or where in the code it happened. */
function wordsOf(error: unknown): string {
  return error instanceof Problem ? error.message : ((error as Error).stack ?? String(error));
}

/** Every file with its bytes, as a program reads them; but for the lock, which holds nothing. */
export function filesIn(fs: MemoryFileSystem): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const visit = (folder: FolderNode, path: string) => {
    for (const [name, node] of folder.entries) {
      if (node instanceof FolderNode) visit(node, `${path}/${name}`);
      else if (name !== 'lock') files.set(`${path}/${name}`, node.content);
    }
  };
  visit(fs.root, '');
  return files;
}

/** Bytes of the journal that are gone: was it said, and are they kept somewhere? */
function silencesIn(before: Map<string, Buffer>, after: Map<string, Buffer>, said: boolean): string[] {
  const silences: string[] = [];
  for (const [path, bytes] of before) {
    if (dirname(path) !== STORE || seqInName(basename(path), 'journal') === undefined) continue;
    const kept = after.get(path) ?? Buffer.alloc(0);
    if (kept.length >= bytes.length) continue;
    const dropped = bytes.subarray(kept.length);
    if (!said) silences.push(`${dropped.length} bytes of ${basename(path)} were dropped without a word`);
    const copies = [...after].filter(([other]) => other !== path && other.startsWith(STORE));
    if (!copies.some(([, copy]) => copy.equals(dropped) || copy.equals(bytes)))
      silences.push(`${dropped.length} bytes of ${basename(path)} were dropped without a copy`);
  }
  return silences;
}

/** One more event, then a power cut that leaves only what was synced: is all there that was shown? */
async function faultsInGoingOn(
  fs: MemoryFileSystem,
  store: Store,
  shown: JournalRecord[],
): Promise<string[]> {
  const entry = {
    at: '2026-11-23T08:00:00.000+08:00',
    mono: 1,
    type: 'noted',
    data: { n: -1, text: 'more' },
  };
  const { seq } = await store.append(entry);
  const faults = seq === shown.length + 1 ? [] : [`the next event got the number ${seq}`];
  const disk = MemoryFileSystem.of(syncedOnly(fs.moment()));
  const again: JournalRecord[] = [];
  const reopened = await openStore(DATA, keepIn(again), { fs: disk });
  const wanted = [...shown.map(numberIn), -1];
  if (again.length !== wanted.length || again.some((event, index) => numberIn(event) !== wanted[index]))
    faults.push(`${again.length} events after a power cut, ${wanted.length} had been shown`);
  if (reopened.failed) faults.push(`after the repair: ${reopened.failed.message}`);
  // What is left as it is may be told of at every start.
  const told = new Set(store.report.map(({ en }) => en));
  const news = reopened.report.find(({ en }) => !told.has(en));
  if (news) faults.push(`told of at the second start: ${news.en}`);
  await reopened.close();
  if (disk.open.size > 0) faults.push(`not closed: ${[...disk.open].join(', ')}`);
  return faults;
}
