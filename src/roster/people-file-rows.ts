import type { PeopleRow } from '../api/people-api.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import type { Column } from './people-file-header.ts';

/** The largest file that is read, in bytes. */
export const MAX_BYTES = 5 * 1024 * 1024;
/** The most bytes a workbook may unpack to. */
export const MAX_UNPACKED = 50 * 1024 * 1024;
/** The most people in a text file, and in a workbook. */
export const MAX_CSV_ROWS = 100_000;
/** The most people in a workbook. */
export const MAX_SHEET_ROWS = 10_000;
/** The most columns with something in them. */
export const MAX_COLUMNS = 50;

/** What was read from a people file. */
export interface PeopleFile {
  source: 'csv' | 'xlsx';
  /** Of a text file; null of a workbook. */
  encoding: 'utf-8' | 'gb18030' | null;
  /** In file order; nothing is checked yet. */
  rows: PeopleRow[];
  /** The line of the file or row of the sheet that each of `rows` stood on, counted from 1. */
  lines: number[];
  /** Rows that could not be taken as they stand. */
  leftOut: LeftOutRow[];
  /** What somebody should know of the file as a whole. */
  notes: Bilingual[];
}

/** A row whose cells are not what they should be. */
export interface LeftOutRow {
  line: number;
  /** As far as it could be read. */
  name: string;
  reason: 'cell-unreadable';
  words: Bilingual;
}

/** One row, cell by cell, each without the spaces around it; empty fields are left out. */
export function peopleRow(cell: (column: Column) => string): PeopleRow {
  const [name, staffNo, team, category] = [cell('name'), cell('staffNo'), cell('team'), cell('category')].map(
    (text) => text.trim(),
  ) as [string, string, string, string];
  return {
    name,
    ...(staffNo && { staffNo }),
    ...(team && { team }),
    ...(category && { category }),
  };
}
