import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { diskCode } from '../../backup/backup-problems.ts';
import { readManifest } from '../../backup/read-backup.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import { Problem } from '../../domain/problem.ts';
import type { State } from '../../domain/state.ts';
import { isThere } from '../../files/is-there.ts';
import { beginExchange, exchangeStore, finishExchange, removeLeftovers } from '../../store/exchange-store.ts';
import type { FileSystem } from '../../store/file-system.ts';
import { rewriteStore } from '../../store/rewrite-store.ts';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger.ts';
import { redactBackup } from './redact-backup.ts';
import { askedSeq, holdsErased, isDue, isGone, ownBackups } from './redact-due.ts';
import { removeUnfinished, removeWorkFolders } from './redact-leftovers.ts';
import { redactionOf, redactKeptStore, rewritingBy } from './redact-store.ts';
import type { Telling } from './works.ts';

/** What became of backups. Why some were not cleared is told as problems of the work. */
export interface Redacted {
  /** Backups that were written again. */
  backups: string[];
  /** Backups that still hold what was to be redacted. */
  notCleared: string[];
}

/** What a redaction works on. */
export interface RedactionParts {
  fs: FileSystem;
  dataFolder: string;
  ledger: Ledger;
  clock: Clock;
}

/** How far a redaction goes. */
export interface Extent {
  /** Were people erased? Then a kept store that nobody can read any more goes: it may hold their names. */
  erasing: boolean;
  /** All of the kiosk's own backups, or only those that are due (`isDue`). */
  allBackups: boolean;
}

/**
 * Clears the store, the stores that restoring has kept, and the kiosk's own backups of what the events say is gone:
 * people who were erased, times that were dropped. Sign-ins wait while the store itself is written again.
 * @throws Problem `disk-low`; what the disk answers; the signal's reason.
 */
export async function redactEverywhere(
  parts: RedactionParts,
  { erasing, allBackups }: Extent,
  telling: Telling,
): Promise<Redacted> {
  const { fs, dataFolder, ledger, clock } = parts;
  await requireRoom(ledger);
  telling.signal.throwIfAborted();
  removeWorkFolders(dataFolder);
  await ledger.reopen(async () => {
    const ready = await beginExchange(fs, dataFolder);
    const { state } = ledger;
    await rewriteStore(fs, join(dataFolder, 'store'), ready, rewritingBy(state), state.lastSeq);
    await exchangeStore(fs, dataFolder);
  });
  for (const words of await removeLeftovers(fs, dataFolder)) telling.problem(words);
  await redactKept(parts, erasing, telling);
  const { state } = ledger;
  const paths = allBackups ? await allOwnBackups(parts, telling) : dueBackups(state, clock.now());
  return redactBackups(parts, paths, telling);
}

/** Clears the backups at these paths; what was removed meanwhile is passed over. */
export async function redactBackups(
  parts: RedactionParts,
  paths: readonly string[],
  telling: Telling,
): Promise<Redacted> {
  const redacted: Redacted = { backups: [], notCleared: [] };
  await clearUnfinished(parts, paths, telling);
  for (const [index, path] of paths.entries()) {
    telling.progress(index, paths.length);
    telling.signal.throwIfAborted();
    await redactOne(parts, path, redacted, telling);
  }
  return redacted;
}

/** The backups, by path, that hold people who were erased since, and are not known to be gone. */
export async function backupsToRedact(state: State): Promise<string[]> {
  const wanted: string[] = [];
  for (const backup of ownBackups(state)) {
    if (holdsErased(backup, state) && !(await isGone(backup.path))) wanted.push(backup.path);
  }
  return wanted;
}

/** The backups that the kiosk remembers and that are to be written again now, wherever they are. */
export function dueBackups(state: State, now: string): string[] {
  const due = ownBackups(state).filter((backup) => isDue(backup, state, now));
  return due.map(({ path }) => path);
}

/** Can anything be read at the path now? */
export async function isReachable(path: string): Promise<boolean> {
  try {
    return await isThere(path);
  } catch (error) {
    if (diskCode(error) === undefined) throw error;
    return false;
  }
}

async function redactOne(
  { fs, dataFolder, ledger }: RedactionParts,
  path: string,
  redacted: Redacted,
  telling: Telling,
): Promise<void> {
  try {
    if (await isGone(path)) return;
    const written = await redactBackup(fs, path, redactionOf(ledger.state), dataFolder, telling.signal);
    const bytes = written?.size ?? (await stat(path)).size;
    await ledger.note({ type: 'note-backup-redacted', path, bytes });
    if (written) redacted.backups.push(path);
  } catch (error) {
    telling.signal.throwIfAborted();
    const why = whyOf(error, ledger);
    telling.problem({
      en: `${path} still holds what was erased or dropped and was not written again: ${why.en}`,
      zh: `${path} 仍含有已删除的内容，未能重写：${why.zh}`,
    });
    redacted.notCleared.push(path);
  }
}

/** Clears the stores that restoring has kept. What cannot be done is told, and stops nothing else. */
async function redactKept(parts: RedactionParts, erasing: boolean, telling: Telling): Promise<void> {
  const { dataFolder, ledger } = parts;
  for (const name of await keptIn(dataFolder)) {
    telling.signal.throwIfAborted();
    try {
      await redactKeptIn(parts, join(dataFolder, 'kept', name), erasing, telling);
    } catch (error) {
      const why = whyOf(error, ledger);
      telling.problem({
        en: `kept/${name} may still hold what was erased or dropped and was not written again: ${why.en} If nobody needs it, please remove the folder.`,
        zh: `kept/${name} 可能仍含有已删除的内容，未能重写：${why.zh}如不再需要，请删除该文件夹。`,
      });
    }
  }
}

