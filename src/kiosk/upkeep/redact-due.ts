import { dirname } from 'node:path';
import { diskCode } from '../../backup/backup-problems.ts';
import type { Backup, State } from '../../domain/state.ts';
import { isThere } from '../../files/is-there.ts';

/*
 * What is left to clear follows from what the store remembers: the events that asked for it, and how far each backup
 * reaches or was written again. Order is the number of the event, never the clock.
 */

const WEEK_MS = 7 * 24 * 3600 * 1000;

/** The last event that erased people; 0 for none. */
export function erasedSeq({ receipts }: State): number {
  let last = 0;
  for (const { seq } of receipts.values()) last = Math.max(last, seq);
  return last;
}

/** The last event that took something out of the files: people or times; 0 for none. */
export function askedSeq(state: State): number {
  return Math.max(erasedSeq(state), state.timesDropped?.seq ?? 0);
}

/** The backups that the kiosk remembers, and those that it began and that a power cut may have kept it from noting. */
export function ownBackups({ backups, begunBackups }: State): Backup[] {
  return [...backups.values(), ...begunBackups.values()];
}

/** Does the backup hold people who were erased since? */
export function holdsErased(backup: Backup, state: State): boolean {
  return clearedSeq(backup) < erasedSeq(state);
}

/**
 * Is it time to write the backup again? At once for people. Times go from a backup once a week: each day drops one
 * more, and each writing reads and writes all of its photos, for hours and on sticks too. Daily backups have made room
 * for newer ones by then.
 */
export function isDue(backup: Backup, state: State, now: string): boolean {
  if (holdsErased(backup, state)) return true;
  if (clearedSeq(backup) >= askedSeq(state)) return false;
  const age = Date.parse(now) - Date.parse(backup.redactedAt ?? backup.at);
  // One from a time to come was made by a clock that was wrong.
  return age < 0 || age >= WEEK_MS;
}

function clearedSeq({ redactedSeq, lastSeq }: Backup): number {
  return redactedSeq ?? lastSeq;
}

/** Has somebody removed the backup? Where its whole folder is away, a stick may come back. */
export async function isGone(path: string): Promise<boolean> {
  try {
    return !(await isThere(path)) && (await isThere(dirname(path)));
  } catch (error) {
    if (diskCode(error) === undefined) throw error;
    return false;
  }
}
