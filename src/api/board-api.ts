import { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import type { ActivityView } from './activities-api.ts';
import { id, operation, resultOf } from './operation.ts';
import type { Arrival } from './wall-api.ts';

/** How many are there, in one group. `expected` and `absent` are null where nobody said who is expected. */
export interface BoardGroup {
  name: Bilingual;
  expected: number | null;
  /** Who came, those too who have left again. */
  present: number;
  /** Who is there and has not left. */
  inside: number;
  /** Expected people who are excused and not here; at a post those who were assigned to it. */
  onLeave: number;
  /** Expected people who are neither here nor excused; at a post those who were assigned to it. */
  absent: number | null;
}

/** What a board shows of one taking place of an activity. */
export interface BoardView {
  now: string;
  activity: ActivityView | null;
  /** All five as in `Counts`. */
  expected: number;
  present: number;
  inside: number;
  onLeave: number;
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
