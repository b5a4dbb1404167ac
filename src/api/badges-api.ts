import { z } from 'zod';
import { changing, id, operation, resultOf } from './operation.ts';
import type { PersonView } from './people-api.ts';

const badge = z.string().min(3).max(128);

/** Badges and QR codes that a reader types. Refusals: `badge-unknown`, `badge-taken`. */
export const badgesApi = {
  /**
   * Whose badge it is, as the gate shows them; a badge may carry the staff number instead of being linked. After too many
   * unknown ones a screen waits (`badges-wait` with `seconds`, 30 at most).
   */
  'badges.read': operation(
    'screen',
    z.strictObject({ badge, activityId: id.exactOptional() }),
    resultOf<{ person: PersonView }>(),
  ),
  /** Links a badge to a person. */
  'badges.link': operation('editor', changing({ personId: id, badge }), resultOf<{ personId: string }>()),
  /** Takes every badge from a person, as one that was lost. */
  'badges.unlink': operation('editor', changing({ personId: id }), resultOf<{ personId: string }>()),
};
