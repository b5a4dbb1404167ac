import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bilingual } from '../../../src/domain/bilingual.ts';
import type { FileSystem } from '../../../src/store/file-system.ts';
import { segmentName, type JournalRecord, type NewRecord } from '../../../src/store/journal-format.ts';
import { nodeFileSystem } from '../../../src/store/node-file-system.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import type { Fold } from '../../../src/store/recovery.ts';
import { failing, WatchedFileSystem } from '../../support/watched-file-system.ts';

export const FIRST_SEGMENT = segmentName(1);

export function entry(n: number): NewRecord {
  return {
    at: '2026-11-22T18:00:00.000+08:00',
    mono: n,
    type: 'noted',
    data: { n, name: '陈杰' },
  };
}

/** A store whose state is simply everything it was told, in order. */
export interface Noted {
  store: Store;
  /** What opening restored from the snapshot and replayed from the journal. */
  notes: number[];
}

export async function openNoted(folder: string, fs: FileSystem = nodeFileSystem): Promise<Noted> {
  const notes: number[] = [];
  return { store: await openStore(folder, foldInto(notes), { fs }), notes };
}

/** Folds what a store holds into its notes. */
export function foldInto(notes: number[]): Fold {
  return {
    restore: (record) => void notes.push((record as { n: number }).n),
    apply: (record) => void notes.push((record.data as { n: number }).n),
  };
}

/** What a snapshot of the notes up to `last` holds. */
export function recordsUpTo(last: number): () => { n: number }[] {
  return () => upTo(last).map((n) => ({ n }));
}

/** Appends the entries from..to, one after the other. */
export async function append(store: Store, from: number, to: number): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for (let n = from; n <= to; n++) records.push(await store.append(entry(n)));
  return records;
}

/** What opening the folder finds, with its report; the store is closed again. */
export async function reopened(folder: string): Promise<{ notes: number[]; report: Bilingual[] }> {
  const { store, notes } = await openNoted(folder);
  await store.close();
  return { notes, report: store.report };
}

export function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

/** Every file of the store with its bytes, to tell whether anything was changed. */
export async function filesOf(folder: string): Promise<Record<string, string>> {
  const store = join(folder, 'store');
  const names = (await readdir(store)).sort();
  const files = names.map(
    async (name) => [name, (await readFile(join(store, name))).toString('hex')] as const,
  );
  return Object.fromEntries(await Promise.all(files));
}

/** A store with two snapshots, at 3 and 6, and three events behind them. Notes are 1 to 9. */
export async function storeWithSnapshots(folder: string): Promise<void> {
  const { store } = await openNoted(folder);
  await append(store, 1, 3);
  await snapshot(store, recordsUpTo(3));
  await append(store, 4, 6);
  await snapshot(store, recordsUpTo(6));
  await append(store, 7, 9);
  await store.close();
}

/**
 * A store with every kind of file: two snapshots, at 3 and 6; behind them journals from 4 and 7; one from 12, as the
 * sync of 12 and 13 in the one before has failed; and one from 15. Notes are 1 to 16.
 */
export async function storeOfAllKinds(folder: string): Promise<void> {
  await storeWithSnapshots(folder);
  const fs = new WatchedFileSystem();
  const { store } = await openNoted(folder, fs);
  await append(store, 10, 11);
  fs.before = failing(`datasync ${segmentName(7)}`);
  await Promise.all([12, 13].map((n) => store.append(entry(n))));
  await append(store, 14, 14);
  await store.rotate();
  await append(store, 15, 16);
  await store.close();
}

/** A snapshot of where the store stands. */
export async function snapshot(store: Store, records: () => Iterable<unknown>): Promise<void> {
  await store.snapshot(await store.rotate(), records);
}
