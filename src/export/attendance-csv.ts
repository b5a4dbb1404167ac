import { stringify } from 'csv-stringify/sync';
import type { AttendanceRow } from '../api/attendance-api.ts';
import type { Bilingual } from '../domain/bilingual.ts';

const HEADER = [
  '序号 No.',
  '姓名 Name',
  '工号 Staff no.',
  '班组 Team',
  '类别 Category',
  '岗位 Post',
  '签到时间 Signed in',
  '状态 Status',
  '备注 Note',
];

/** The attendance sheet as CSV that Excel opens in Chinese (BOM) and that cannot start a formula. */
export function attendanceCsv(rows: readonly AttendanceRow[]): string {
  const body = rows.map((row) => [
    row.number,
    row.name,
    row.staffNo,
    row.team,
    both(row.category),
    both(row.post),
    localTime(row.signedInAt),
    row.undoneAt ? `已撤销 undone ${localTime(row.undoneAt)}` : '已签到 present',
    noteOf(row),
  ]);
  return stringify([HEADER, ...body], { bom: true, escape_formulas: true, record_delimiter: '\r\n' });
}

function noteOf({ overLimit, reason }: AttendanceRow): string {
  return [overLimit && '岗位已满 post was full', reason].filter(Boolean).join(': ');
}

function both(words: Bilingual | null): string {
  return words ? `${words.zh} ${words.en}` : '';
}

/** "2026-11-22 18:03:21": the local time as it was at the gate. */
function localTime(at: string): string {
  return at.slice(0, 19).replace('T', ' ');
}
