import { join } from 'node:path';
import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';
import { createFile, type FileSystem } from './file-system.ts';
import { seqInName, segmentName } from './journal-format.ts';
import { freeName } from './torn-tail.ts';

/** Events that are lost: from one number to another; null where nobody knows how many there were. */
export interface MissingEvents {
  from: number;
  to: number | null;
}

/** What is broken in a store, other than its tail. The rest of it can be seen, and nothing is written until somebody decides. */
export interface Damage {
  /** Files that are broken or missing. */
  files: string[];
  missing: MissingEvents[];
  /** What is the matter, in words, place by place. */
  words: Bilingual[];
  /** The highest event number that was seen anywhere. */
  highestSeq: number;
}

/** The folder within the store for what a decision to go on has put aside. */
export const DAMAGED_FOLDER = 'damaged';

/** How far numbers jump where nobody knows how many events are lost: none is ever given twice. No store loses more. */
export const BEYOND_ALL = 1_000_000;

/** Why a damaged store takes nothing. */
export function storeDamaged({ words, missing }: Damage): Problem {
  const events = missing.map(({ from, to }) => (to === from ? `${from}` : `${from}–${to ?? '?'}`)).join(', ');
  const en = words.map((one) => one.en).join(' ');
  const zh = words.map((one) => one.zh).join('');
  return new Problem('store-damaged', {
    en: `The store is damaged. ${en} Missing events: ${events || 'none'}. Nothing was changed, and nothing is accepted until somebody decides in the office under "Health": restore a backup, or go on without them.`,
    zh: `数据存储已损坏。${zh}缺失的事件：${events || '无'}。未做任何改动；在有人于管理页面“运行状况”中决定恢复备份或放弃缺失内容继续之前，不接受新记录。`,
  });
}

/** The number of the last event before those that will come: behind everything seen or possibly lost. */
export function lastSeqBehind(damage: Damage, names: readonly string[]): number {
  const open = damage.missing.some(({ to }) => to === null);
  let lastSeq = damage.highestSeq + (open ? BEYOND_ALL : 0);
  while (names.includes(segmentName(lastSeq + 1))) lastSeq++;
  return lastSeq;
}

/** Copies the damaged files aside, before anything is changed. */
export async function keepDamaged(fs: FileSystem, folder: string, { files }: Damage): Promise<void> {
  const aside = join(folder, DAMAGED_FOLDER);
  const names = await fs.list(folder);
  await fs.makeFolder(aside);
  await fs.syncFolder(folder);
  const kept = await fs.list(aside);
  for (const name of files.filter((file) => names.includes(file))) {
    const copy = freeName(kept, name);
    await createFile(fs, join(aside, copy), [await fs.read(join(folder, name))]);
    kept.push(copy);
  }
  await fs.syncFolder(aside);
}

/** Notes that everything up to event `lastSeq` is to be put aside once a snapshot of it stands. */
export async function beginGoingOn(fs: FileSystem, folder: string, lastSeq: number): Promise<void> {
  const aside = join(folder, DAMAGED_FOLDER);
  const note = noteOf(lastSeq);
  if (!(await fs.list(aside)).includes(note)) await createFile(fs, join(aside, note), []);
  await fs.syncFolder(aside);
}

/** Puts everything before the snapshot at `lastSeq` aside, if it was begun and that snapshot stands. */
export async function finishGoingOn(fs: FileSystem, folder: string, lastSeq: number): Promise<void> {
  const names = await fs.list(folder);
  if (!names.includes(DAMAGED_FOLDER)) return;
  const aside = join(folder, DAMAGED_FOLDER);
  const kept = await fs.list(aside);
  const notes = kept.filter((name) => NOTE.test(name));
  if (notes.includes(noteOf(lastSeq))) await putAside(fs, folder, lastSeq);
  for (const note of notes) await fs.remove(join(aside, note));
}

const NOTE = /^going-on-behind-\d+$/;

function noteOf(lastSeq: number): string {
  return `going-on-behind-${lastSeq}`;
}

async function putAside(fs: FileSystem, folder: string, lastSeq: number): Promise<void> {
  const aside = join(folder, DAMAGED_FOLDER);
  const kept = await fs.list(aside);
  for (const name of await fs.list(folder)) {
    const before =
      (seqInName(name, 'journal') ?? Infinity) <= lastSeq ||
      (seqInName(name, 'snapshot') ?? Infinity) < lastSeq;
    if (!before) continue;
    const to = freeName(kept, name);
    await fs.rename(join(folder, name), join(aside, to));
    kept.push(to);
  }
  await fs.syncFolder(aside);
  await fs.syncFolder(folder);
}
