import { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import type { ClockJump } from '../domain/clock-jump.ts';
import type { Repair } from '../domain/state.ts';
import { changing, id, operation, resultOf } from './operation.ts';

/** How the kiosk is, as every screen may know. */
export interface Health {
  /** `cannot-save`: nothing is accepted; `trouble` says why. The wall goes on. */
  status: 'ok' | 'cannot-save';
  /** Code and words of what keeps the kiosk from saving. */
  trouble: { code: string; message: Bilingual } | null;
  version: string;
  gateId: string;
  lastSeq: number;
  /** What the last start had to repair, in words; empty when nothing. */
  recovery: Bilingual[];
}

/** What staff may know of the kiosk besides. */
export interface SystemDetails {
  dataFolder: string;
  startedAt: string;
  people: number;
  visits: number;
  photos: number;
  /** Is the sample still here? */
  sample: boolean;
  disk: {
    /** On the disk of the data folder. */
    freeBytes: number;
    /** `low`: imports and backups stop; `critical`: all but sign-ins do. */
    level: 'ample' | 'low' | 'critical';
    /** How long the last save took, and the slowest since the start, in milliseconds. */
    lastSaveMs: number;
    slowestSaveMs: number;
    /** Did a save fail since the start, and was that mended? */
    resumed: boolean;
  };
  /** What is broken in the store: nothing is accepted until staff decides. `to` null: nobody knows how many. */
  damage: { missing: { from: number; to: number | null }[]; files: string[]; words: Bilingual[] } | null;
  /** Damage that staff went on without, oldest first. */
  repairs: Repair[];
  /** What the kiosk adds to the system's clock, in milliseconds, and the jumps of that clock, newest first. */
  clockShiftMs: number;
  clockJumps: ClockJump[];
  /** How many people were erased. */
  erased: number;
}

/**
 * What can be asked about the kiosk itself. Codes: `store-damaged`, `store-read-only`, `store-not-writable`,
 * `jump-unknown`, `jump-settled`, `jump-size-unknown`, `sample-absent`.
 */
export const systemApi = {
  'system.health': operation('screen', z.strictObject({}), resultOf<Health>()),
  'system.details': operation('editor', z.strictObject({}), resultOf<SystemDetails>()),
  /**
   * Opens the store again after the disk has failed; what was confirmed stays. With `withoutDamaged` it goes on
   * without what is broken, which is put aside and noted.
   */
  'system.resume': operation(
    'admin',
    z.strictObject({ withoutDamaged: z.boolean().default(false) }),
    resultOf<Health>(),
  ),
  /** Says which side of a jump of the system's clock was right; the times of the other side are corrected. */
  'system.correctClock': operation(
    'admin',
    changing({ jumpId: id, right: z.enum(['before', 'after']) }),
    resultOf<Record<never, never>>(),
  ),
  /** Removes everything that is marked as sample, in one step, with the `visits` at its activities. */
  'sample.remove': operation('admin', changing({}), resultOf<{ visits: number }>()),
};
