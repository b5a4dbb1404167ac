import type { AttendanceRow, AttendanceSheet, MissingRow } from '../api/attendance-api.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import { endsOf } from '../domain/ends.ts';
import { leaveReasonWords } from '../domain/leave.ts';
import type { SignOut } from '../domain/visit.ts';

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
  { zh: '签退时间', en: 'Signed out' },
  { zh: '时长', en: 'Hours' },
  { zh: '时长依据', en: 'Hours by' },
  { zh: '迟到分钟', en: 'Late (min)' },
  { zh: '早退分钟', en: 'Left early (min)' },
  { zh: '代点人', en: 'Vouched by' },
  { zh: '来宾单位', en: 'Organisation' },
  { zh: '状态', en: 'Status' },
  { zh: '备注', en: 'Note' },
];

/** How the end of a visit is known. */
export const HOW: Record<SignOut['how'], Bilingual> = {
  measured: { zh: '实测', en: 'measured' },
  planned: { zh: '计划', en: 'planned' },
  corrected: { zh: '更正', en: 'corrected' },
};

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

/** When somebody left, or by the plan did; nothing while they are there, and where only the date is kept. */
export function leftAt({ signOut, timeDropped }: AttendanceRow): string {
  return signOut && !timeDropped ? localTime(signOut.at) : '';
}

/** "2:05": hours and minutes; nothing for a visit that goes on or does not count. */
export function hoursWords(minutes: number | undefined): string {
  return minutes === undefined ? '' : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** How the hours are known, and of planned ones whether anybody stands for them. */
export function howOf({ signOut, minutes, staysToEnd }: AttendanceRow): string {
  if (!signOut || minutes === undefined) return '';
  if (signOut.together) return '实测，集体签退 measured, signed out together';
  if (signOut.how !== 'planned') return both(HOW[signOut.how]);
  if (signOut.accepted) return '计划，已认可 planned, accepted';
  return staysToEnd ? '计划，本人预告 planned, as announced' : '计划，未复核 planned, not reviewed';
}

/** Who vouched; nothing for whoever signed in on their own. */
export function voucherOf({ vouchedBy }: AttendanceRow): string {
  return vouchedBy === '' ? '工作人员 staff' : (vouchedBy ?? '');
}

/** Whether the person is there, has left, or does not count and since when. */
export function statusOf(row: AttendanceRow): string {
  const { undoneAt, voidReason, enteredAt, doubled, signOut } = row;
  if (doubled) return '重复签到，不计 came twice, counted once';
  if (undoneAt !== undefined)
    return `${voidReason === undefined ? '已撤销 undone' : '已作废 void'} ${timeOrDate(row, undoneAt)}`;
  if (enteredAt !== undefined) return '补录 entered by staff';
  if (!signOut) return '已签到 present';
  // By the plan nobody signed out.
  return signOut.how === 'planned' ? '已结束 over' : '已签退 signed out';
}

/** Why somebody is in the list who did not come. */
export function missingStatusOf({ leave }: MissingRow): string {
  return leave ? '请假 on leave' : '未到 absent';
}

/** What else should be known: why a full post, the posts before, why entered by staff, why void, what became of the times. */
export function noteOf(row: AttendanceRow): string {
  const { overLimit, reason, enteredAt, voidReason, timeCorrected, timeDropped, signedInAt } = row;
  const { earlierPosts, signOut, postReason } = row;
  const because = (what: string, why: string | undefined) => (why ? `${what}: ${why}` : what);
  const isEntered = enteredAt !== undefined;
  return [
    overLimit && because('岗位已满 post was full', isEntered ? postReason : reason),
    isEntered && because(`补录于 entered ${timeOrDate(row, enteredAt)}`, reason),
    !overLimit && !isEntered && reason,
    earlierPosts && `原岗位 came from: ${earlierPosts.map(postWords).join(' → ')}`,
    signOut?.reason && `签退更正 sign-out corrected: ${signOut.reason}`,
    ...endsOf(signOut?.replaced).map((end) => `原签退 ended before: ${timeOrDate(row, end.at)}`),
    voidReason && `作废 void: ${voidReason}`,
    timeCorrected && '时钟有误，时间已更正 the clock was wrong, time corrected',
    timeDropped && `只保留日期 only the date is kept: ${localDate(signedInAt)}`,
  ]
    .filter(Boolean)
    .join('; ');
}

/** Why somebody is excused, and since when that is known. */
export function missingNoteOf({ leave }: MissingRow): string {
  if (!leave) return '';
  const noted = `登记于 noted ${leave.notedOn}`;
  return leave.reason ? `${both(leaveReasonWords(leave.reason))}; ${noted}` : noted;
}

/** The hours of everybody together, whatever is known of them. */
export function allHours({ hours }: AttendanceSheet['totals']): { visits: number; minutes: number } {
  const sums = Object.values(hours);
  return {
    visits: sums.reduce((sum, { visits }) => sum + visits, 0),
    minutes: sums.reduce((sum, { minutes }) => sum + minutes, 0),
  };
}

function postWords(post: Bilingual | null): string {
  return both(post) || '无岗位 none';
}

function timeOrDate({ timeDropped }: AttendanceRow, at: string): string {
  return timeDropped ? localDate(at) : localTime(at);
}

/** "2026-11-22". */
function localDate(at: string): string {
  return at.slice(0, 10);
}
