import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { backupUnreadable, diskCode } from '../../backup/backup-problems.ts';
import type { BackupView, UpkeepState } from '../../api/upkeep-api.ts';
import type { Backup } from '../../domain/state.ts';
import { targetUnwritable } from '../../files/target-unwritable.ts';
import { findPlaces, folderInPlaces } from '../places.ts';
import { backUp, planBackup, requireTarget, type BackupRequest, type MadeBackup } from './back-up.ts';
import { backupName } from './stamps.ts';
import { backupsIn } from './backups-in-folder.ts';
import { openDailyBackup } from './daily-backup.ts';
import type { UpkeepParts } from './parts.ts';
import { backupsToRedact } from './redact-everywhere.ts';
import { requireOwnBackup, restoreOpen, type Restored } from './restore.ts';
import { closeForgotten } from './close-forgotten.ts';
import { openRetention } from './retention.ts';
import { verifyOpenKiosk } from './verify-open.ts';
import { openWorks, type Ended, type Started, type Works } from './works.ts';

/** Looking after the data of an open kiosk. */
export interface Upkeep {
  works: Works;
  state(): Promise<UpkeepState>;
  /** How much a backup would hold: bytes, before they are packed, and files. */
  plan(photos: boolean): Promise<{ bytes: number; files: number }>;
  /**
   * Begins a backup to whatever file is named: whoever asks over the contract gets a file in the places by
   * `fileInPlaces`.
   * @throws CallError `upkeep-busy`; Problem `backup-exists`, `disk-nearly-full`, `target-unwritable`.
   */
  backUp(request: BackupRequest): Promise<Started<MadeBackup>>;
  /** The backups in a folder of the places, newest first. @throws CallError as `folderInPlaces`. */
  backups(folder: string): Promise<BackupView[]>;
  /**
   * Begins to restore a backup in the places.
   * @throws CallError `upkeep-busy`, `place-unknown`; Problem as `requireOwnBackup`.
   */
  restore(path: string): Promise<Started<Restored>>;
  /** Begins a check of the store and every photo. @throws CallError `upkeep-busy`. */
  verify(): Started<Ended>;
  /** To be called each minute: makes what is due. Resolves when that has ended. */
  tick(): Promise<void>;
  /** Stops what is under way and waits for it. */
  close(): Promise<void>;
}

/** Begins to look after the data. `onChange` is called when there is news. */
export function openUpkeep(parts: UpkeepParts, onChange: () => void): Upkeep {
  const { ledger, clock } = parts;
  const works = openWorks(clock.now, onChange, ledger.onFault);
  const daily = openDailyBackup(parts, works);
  const keepClear = openRetention(parts, works);
  let ticking: Promise<void> = Promise.resolve();

  /** One step after the other, none of them once the kiosk closes. */
  async function tick(): Promise<void> {
    for (const step of [() => closeForgotten(parts), keepClear, daily.tick]) {
      if (works.closed) return;
      try {
        await step();
      } catch (error) {
        if (!works.closed) ledger.onFault(error);
      }
    }
  }

  return {
    works,
    async state() {
      return {
        current: works.current,
        ended: works.ended,
        nextBackupAt: await daily.nextAt(),
        lastBackup: lastBackup([...ledger.state.backups.values()]),
        backupsToRedact: await backupsToRedact(ledger.state),
      };
    },
    plan: (photos) => planBackup(parts, photos),
    async backUp({ target, photos }) {
      works.requireIdle();
      const request = { target: await realTarget(target), photos };
      await requireTarget(parts, request);
      return works.start('backup', request.target, (telling) => backUp(parts, request, telling));
    },
    async backups(folder) {
      const found = await backupsIn(await folderInPlaces(folder, await findPlaces()));
      return found.map(({ path, bytes, manifest }) => {
        const { madeAt, gate, kioskName, photos, lastSeq, counts } = manifest;
        const [fileName, own] = [basename(path), gate === ledger.store.gate];
        return { path, fileName, bytes, madeAt, gate, kioskName, photos, lastSeq, counts, own };
      });
    },
    async restore(path) {
      works.requireIdle();
      const real = await backupInPlaces(path);
      await requireOwnBackup(real, ledger.store.gate);
      return works.start('restore', real, (telling) => restoreOpen(parts, real, telling));
    },
    verify: () => works.start('verify', null, (telling) => verifyOpenKiosk(parts, telling)),
    tick: () => (ticking = ticking.then(tick)),
    async close() {
      await works.close();
      await ticking;
    },
  };
}

/**
 * The file in a folder of the places that a backup is to be written to: under a name of its own where only the folder
 * is given. @throws CallError as `folderInPlaces`.
 */
export async function targetInPlaces(
  { ledger, clock }: UpkeepParts,
  { folder, path }: { folder?: string; path?: string },
): Promise<string> {
  const places = await findPlaces();
  if (path !== undefined) return join(await folderInPlaces(dirname(path), places), basename(path));
  return join(await folderInPlaces(folder!, places), backupName(ledger.store.gate, clock.now()));
}

/** The path of a file to be written, by the real path of its folder: by it backups are remembered. */
async function realTarget(path: string): Promise<string> {
  try {
    return join(await realpath(dirname(path)), basename(path));
  } catch (error) {
    throw targetUnwritable(path, error);
  }
}

/** The real path of a backup, which must lie in the places, wherever a link to it lies. */
async function backupInPlaces(path: string): Promise<string> {
  let real: string;
  try {
    real = await realpath(path);
  } catch (error) {
    const code = diskCode(error);
    throw code === undefined ? error : backupUnreadable(path, code, error);
  }
  await folderInPlaces(dirname(real), await findPlaces());
  return real;
}

/** The one that holds most; of those the latest. */
function lastBackup(backups: readonly Backup[]): UpkeepState['lastBackup'] {
  const [last] = [...backups].sort((a, b) => b.lastSeq - a.lastSeq || b.seq - a.seq);
  return last ? { path: last.path, at: last.at, bytes: last.bytes, photos: last.photos } : null;
}
