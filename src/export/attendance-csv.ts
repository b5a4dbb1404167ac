import { stringify } from 'csv-stringify/sync';
import type { AttendanceRow, AttendanceSheet, MissingRow, SheetPerson } from '../api/attendance-api.ts';
import { nameWords } from '../domain/person.ts';
import {
  both,
  cameAt,
  HEADINGS,
  hoursWords,
  howOf,
  leftAt,
  missingNoteOf,
  missingStatusOf,
  noteOf,
  statusOf,
  voucherOf,
} from './attendance-words.ts';

type Cells = (string | number)[];

/** Of whoever did not come nothing is known between the post and the status. */
const NOTHING: Cells = HEADINGS.slice(6, 14).map(() => '');

/**
 * The attendance sheet as CSV that Excel opens in Chinese (BOM) and that cannot start a formula: every visit, then
 * whoever did not come. No sums: it is for programs that make their own.
 */
export function attendanceCsv({ rows, missing }: Pick<AttendanceSheet, 'rows' | 'missing'>): string {
  const body = [...rows.map(visitCells), ...missing.map(missingCells)];
  return stringify([HEADINGS.map(both), ...body], {
    bom: true,
    escape_formulas: true,
    record_delimiter: '\r\n',
  });
}

function visitCells(row: AttendanceRow): Cells {
  return [
    row.number,
    ...personCells(row),
    cameAt(row),
    leftAt(row),
    hoursWords(row.minutes),
    howOf(row),
    row.lateMinutes ?? '',
    row.earlyMinutes ?? '',
    voucherOf(row),
    row.organisation ?? '',
    statusOf(row),
    noteOf(row),
  ];
}

function missingCells(row: MissingRow): Cells {
  return ['', ...personCells(row), ...NOTHING, missingStatusOf(row), missingNoteOf(row)];
}

function personCells(row: SheetPerson): Cells {
  return [both(nameWords(row)), row.staffNo, row.team, both(row.category), both(row.post)];
}
