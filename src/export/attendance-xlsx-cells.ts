import type { CellObject, Row, SheetData } from 'write-excel-file/node';
import type { AttendanceRow, AttendanceSheet } from '../api/attendance-api.ts';
import { nameWords } from '../domain/person.ts';
import { both, HEADINGS, localTime, noteOf, stands, statusOf } from './attendance-words.ts';

type Cells = (CellObject | null)[];
type Style = Omit<CellObject, 'value' | 'type'>;

/** Widths of the columns, in characters. */
export const WIDTHS: readonly number[] = [6, 12, 11, 14, 29, 29, 20, 24, 32];
/** Heights of one line of text and of what a row has besides, in points. */
const LINE_HEIGHT = 15;
const ROW_PADDING = 5;

/** Rows above the people: titles, place and time, sums, header. */
export const HEADER_ROWS = 5;

const COLUMNS = WIDTHS.length;
const LINE: Style = { borderStyle: 'thin', borderColor: '#8c8c8c', alignVertical: 'center' };
const HEAD: Style = {
  ...LINE,
  fontWeight: 'bold',
  align: 'center',
  backgroundColor: '#ececec',
  wrap: true,
};
const BODY: Style = { ...LINE, wrap: true };
const CENTRED: Style = { ...BODY, align: 'center' };
const SUM: Style = { ...CENTRED, fontWeight: 'bold' };
const PLAIN: Style = { alignVertical: 'center', height: 20 };

/** The whole sheet: what it is about, who came, the sums, and the lines to sign on. */
export function attendanceCells(sheet: AttendanceSheet): SheetData {
  return [...heading(sheet), ...sheet.rows.map(personRow), [], ...sums(sheet), [], signatures()];
}

function heading({ activity, totals }: AttendanceSheet): Row[] {
  const { title, place } = activity;
  const { expected, present, absent } = totals;
  const counted = `应到 Expected：${expected}    已到 Present：${present}    未到 Absent：${absent}`;
  return [
    wide(
      text(`${title.zh} 签到表`, { fontSize: 18, fontWeight: 'bold', align: 'center', height: 34 }),
      COLUMNS,
    ),
    wide(text(`${title.en} – attendance sheet`, { fontSize: 11, align: 'center', height: 20 }), COLUMNS),
    [
      ...wide(text(`地点 Place：${both(place)}`, PLAIN), 5),
      ...wide(text(`时间 Time：${period(activity)}`, PLAIN), 4),
    ],
    wide(text(counted, PLAIN), COLUMNS),
    fitted(HEADINGS.map((words) => text(`${words.zh}\n${words.en}`, HEAD))),
  ];
}

function personRow(row: AttendanceRow): Row {
  // What does not count is still there to be read, but paler.
  const pale: Style = stands(row) ? {} : { textColor: '#7f7f7f' };
  return fitted([
    { value: row.number, type: Number, ...CENTRED, ...pale },
    text(both(nameWords(row)), { ...BODY, ...pale }),
    // As text in Excel too, so that a leading zero survives an edit.
    text(row.staffNo, { ...CENTRED, ...pale, format: '@' }),
    text(row.team, { ...BODY, ...pale }),
    text(both(row.category), { ...BODY, ...pale }),
    text(both(row.post), { ...BODY, ...pale }),
    time(row, { ...CENTRED, ...pale }),
    text(statusOf(row), { ...BODY, ...pale }),
    text(noteOf(row), { ...BODY, ...pale }),
  ]);
}

/** By category on the left; on the right, where there are posts, by post with its leader. */
function sums(sheet: AttendanceSheet): Row[] {
  const left = categorySums(sheet);
  const right = sheet.activity.posts.length > 0 ? postSums(sheet) : [];
  const nothing: Cells = Array.from({ length: 4 }, () => null);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    fitted([...(left[index] ?? nothing), null, ...(right[index] ?? [])]),
  );
}

function categorySums({ totals }: AttendanceSheet): Cells[] {
  return [
    [...wide(text('类别 Category', HEAD), 3), text('已到 Present', HEAD)],
    ...totals.categories.map(({ category, present }) =>
      categorySum(both(category) || '未分类 none', present, BODY),
    ),
    categorySum('合计 Total', totals.present, SUM),
  ];
}

