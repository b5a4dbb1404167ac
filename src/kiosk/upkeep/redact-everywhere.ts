import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readManifest } from '../../backup/read-backup.ts';
import { Problem } from '../../domain/problem.ts';
import type { State } from '../../domain/state.ts';
import { isThere } from '../../files/is-there.ts';
import { beginExchange, exchangeStore } from '../../store/exchange-store.ts';
import type { FileSystem } from '../../store/file-system.ts';
import { rewriteStore } from '../../store/rewrite-store.ts';
import type { Ledger } from '../ledger.ts';
import { redactBackup } from './redact-backup.ts';
import { redactStore, rewritingBy, type Redaction } from './redact-store.ts';

/** What became of old copies of the data. */
export interface Redacted {
  /** Backups that were written again. */
  backups: string[];
  /** Backups that are somewhere else now, or cannot be read: they still hold what was to be redacted. */
  notReached: string[];
  /** Stores kept by a restore that could not be read any more, and were removed. */
  removed: string[];
}

/** What a redaction works on. */
export interface RedactionParts {
  fs: FileSystem;
  dataFolder: string;
  ledger: Ledger;
}

/**
 * Clears the store, the stores that restoring has kept, and the kiosk's own backups of what the events say is gone:
 * people who were erased, times that were dropped. Sign-ins wait while the store itself is written again.
 */
export async function redactEverywhere(
  { fs, dataFolder, ledger }: RedactionParts,
  timesBefore: string | undefined,
  onStep: (done: number, total: number) => void = () => {},
  signal?: AbortSignal,
): Promise<Redacted> {
  const redaction = redactionOf(ledger.state, timesBefore);
  await ledger.reopen(async () => {
    const ready = await beginExchange(fs, dataFolder);
    await rewriteStore(fs, join(dataFolder, 'store'), ready, rewritingBy(ledger.state));
    await exchangeStore(fs, dataFolder);
  });
  const removed = await redactKept(fs, dataFolder, redaction);
  const paths = [...(await ownBackups(ledger))];
  return { removed, ...(await redactBackups({ fs, dataFolder, ledger }, paths, redaction, onStep, signal)) };
}

/** Clears the backups at these paths; what was removed meanwhile is passed over. */
export async function redactBackups(
  parts: RedactionParts,
  paths: readonly string[],
  redaction: Redaction,
  onStep: (done: number, total: number) => void = () => {},
  signal?: AbortSignal,
): Promise<Omit<Redacted, 'removed'>> {
  const redacted = { backups: [], notReached: [] };
  for (const [index, path] of paths.entries()) {
    onStep(index, paths.length);
    signal?.throwIfAborted();
    await redactOne(parts, path, redaction, redacted, signal);
  }
  return redacted;
}

/** The backups, by path, that were made or cleared before the last time somebody was erased, and are not known to be gone. */
export async function backupsToRedact({ backups, receipts }: State): Promise<string[]> {
  const erasedAt = Math.max(0, ...Array.from(receipts.values(), (receipt) => Date.parse(receipt.erasedAt)));
  const old = [...backups.values()].filter(({ at, redactedAt }) => Date.parse(redactedAt ?? at) < erasedAt);
  const wanted: string[] = [];
  for (const { path } of old) if (!(await isGone(path))) wanted.push(path);
  return wanted;
}

/** Everything that is to be found in no file. */
export function redactionOf(state: State, timesBefore: string | undefined): Redaction {
  const erased = new Map(
    Array.from(state.receipts.values(), ({ personId, erasedAt }) => [personId, erasedAt]),
  );
  return { erased, timesBefore };
}

async function redactOne(
  { fs, dataFolder, ledger }: RedactionParts,
  path: string,
  redaction: Redaction,
  redacted: Omit<Redacted, 'removed'>,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (await isGone(path)) return;
  try {
    const written = await redactBackup(fs, path, redaction, dataFolder, signal);
    const bytes = written?.size ?? (await stat(path)).size;
    await ledger.note({ type: 'note-backup-redacted', path, bytes });
    if (written) redacted.backups.push(path);
  } catch (error) {
    if (signal?.aborted) throw error;
    if (!(error instanceof Problem)) ledger.onFault(error);
    redacted.notReached.push(path);
  }
}

/** The stores that restoring has kept; those that cannot be read any more are removed and named. */
async function redactKept(fs: FileSystem, dataFolder: string, redaction: Redaction): Promise<string[]> {
  const removed: string[] = [];
  for (const name of await namesIn(join(dataFolder, 'kept'))) {
    const folder = join(dataFolder, 'kept', name, 'store');
    // A restore that was cut off has made the place and kept nothing.
    if (!(await isThere(folder))) continue;
    try {
      await redactStore(fs, folder, redaction);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await fs.removeFolder(join(dataFolder, 'kept', name));
      removed.push(join('kept', name));
    }
  }
  return removed;
}

/** The backups that the kiosk remembers, and those of it that lie in the folder for daily ones. */
async function ownBackups(ledger: Ledger): Promise<Set<string>> {
  const { backups, settings } = ledger.state;
  const paths = new Set(backups.keys());
  const folder = settings.backup?.folder;
  for (const name of folder === undefined ? [] : await namesIn(folder)) {
    if (!name.endsWith('.zip')) continue;
    const path = join(folder!, name);
    try {
      if ((await readManifest(path)).gate === ledger.store.gate) paths.add(path);
    } catch (error) {
      // A zip of somebody else's is none of ours.
      if (!(error instanceof Problem)) throw error;
    }
  }
  return paths;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Has somebody removed the backup? Where its whole folder is away, a stick may come back. */
async function isGone(path: string): Promise<boolean> {
  return !(await isThere(path)) && (await isThere(dirname(path)));
}
