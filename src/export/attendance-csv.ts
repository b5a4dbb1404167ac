import { stringify } from 'csv-stringify/sync';
import type { AttendanceRow } from '../api/attendance-api.ts';
import { nameWords } from '../domain/person.ts';
import { both, cameAt, HEADINGS, noteOf, statusOf } from './attendance-words.ts';

/** The attendance sheet as CSV that Excel opens in Chinese (BOM) and that cannot start a formula. */
export function attendanceCsv(rows: readonly AttendanceRow[]): string {
  const body = rows.map((row) => [
    row.number,
    both(nameWords(row)),
    row.staffNo,
    row.team,
    both(row.category),
    both(row.post),
    cameAt(row),
    statusOf(row),
    noteOf(row),
  ]);
  return stringify([HEADINGS.map(both), ...body], {
    bom: true,
    escape_formulas: true,
    record_delimiter: '\r\n',
  });
}
