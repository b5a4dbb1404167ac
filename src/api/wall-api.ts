import { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import type { Counts } from '../domain/counts.ts';
import type { Slogan } from '../domain/slogan.ts';
import type { ActivityView } from './activities-api.ts';
import { operation, resultOf } from './operation.ts';
import type { PhotoView } from './photos-api.ts';

/** A sign-in as the wall may show it. */
export interface Arrival {
  visitId: string;
  /** As bystanders may see it (`Settings.names`): it may be masked, or empty. */
  name: string;
  postName: Bilingual | null;
  categoryId: string | null;
  signedInAt: string;
}

/** What a wall asks. */
export const wallApi = {
  /**
   * All that a wall shows: the activities the gate is for (open ones, then ended ones that people are still to sign out
   * of) and, of the first of them, counts and the latest arrivals, newest first.
   */
  'wall.view': operation(
    'screen',
    z.strictObject({}),
    resultOf<{
      now: string;
      activities: ActivityView[];
      counts: Counts | null;
      arrivals: Arrival[];
      photos: PhotoView[];
      slogans: Slogan[];
    }>(),
  ),
};