async function redactKeptIn(
  { fs, ledger }: RedactionParts,
  folder: string,
  erasing: boolean,
  telling: Telling,
): Promise<void> {
  for (const words of await finishExchange(fs, folder)) telling.problem(words);
  const names = await fs.list(folder);
  // A restore that was cut off has made the place and kept nothing.
  if (names.length === 0) await fs.removeFolder(folder);
  if (!names.includes('store')) return;
  try {
    await redactKeptStore(fs, folder, redactionOf(ledger.state));
  } catch (error) {
    if (!erasing || !(error instanceof Problem) || error.code !== 'store-damaged') throw error;
    await fs.removeFolder(folder);
    telling.problem({
      en: `kept/${basename(folder)}: this kept store could not be read any more and was removed.`,
      zh: `kept/${basename(folder)}：保留的旧数据已无法读取，已移除。`,
    });
    return;
  }
  for (const words of await removeLeftovers(fs, folder)) telling.problem(words);
}

/**
 * The backups that the kiosk remembers and that were not written again since the last event that asks for it (one that
 * was made since may be of a store that had not been written again yet), and those of it that lie in the folder for
 * daily ones.
 */
async function allOwnBackups(parts: RedactionParts, telling: Telling): Promise<string[]> {
  const { state } = parts.ledger;
  const { settings } = state;
  const asked = askedSeq(state);
  const own = ownBackups(state);
  const paths = own.filter(({ redactedSeq }) => (redactedSeq ?? 0) < asked).map(({ path }) => path);
  if (!settings.backup) return paths;
  const others = await backupsOfGate(parts, settings.backup.folder, telling);
  const known = new Set(own.map(({ path }) => path));
  return [...paths, ...others.filter((path) => !known.has(path))];
}

/** The backups of this kiosk in a folder; one that cannot be read now is told. */
async function backupsOfGate(
  { ledger }: RedactionParts,
  folder: string,
  telling: Telling,
): Promise<string[]> {
  const paths: string[] = [];
  try {
    // By its real path, as backups are remembered.
    const real = await realpath(folder);
    for (const name of await readdir(real)) {
      const path = join(real, name);
      if (name.toLowerCase().endsWith('.zip') && (await isOfGate(path, ledger))) paths.push(path);
    }
  } catch (error) {
    const why = whyOf(error, ledger);
    telling.problem({
      en: `The folder for daily backups, ${folder}, could not be looked through: ${why.en}`,
      zh: `无法查看每日备份文件夹 ${folder}：${why.zh}`,
    });
  }
  return paths;
}

async function isOfGate(path: string, ledger: Ledger): Promise<boolean> {
  try {
    return (await readManifest(path)).gate === ledger.store.gate;
  } catch (error) {
    // A zip of somebody else's, or a folder of that name, is none of ours.
    if (!(error instanceof Problem) && diskCode(error) === undefined) throw error;
    return false;
  }
}

/** Removes unfinished copies beside the backups, and from the folder for daily ones. */
async function clearUnfinished(
  { ledger }: RedactionParts,
  paths: readonly string[],
  telling: Telling,
): Promise<void> {
  const { settings } = ledger.state;
  const known = new Set([...ownBackups(ledger.state).map(({ path }) => path), ...paths]);
  const folders = new Set([...known].map(dirname));
  if (settings.backup) folders.add(settings.backup.folder);
  for (const folder of folders) {
    if (!(await isReachable(folder))) continue;
    try {
      await removeUnfinished(
        folder,
        (name) => known.has(join(folder, name)) || name.startsWith(`muster-${ledger.store.gate}-`),
      );
    } catch (error) {
      const why = whyOf(error, ledger);
      telling.problem({
        en: `Unfinished copies of backups in ${folder} could not be removed: ${why.en}`,
        zh: `${folder} 中未写完的备份副本无法删除：${why.zh}`,
      });
    }
  }
}

/** Why something was not done, in words; what is nobody's to mend is told as a fault, too. */
function whyOf(error: unknown, ledger: Ledger): Bilingual {
  if (error instanceof Problem) return error.words;
  const code = diskCode(error);
  if (code === undefined) ledger.onFault(error);
  return code === undefined
    ? { en: 'something went wrong inside the kiosk.', zh: '程序内部出错。' }
    : { en: `the disk or system refused (${code}).`, zh: `磁盘或系统拒绝访问（${code}）。` };
}

/** Writing everything again never takes the room that sign-ins need. @throws Problem `disk-low`. */
async function requireRoom(ledger: Ledger): Promise<void> {
  if ((await ledger.measureSpace()).level === 'ample') return;
  throw new Problem('disk-low', {
    en: 'The disk of the kiosk is nearly full, so the files are not written again yet. Please free some space; it is made up for then.',
    zh: '主机磁盘空间不足，文件暂未重写。请清理空间，之后将自动补做。',
  });
}

async function keptIn(dataFolder: string): Promise<string[]> {
  const kept = join(dataFolder, 'kept');
  if (!(await isThere(kept))) return [];
  const entries = await readdir(kept, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
