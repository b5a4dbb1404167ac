import { z } from 'zod';
import type { SkipReason } from '../domain/decide-people.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import type { Person } from '../domain/person.ts';
import type { SuggestedPost } from '../domain/suggest-post.ts';
import { changing, id, line, operation, resultOf } from './operation.ts';

/** A person as a screen may see them. */
export interface PersonView {
  personId: string;
  /** Whole, or `masked`. */
  name: string;
  /** The name is as bystanders may see it (`maskedName`); nothing tells namesakes apart. */
  masked?: true;
  categoryId: string | null;
  /** How many of the name's first characters the query matched. */
  matched: number;
  /** Only where another person of the same name exists: what tells them apart; of guests their organisation as `team`. */
  distinguish?: { team: string | null; staffNoTail: string | null };
  /** Only with an `activityId`: the open visit there. */
  visit?: { visitId: string; postId: string | null; signedInAt: string; staysToEnd?: true };
  /** Likewise the visit that is over, where none is open. */
  left?: { visitId: string; signedInAt: string; signedOutAt: string };
  /** Likewise where they belong, where that is known. */
  suggested?: SuggestedPost;
  /** Likewise: they are excused. */
  onLeave?: true;
}

/** The most people a role below `admin` may list at once: a screen shows a page, never the roster. */
export const SCREEN_FIND_LIMIT = 1000;

/** A field that is left out stays as it was; an empty one is taken away. */
const none = z.literal('');

const person = z.strictObject({
  personId: id.exactOptional(),
  name: line(64),
  staffNo: none.or(line(32)).exactOptional(),
  team: none.or(line(64)).exactOptional(),
  categoryId: none.or(id).exactOptional(),
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

/** What an import did. */
export interface PeopleImported {
  added: number;
  updated: number;
  unchanged: number;
  skipped: { row: number; reason: RowProblem }[];
}

/** How many changed rows, and how many left-out ones, a preview or its import lists; the numbers count all. */
export const PREVIEW_LIMIT = 500;

/** What an import would do; `line` is the row's place in the file, counted from 1. */
export interface PeoplePreview {
  fileName: string;
  /** How the file was understood: an encoding of text, or a workbook. */
  readAs: 'utf-8' | 'gb18030' | 'xlsx';
  added: number;
  updated: number;
  unchanged: number;
  /** At most `PREVIEW_LIMIT` of those added or updated; `before` where they are known. */
  changes: { line: number; person: Person; before?: Person }[];
  /** At most `PREVIEW_LIMIT` of the rows that would be left out, in file order; `leftOutCount` counts all. */
  leftOut: { line: number; name: string; reason: RowProblem | 'cell-unreadable'; words: Bilingual }[];
  leftOutCount: number;
  /** What was noticed about the file as a whole. */
  notes: Bilingual[];
}

/** What can be asked about the roster. */
export const peopleApi = {
  /**
   * Finds people by pinyin initials, full pinyin, name or staff number, of a team or a category where one is
   * named. An empty query lists everybody by pinyin. `total` is how many match; `people` holds the first `limit`
   * of them. With an activity a screen also finds who is there and on no roster, after everybody else. Before anything is
   * typed a screen is told of names what bystanders may see: masks, or nobody (`hidden`).
   */
  'people.find': operation(
    'screen',
    z.strictObject({
      query: z.string().max(64),
      activityId: id.exactOptional(),
      team: z.string().min(1).max(64).exactOptional(),
      categoryId: id.exactOptional(),
      limit: z.int().min(1).max(100_000).default(50),
    }),
    resultOf<{ people: PersonView[]; total: number; hidden?: true }>(),
  ),
  /**
   * What the people whom `people.find` may find can be narrowed to: their teams by pinyin, and the ids of their
   * categories in the order in which categories stand. Code: `activity-unknown`.
   */
  'people.filters': operation(
    'screen',
    z.strictObject({ activityId: id.exactOptional() }),
    resultOf<{ teams: string[]; categories: string[] }>(),
  ),
  /** The roster for the office: whole records, by pinyin; `total` is how many match. */
  'people.list': operation(
    'editor',
    z.strictObject({
      query: z.string().max(64).default(''),
      team: z.string().max(64).exactOptional(),
      categoryId: id.exactOptional(),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    resultOf<{ people: Person[]; total: number; teams: string[] }>(),
  ),
  'people.save': operation('editor', changing({ person }), resultOf<{ personId: string }>()),
  /** Takes people off the roster; visits and activities that name them keep them. */
  'people.remove': operation(
    'editor',
    changing({ personIds: z.array(id).min(1).max(1000) }),
    resultOf<{ removed: number }>(),
  ),
  /** What importing an uploaded people file would do. Nothing is written. Code: `upload-unknown`. */
  'people.previewUpload': operation('editor', z.strictObject({ uploadId: id }), resultOf<PeoplePreview>()),
  /** Imports an uploaded people file. Of `skipped` at most `PREVIEW_LIMIT` are listed; `leftOutCount` counts all. */
  'people.importUpload': operation(
    'editor',
    changing({ uploadId: id }),
    resultOf<PeopleImported & { leftOutCount: number }>(),
  ),
  /** Imports rows; a row that cannot be taken is left out with its reason, `row` counted from 0. */
  'people.import': operation(
    'editor',
    changing({ rows: z.array(row).max(100_000) }),
    resultOf<PeopleImported>(),
  ),
};
