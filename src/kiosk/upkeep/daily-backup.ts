import { realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { diskCode } from '../../backup/backup-problems.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Backup } from '../../domain/state.ts';
import { addMinutes, addMs, isoAt, localDateOf } from '../../domain/time.ts';
import { findPlaces, folderInPlaces } from '../places.ts';
import { noteBackup, writeKioskBackup, type MadeBackup } from './back-up.ts';
import { backupName } from './stamps.ts';
import { backupsIn, needless, removeBackups } from './backups-in-folder.ts';
import type { UpkeepParts } from './parts.ts';
import type { Telling, Works } from './works.ts';

type Daily = NonNullable<Settings['backup']>;

/** The backups that make themselves. */
export interface DailyBackup {
  /** Makes the one that is due, if one is: to be called each minute. Resolves when that has ended, however. */
  tick(): Promise<void>;
  /** When the next is due; what should have been made by now is due since. Null where none is set up. */
  nextAt(): Promise<string | null>;
}

/** After a try, nothing is tried again for this long, in milliseconds. */
const TRY_EVERY = 60 * 60_000;
const DAY = 24 * 60;

/** Looks after the daily backup that the settings name. */
export function openDailyBackup(parts: UpkeepParts, works: Works): DailyBackup {
  const { ledger, clock } = parts;
  let known = JSON.stringify(ledger.state.settings.backup);
  /** When somebody set it up while this process ran: it owes nothing from before. */
  let setAt: string | undefined;
  let triedAt: number | undefined;

  /** The present setting; another one than last time begins anew. */
  function present(): Daily | null {
    const { backup } = ledger.state.settings;
    if (JSON.stringify(backup) === known) return backup;
    known = JSON.stringify(backup);
    setAt = clock.now();
    triedAt = undefined;
    return backup;
  }

  /** Since when one is missing; undefined where none is. */
  async function missingSince(daily: Daily): Promise<string | undefined> {
    const now = clock.now();
    const due = lastDue(daily.hour, now);
    if (setAt !== undefined && isBefore(due, setAt)) return undefined;
    const asked = { due, now, folder: await realFolder(daily.folder), photos: daily.photos };
    return [...ledger.state.backups.values()].some((one) => serves(one, asked)) ? undefined : due;
  }

  function waitLeft(): number {
    return triedAt === undefined ? 0 : Math.max(0, triedAt + TRY_EVERY - clock.monotonic());
  }

  return {
    async tick() {
      const daily = present();
      if (!daily || waitLeft() > 0 || (await missingSince(daily)) === undefined || works.current) return;
      triedAt = clock.monotonic();
      const { result } = works.start('backup', null, (telling) => makeDaily(parts, daily, telling));
      // Why it failed stands in the list of what has ended.
      await result.catch(() => undefined);
    },
    async nextAt() {
      const daily = present();
      if (!daily) return null;
      const now = clock.now();
      const since = await missingSince(daily);
      if (since === undefined) return addMinutes(lastDue(daily.hour, now), DAY);
      return waitLeft() > 0 ? addMs(now, waitLeft()) : since;
    },
  };
}

/** The latest time, not after `now`, at which a clock on the wall showed that hour. */
export function lastDue(hour: number, now: string): string {
  const today = isoAt(localDateOf(now), `${String(hour).padStart(2, '0')}:00`, now);
  return isBefore(now, today) ? addMinutes(today, -DAY) : today;
}

/** A backup that should have been made by now. */
interface Asked {
  due: string;
  now: string;
  folder: string;
  photos: boolean;
}

/** Is it the one that is asked for? One from a time to come was made by a clock that was wrong. */
function serves({ path, at, photos }: Backup, asked: Asked): boolean {
  if (dirname(path) !== asked.folder || (asked.photos && !photos)) return false;
  return !isBefore(at, asked.due) && !isBefore(asked.now, at);
}

/** Backups are remembered by their real path. A folder that is away has none to be asked for. */
async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (diskCode(error) === undefined) throw error;
    return resolve(path);
  }
}

function isBefore(one: string, other: string): boolean {
  return Date.parse(one) < Date.parse(other);
}

/** Writes one, and removes those that it makes needless. */
async function makeDaily(parts: UpkeepParts, daily: Daily, telling: Telling): Promise<MadeBackup> {
  const { ledger, clock } = parts;
  const folder = await folderInPlaces(daily.folder, await findPlaces());
  const target = join(folder, backupName(ledger.store.gate, clock.now()));
  telling.about(target);
  const made = await writeKioskBackup(parts, { target, photos: daily.photos }, telling);
  const old = needless(await backupsIn(folder), ledger.store.gate, made.manifest.lastSeq);
  const { dropped, problems } = await removeBackups(
    folder,
    old.filter(({ path }) => path !== target),
  );
  for (const words of problems) telling.problem(words);
  await noteBackup(parts, made, dropped);
  return made;
}
