import { z } from 'zod';
import type { SkipReason } from '../domain/decide-people.ts';
import { changing, id, line, operation, resultOf } from './operation.ts';

/** A person as a screen may see them. */
export interface PersonView {
  personId: string;
  name: string;
  categoryId: string | null;
  /** How many of the name's first characters the query matched. */
  matched: number;
  /** Only where another person of the same name exists: what tells them apart. */
  distinguish?: { team: string | null; staffNoTail: string | null };
  /** Only with an `activityId`: the open visit there. */
  visit?: { visitId: string; postId: string | null; signedInAt: string };
}

/** The most people a role below `admin` may list at once: a screen shows a page, never the roster. */
export const SCREEN_FIND_LIMIT = 1000;

const person = z.strictObject({
  personId: id.exactOptional(),
  name: line(64),
  staffNo: line(32).exactOptional(),
  team: line(64).exactOptional(),
  categoryId: id.exactOptional(),
});

/** A row of a people file, as read. `category` is an id or either name. */
const row = z.strictObject({
  name: z.string(),
  staffNo: z.string().exactOptional(),
  team: z.string().exactOptional(),
  category: z.string().exactOptional(),
});

/** A row of a people file, as read; nothing is checked yet. */
export type PeopleRow = z.infer<typeof row>;

/** Why a row of a people file was left out. */
export type RowProblem =
  SkipReason | 'name-missing' | 'name-too-long' | 'field-too-long' | 'category-unknown';

/** What can be asked about the roster. */
export const peopleApi = {
  /**
   * Finds people by pinyin initials, full pinyin, name or staff number. An empty query lists everybody by
   * pinyin. `total` is how many match; `people` holds the first `limit` of them.
   */
  'people.find': operation(
    'screen',
    z.strictObject({
      query: z.string().max(64),
      activityId: id.exactOptional(),
      limit: z.int().min(1).max(100_000).default(50),
    }),
    resultOf<{ people: PersonView[]; total: number }>(),
  ),
  'people.save': operation('admin', changing({ person }), resultOf<{ personId: string }>()),
  /** Imports rows; a row that cannot be taken is left out with its reason, `row` counted from 0. */
  'people.import': operation(
    'admin',
    changing({ rows: z.array(row).max(100_000) }),
    resultOf<{
      added: number;
      updated: number;
      unchanged: number;
      skipped: { row: number; reason: RowProblem }[];
    }>(),
  ),
};
