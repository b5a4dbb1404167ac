import type { AttendanceRow } from '../api/attendance-api.ts';
import type { Bilingual } from '../domain/bilingual.ts';

/*
 * What every form of the attendance sheet says: its columns and the words in them. Chinese comes first, English
 * beside it.
 */

/** The columns of the sheet, in their order. */
export const HEADINGS: readonly Bilingual[] = [
  { zh: '序号', en: 'No.' },
  { zh: '姓名', en: 'Name' },
  { zh: '工号', en: 'Staff no.' },
  { zh: '班组', en: 'Team' },
  { zh: '类别', en: 'Category' },
  { zh: '岗位', en: 'Post' },
  { zh: '签到时间', en: 'Signed in' },
  { zh: '状态', en: 'Status' },
  { zh: '备注', en: 'Note' },
];

/** Words in both languages, Chinese first; nothing for null. */
export function both(words: Bilingual | null): string {
  if (!words) return '';
  return words.zh === words.en ? words.zh : `${words.zh} ${words.en}`;
}

/** "2026-11-22 18:03:21": the local time as it was at the gate. */
export function localTime(at: string): string {
  return at.slice(0, 19).replace('T', ' ');
}

/** Does the visit stand? Then it counts. */
export function stands({ undoneAt }: AttendanceRow): boolean {
  return undoneAt === undefined;
}

/** When somebody came; nothing where only the date is kept. */
export function cameAt({ signedInAt, timeDropped }: AttendanceRow): string {
  return timeDropped ? '' : localTime(signedInAt);
}

/** Whether the person is there, and when that ended to be so. */
export function statusOf(row: AttendanceRow): string {
  const { undoneAt, voidReason, enteredAt, doubled } = row;
  if (doubled) return '重复签到，不计 came twice, counted once';
  if (undoneAt !== undefined)
    return `${voidReason === undefined ? '已撤销 undone' : '已作废 void'} ${timeOrDate(row, undoneAt)}`;
  return enteredAt === undefined ? '已签到 present' : '补录 entered by staff';
}

/** What else should be known: why a full post, why entered by staff and when, why void, what became of the time. */
export function noteOf(row: AttendanceRow): string {
  const { overLimit, reason, enteredAt, voidReason, timeCorrected, timeDropped, signedInAt } = row;
  const about = [
    overLimit && '岗位已满 post was full',
    enteredAt !== undefined && `补录于 entered ${timeOrDate(row, enteredAt)}`,
  ].filter(Boolean);
  const why = [about.join('; '), reason].filter(Boolean).join(': ');
  return [
    why,
    voidReason && `作废 void: ${voidReason}`,
    timeCorrected && '时钟有误，时间已更正 the clock was wrong, time corrected',
    timeDropped && `只保留日期 only the date is kept: ${localDate(signedInAt)}`,
  ]
    .filter(Boolean)
    .join('; ');
}

function timeOrDate({ timeDropped }: AttendanceRow, at: string): string {
  return timeDropped ? localDate(at) : localTime(at);
}

/** "2026-11-22". */
function localDate(at: string): string {
  return at.slice(0, 10);
}