function postSums({ activity, totals }: AttendanceSheet): Cells[] {
  const atPosts = totals.posts.reduce((sum, { present }) => sum + present, 0);
  const elsewhere = totals.present - atPosts;
  return [
    ['岗位 Post', '班组长 Leader', '需要 Needed', '已到 Present'].map((words) => text(words, HEAD)),
    ...totals.posts.map(({ post, wanted, present }, index) =>
      postSum(both(post), activity.posts[index]?.leader?.name ?? '', wanted, present, BODY),
    ),
    ...(elsewhere > 0 ? [postSum('无岗位 none', '', null, elsewhere, BODY)] : []),
    postSum('合计 Total', '', wantedOf(activity), totals.present, SUM),
  ];
}

function categorySum(words: string, present: number, style: Style): Cells {
  return [...wide(text(words, style), 3), number(present, style)];
}

function postSum(words: string, leader: string, wanted: number | null, present: number, style: Style): Cells {
  return [text(words, style), text(leader, style), number(wanted, style), number(present, style)];
}

function signatures(): Row {
  const style: Style = { alignVertical: 'bottom', height: 36 };
  return [
    ...wide(text('制表 Prepared by：____________________', style), 4),
    ...wide(text('审核 Checked by：____________________', style), 3),
    ...wide(text('日期 Date：____________________', style), 2),
  ];
}

/** A text, never a formula, whatever it begins with. */
function text(value: string, style: Style): CellObject {
  return { value, type: String, ...style };
}

/** When somebody came, as a real time; empty where only the date is kept. */
function time({ signedInAt, timeDropped }: AttendanceRow, style: Style): CellObject {
  if (timeDropped) return style;
  return { value: wallTime(signedInAt), type: Date, ...style, format: 'yyyy-mm-dd hh:mm:ss' };
}

function number(value: number | null, style: Style): CellObject {
  return { ...(value !== null && { value, type: Number }), ...style, align: 'center' };
}

/** The row, as high as its longest text needs: not every program finds that out by itself. */
function fitted(row: Cells): Row {
  const lines = row.map((cell, column) => {
    if (typeof cell?.value !== 'string') return 1;
    const span = WIDTHS.slice(column, column + (cell.columnSpan ?? 1));
    return linesOf(cell.value, span.reduce((sum, width) => sum + width, 0) - 1);
  });
  const height = Math.max(1, ...lines) * LINE_HEIGHT + ROW_PADDING;
  return row.map((cell, column) => (column === 0 ? { ...cell, height } : cell));
}

/** How many lines a text takes in a cell `width` characters wide; a Chinese character is as wide as two. */
function linesOf(text: string, width: number): number {
  const wideOnes = (line: string) =>
    line.match(/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffe6]|[^\0-\uffff]/gu) ?? [];
  const lengths = text.split('\n').map((line) => line.length + wideOnes(line).length);
  return lengths.reduce((sum, length) => sum + Math.max(1, Math.ceil(length / width)), 0);
}

/** A cell across `columns` columns. */
function wide(cell: CellObject, columns: number): Cells {
  return [{ ...cell, columnSpan: columns }, ...Array.from({ length: columns - 1 }, () => null)];
}

/** The local time at the gate; the library writes a date's UTC fields, so the machine's own zone plays no part. */
function wallTime(at: string): Date {
  return new Date(`${at.slice(0, 19)}Z`);
}

function wantedOf({ posts }: AttendanceSheet['activity']): number {
  return posts.reduce((sum, { wanted }) => sum + wanted, 0);
}

/** "2026-11-22 18:00 – 20:00"; the date again when it is another one. */
function period({ startsAt, endsAt }: AttendanceSheet['activity']): string {
  const [from, to] = [localTime(startsAt).slice(0, 16), localTime(endsAt).slice(0, 16)];
  return `${from} – ${to.startsWith(from.slice(0, 10)) ? to.slice(11) : to}`;
}
