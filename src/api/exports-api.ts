import { z } from 'zod';
import { id, localDate, operation, resultOf } from './operation.ts';

/** Formats of an attendance sheet. */
export const EXPORT_FORMATS = ['xlsx', 'csv'] as const;
/** One of the formats. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const what = {
  activityId: id,
  /** Of a daily activity: which day; without it the present one. */
  takingPlace: localDate.exactOptional(),
  format: z.enum(EXPORT_FORMATS),
};

/** Attendance sheets as files. Codes: `place-unknown`, `target-unwritable` and what does not exist. */
export const exportsApi = {
  /** Writes the sheet into a folder of one of the places; never over a file that is there. */
  'exports.save': operation(
    'editor',
    z.strictObject({ ...what, folder: z.string().min(1).max(4096) }),
    resultOf<{ path: string; fileName: string; rows: number }>(),
  ),
  /** Makes the sheet and keeps it at `url` of this host for five minutes, to be downloaded once or more. */
  'exports.prepare': operation(
    'editor',
    z.strictObject(what),
    resultOf<{ url: string; fileName: string; rows: number }>(),
  ),
};
