import { z } from 'zod';
import type { Evidence } from '../domain/evidence.ts';
import { changing, id, operation, resultOf } from './operation.ts';

/** Points as "x, y" pairs in whole units of the box. */
const stroke = z
  .array(z.int().min(0).max(10_000))
  .min(2)
  .max(4000)
  .refine((points) => points.length % 2 === 0, 'pairs of x and y');

const signature = z.strictObject({
  width: z.int().min(1).max(10_000),
  height: z.int().min(1).max(10_000),
  strokes: z.array(stroke).min(1).max(200),
});

/** A small JPEG, so that it fits a line of the journal. */
const photo = z
  .string()
  .max(40_000)
  .regex(/^data:image\/jpeg;base64,[A-Za-z0-9+/]+=*$/, 'a JPEG as a data URL');

/**
 * What people agree to leave behind. Refusals: `evidence-not-asked`, `evidence-there`, `evidence-too-late`; none undoes a
 * sign-in.
 */
export const evidenceApi = {
  /** Adds a signature or a photo to a visit, for five minutes after the sign-in; staff may later. */
  'evidence.add': operation(
    'screen',
    changing({ visitId: id, signature: signature.exactOptional(), photo: photo.exactOptional() }).refine(
      (given) => given.signature !== undefined || given.photo !== undefined,
      'a signature or a photo is missing',
    ),
    resultOf<{ visitId: string }>(),
  ),
  /** What was left behind with a visit; null where nothing was, or it is not kept any more. */
  'evidence.get': operation(
    'editor',
    z.strictObject({ visitId: id }),
    resultOf<{ evidence: Evidence | null }>(),
  ),
};
