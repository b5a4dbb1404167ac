import { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import { changing, operation, resultOf } from './operation.ts';

/** How the kiosk is. */
export interface Health {
  /** `read-only`: the disk refused a write, nothing more is accepted until a restart. */
  status: 'ok' | 'read-only';
  version: string;
  gateId: string;
  lastSeq: number;
  /** What the last start had to repair, in words; empty when nothing. */
  recovery: Bilingual[];
}

/** What staff may know of the kiosk besides. */
export interface SystemDetails {
  dataFolder: string;
  /** On the disk of the data folder. */
  freeBytes: number;
  startedAt: string;
  people: number;
  visits: number;
  photos: number;
  /** Is the sample still here? */
  sample: boolean;
}

/** What can be asked about the kiosk itself. */
export const systemApi = {
  'system.health': operation('screen', z.strictObject({}), resultOf<Health>()),
  'system.details': operation('editor', z.strictObject({}), resultOf<SystemDetails>()),
  /** Removes everything that is marked as sample, in one step, with the `visits` at its activities. */
  'sample.remove': operation('admin', changing({}), resultOf<{ visits: number }>()),
};
