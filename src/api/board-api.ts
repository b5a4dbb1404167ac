import { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import type { ActivityView } from './activities-api.ts';
import { id, operation, resultOf } from './operation.ts';
import type { Arrival } from './wall-api.ts';

/** How many are there, in one group. `expected` is null where nobody said who is expected. */
export interface BoardGroup {
  name: Bilingual;
  expected: number | null;
  present: number;
}

/** What a board shows of one taking place of an activity. */
export interface BoardView {
  now: string;
  activity: ActivityView | null;
  expected: number;
  present: number;
  /** Expected people who are not here; where only numbers are known, the difference. Never below 0. */
  absent: number;
  categories: (BoardGroup & { categoryId: string | null; colour: string | null })[];
  posts: (BoardGroup & { postId: string; leader: string | null; full: boolean })[];
  /** Newest first. */
  arrivals: Arrival[];
}

/** What a board asks. */
export const boardApi = {
  /** The named activity, else the first that is open now. */
  'board.view': operation(
    'screen',
    z.strictObject({ activityId: id.exactOptional() }),
    resultOf<BoardView>(),
  ),
};
