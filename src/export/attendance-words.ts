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

/** Whether the person is there, and when that ended to be so. */
export function statusOf({ undoneAt, voidReason, enteredAt }: AttendanceRow): string {
  if (undoneAt !== undefined)
    return `${voidReason === undefined ? '已撤销 undone' : '已作废 void'} ${localTime(undoneAt)}`;
  return enteredAt === undefined ? '已签到 present' : '补录 entered by staff';
}

/** What else should be known: why a full post, why entered by staff and when, why void. */
export function noteOf({ overLimit, reason, enteredAt, voidReason }: AttendanceRow): string {
  const about = [
    overLimit && '岗位已满 post was full',
    enteredAt !== undefined && `补录于 entered ${localTime(enteredAt)}`,
  ].filter(Boolean);
  const why = [about.join('; '), reason].filter(Boolean).join(': ');
  return [why, voidReason !== undefined && `作废 void: ${voidReason}`].filter(Boolean).join('; ');
}
