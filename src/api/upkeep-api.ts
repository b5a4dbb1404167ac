import { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import { changing, id, localDate, operation, resultOf } from './operation.ts';

/** What the long work of looking after the data can be. */
export type UpkeepKind = 'backup' | 'verify' | 'restore' | 'erase' | 'retention';

/** One piece of long work: under way, or how it ended. */
export interface UpkeepWork {
  workId: string;
  kind: UpkeepKind;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  startedAt: string;
  /** How far it is, in bytes; `total` null while that is not known. */
  done: number;
  total: number | null;
  /** What came of it, or why it failed, in words; null while it runs. */
  words: Bilingual | null;
  /** What a check found wrong, in words. */
  problems: Bilingual[];
  /** The file that a backup was written to or restored from. */
  path: string | null;
}

/** A backup as a list shows it. */
export interface BackupView {
  path: string;
  fileName: string;
  bytes: number;
  madeAt: string;
  gate: string;
  kioskName: Bilingual;
  photos: boolean;
  lastSeq: number;
  counts: { events: number; people: number; visits: number; photos: number };
  /** Is it of this kiosk? Another one's is not restored here. */
  own: boolean;
}

/** What looks after itself, and what is under way. */
export interface UpkeepState {
  current: UpkeepWork | null;
  /** What has ended since the start, newest first. */
  ended: UpkeepWork[];
  /** When the next backup is due, ISO 8601; null where none is set up. */
  nextBackupAt: string | null;
  /** The newest backup that was made and is not known to be gone. */
  lastBackup: { path: string; at: string; bytes: number; photos: boolean } | null;
  /** Backups with people who were erased since, and which could not be reached then: by path. */
  backupsToRedact: string[];
}

const path = z.string().min(1).max(4096);

/**
 * Backup, check, restore, erasure and retention. Long work runs beside everything else, one at a time; screens that
 * follow `health` are told of its progress. Codes: `upkeep-busy`, `backup-exists`, `backup-unreadable`,
 * `backup-damaged`, `backup-newer`, `backup-of-another-kiosk`, `disk-nearly-full`, `place-unknown`,
 * `folder-unreadable`, `target-unwritable`, `work-unknown`, `person-unknown`, `clock-in-doubt`.
 */
export const upkeepApi = {
  'upkeep.state': operation('editor', z.strictObject({}), resultOf<UpkeepState>()),
  /** How large a backup would be: bytes and files, before it is packed. */
  'upkeep.plan': operation(
    'editor',
    z.strictObject({ photos: z.boolean() }),
    resultOf<{ bytes: number; files: number }>(),
  ),
  /** Writes a backup into a folder of the places, under a name of its own, or to exactly `path`: one of the two. */
  'upkeep.backup': operation(
    'admin',
    z.strictObject({ folder: path.exactOptional(), path: path.exactOptional(), photos: z.boolean() }),
    resultOf<{ workId: string }>(),
  ),
  /** The backups in a folder of the places, newest first; other files are left out. */
  'upkeep.backups': operation(
    'editor',
    z.strictObject({ folder: path }),
    resultOf<{ backups: BackupView[] }>(),
  ),
  /** Puts a backup in the place of the present data, which is kept beside it. */
  'upkeep.restore': operation('admin', z.strictObject({ path }), resultOf<{ workId: string }>()),
  /** Checks every checksum of the store and every photo. */
  'upkeep.verify': operation('editor', z.strictObject({}), resultOf<{ workId: string }>()),
  /** Erases people: from the roster, the journal, snapshots, kept data and the kiosk's own backups. */
  'upkeep.erase': operation(
    'admin',
    changing({ personIds: z.array(id).min(1).max(1000) }),
    resultOf<{ workId: string }>(),
  ),
  /** Drops exact times and reasons of visits before a local date, from every file. */
  'upkeep.dropTimes': operation('admin', changing({ before: localDate }), resultOf<{ workId: string }>()),
  /** Stops what is under way, where it can be stopped. */
  'upkeep.cancel': operation('admin', z.strictObject({ workId: id }), resultOf<Record<never, never>>()),
};
