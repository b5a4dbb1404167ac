import type { CellObject, Row, SheetData } from 'write-excel-file/node';
import type { AttendanceRow, AttendanceSheet, MissingRow, SheetPerson } from '../api/attendance-api.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import { nameWords } from '../domain/person.ts';
import {
  allHours,
  both,
  HEADINGS,
  HOW,
  howOf,
  localTime,
  missingNoteOf,
  missingStatusOf,
  noteOf,
  stands,
  statusOf,
  voucherOf,
} from './attendance-words.ts';

type Cells = (CellObject | null)[];
type Style = Omit<CellObject, 'value' | 'type'>;

/** Widths of the columns, in characters. */
export const WIDTHS: readonly number[] = [5, 12, 10, 12, 16, 20, 20, 20, 8, 13, 8, 9, 12, 14, 14, 18, 26];
/** Where signatures are drawn, from 1: between what is known and what is said about it. */
export const SIGNATURE_COLUMN = 15;
/** Heights of one line of text and of what a row has besides, in points. */
const LINE_HEIGHT = 15;
const ROW_PADDING = 5;
/** Height of a row with a signature, in points. */
export const SIGNATURE_HEIGHT = 33;

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
const PALE: Style = { textColor: '#7f7f7f' };
const SUM: Style = { ...CENTRED, fontWeight: 'bold' };
const MINUTES_A_DAY = 24 * 60;
const SIGNATURE: Bilingual = { zh: '签名', en: 'Signature' };
const PLAIN: Style = { alignVertical: 'center', height: 20 };

/** The whole sheet: what it is about, who came, who did not, the sums, what nobody measured, and the lines to sign on. */
export function attendanceCells(sheet: AttendanceSheet): SheetData {
  return [
    ...heading(sheet),
    ...sheet.rows.map(visitRow),
    ...sheet.missing.map(missingRow),
    [],
    ...sums(sheet),
    [],
    ...hours(sheet),
    [],
    signatures(),
  ];
}

function heading({ activity, totals }: AttendanceSheet): Row[] {
  const { title, place } = activity;
  const { expected, present, inside, onLeave, absent } = totals;
  const counted = [
    `应到 Expected：${expected}`,
    `已到 Present：${present}`,
    `请假 On leave：${onLeave}`,
    `未到 Absent：${absent}`,
    ...(inside > 0 ? [`未签退 Not signed out：${inside}`] : []),
  ].join('    ');
  return [
    wide(
      text(`${title.zh} 签到表`, { fontSize: 18, fontWeight: 'bold', align: 'center', height: 34 }),
      COLUMNS,
    ),
    wide(text(`${title.en} – attendance sheet`, { fontSize: 11, align: 'center', height: 20 }), COLUMNS),
    [
      ...wide(text(`地点 Place：${both(place)}`, PLAIN), 7),
      ...wide(text(`时间 Time：${period(activity)}`, PLAIN), COLUMNS - 7),
    ],
    wide(text(counted, PLAIN), COLUMNS),
    fitted(withSignature(HEADINGS, SIGNATURE).map((words) => text(`${words.zh}\n${words.en}`, HEAD))),
  ];
}

function visitRow(row: AttendanceRow): Row {
  const { signOut, minutes, lateMinutes, earlyMinutes, timeDropped, signature } = row;
  // What does not count is still there to be read, but paler.
  const pale: Style = stands(row) ? {} : PALE;
  const body = { ...BODY, ...pale };
  const centred = { ...CENTRED, ...pale };
  const cells = [
    number(row.number, centred),
    ...personCells(row, pale),
    timeDropped ? centred : time(row.signedInAt, centred),
    signOut && !timeDropped ? time(signOut.at, centred) : centred,
    duration(minutes, centred),
    text(howOf(row), { ...centred, ...(signOut && signOut.how !== 'measured' && { fontStyle: 'italic' }) }),
    number(lateMinutes ?? null, centred),
    number(earlyMinutes ?? null, centred),
    text(voucherOf(row), body),
    text(row.organisation ?? '', body),
    text(statusOf(row), body),
    text(noteOf(row), body),
  ];
  return fitted(withSignature(cells, body), signature ? SIGNATURE_HEIGHT : 0);
}

/** Who did not come; on paper they may still sign. */
function missingRow(row: MissingRow): Row {
  const nothing: Cells = Array.from({ length: 8 }, () => BODY);
  const said = [text(missingStatusOf(row), BODY), text(missingNoteOf(row), BODY)];
  return fitted(withSignature([BODY, ...personCells(row, {}), ...nothing, ...said], BODY));
}

function personCells(row: SheetPerson, pale: Style): CellObject[] {
  return [
    text(both(nameWords(row)), { ...BODY, ...pale }),
    // As text in Excel too, so that a leading zero survives an edit.
    text(row.staffNo, { ...CENTRED, ...pale, format: '@' }),
    text(row.team, { ...BODY, ...pale }),
    text(both(row.category), { ...BODY, ...pale }),
    text(both(row.post), { ...BODY, ...pale }),
  ];
}

function withSignature<Cell>(cells: readonly Cell[], signature: Cell): Cell[] {
  return cells.toSpliced(SIGNATURE_COLUMN - 1, 0, signature);
}

/** By category on the left; on the right, where there are posts, by post with its leader. */
function sums(sheet: AttendanceSheet): Row[] {
  const left = categorySums(sheet);
  const right = sheet.activity.posts.length > 0 ? postSums(sheet) : [];
  const nothing: Cells = Array.from({ length: 6 }, () => null);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    fitted([...(left[index] ?? nothing), null, ...(right[index] ?? [])]),
  );
}

function categorySums({ totals }: AttendanceSheet): Cells[] {
  const { expected, present, onLeave, absent } = totals;
  const heads = ['应到 Expected', '已到 Present', '请假 On leave', '未到 Absent'];
  return [
    [...wide(text('类别 Category', HEAD), 2), ...heads.map((words) => text(words, HEAD))],
    ...totals.categories.map(({ category, ...numbers }) =>
      categorySum(
        both(category) || '未分类 none',
        [numbers.expected, numbers.present, numbers.onLeave, numbers.absent],
        BODY,
      ),
    ),
    categorySum('合计 Total', [expected, present, onLeave, absent], SUM),
  ];
}

function postSums({ activity, totals }: AttendanceSheet): Cells[] {
  const atPosts = totals.posts.reduce((sum, { present }) => sum + present, 0);
  const elsewhere = totals.present - atPosts;
  return [
    [
      text('岗位 Post', HEAD),
      ...wide(text('班组长 Leader', HEAD), 2),
      ...wide(text('需要 Needed', HEAD), 2),
      text('已到 Present', HEAD),
    ],
    ...totals.posts.map(({ post, wanted, present }, index) =>
      postSum(both(post), activity.posts[index]?.leader?.name ?? '', wanted, present, BODY),
    ),
    ...(elsewhere > 0 ? [postSum('无岗位 none', '', null, elsewhere, BODY)] : []),
    postSum('合计 Total', '', wantedOf(activity), totals.present, SUM),
  ];
}

function categorySum(words: string, numbers: (number | null)[], style: Style): Cells {
  return [...wide(text(words, style), 2), ...numbers.map((value) => number(value, style))];
}

function postSum(words: string, leader: string, wanted: number | null, present: number, style: Style): Cells {
  return [
    text(words, style),
    ...wide(text(leader, style), 2),
    ...wide(number(wanted, style), 2),
    number(present, style),
  ];
}

/** The hours together, by how they are known; then each that nobody measured, so that none passes for measured. */
function hours({ rows, totals }: AttendanceSheet): Row[] {
  const all = allHours(totals);
  if (all.visits === 0) return [];
  const said = rows.filter(({ signOut, minutes }) => minutes !== undefined && signOut?.how !== 'measured');
  const open =
    totals.inside > 0
      ? `；未签退 ${totals.inside} 人，时长未计 ${totals.inside} not signed out, not counted`
      : '';
  return [
    fitted(hoursSum('时长依据 Hours by', '人次 Visits', '时长 Hours')),
    ...(['measured', 'planned', 'corrected'] as const)
      .filter((how) => totals.hours[how].visits > 0)
      .map((how) => {
        const { visits, minutes } = totals.hours[how];
        return fitted([
          ...wide(text(both(HOW[how]), BODY), 2),
          number(visits, BODY),
          duration(minutes, CENTRED),
        ]);
      }),
    fitted([...wide(text('合计 Total', SUM), 2), number(all.visits, SUM), duration(all.minutes, SUM)]),
    ...(said.length > 0 || open
      ? [
          wide(
            text(`非实测时长 ${said.length} 项 Hours that nobody measured: ${said.length}${open}`, PLAIN),
            COLUMNS,
          ),
        ]
      : []),
    ...said.map((row) =>
      fitted([
        number(row.number, CENTRED),
        text(both(nameWords(row)), BODY),
        duration(row.minutes, CENTRED),
        ...wide(text(howOf(row), BODY), 2),
        ...wide(text(row.signOut?.reason ?? '', BODY), 3),
      ]),
    ),
  ];
}

function hoursSum(...[how, visits, sum]: [how: string, visits: string, sum: string]): Cells {
  return [...wide(text(how, HEAD), 2), text(visits, HEAD), text(sum, HEAD)];
}

function signatures(): Row {
  const style: Style = { alignVertical: 'bottom', height: 36 };
  return [
    ...wide(text('制表 Prepared by：____________________', style), 5),
    ...wide(text('审核 Checked by：____________________', style), 4),
    ...wide(text('日期 Date：____________________', style), COLUMNS - 9),
  ];
}

/** A text, never a formula, whatever it begins with. */
function text(value: string, style: Style): CellObject {
  return { value, type: String, ...style };
}

/** A real time, as it was at the gate. */
function time(at: string, style: Style): CellObject {
  return { value: wallTime(at), type: Date, ...style, format: 'yyyy-mm-dd hh:mm:ss' };
}

/** Hours and minutes as a real duration, which Excel can add up; empty where none is known. */
function duration(minutes: number | undefined, style: Style): CellObject {
  if (minutes === undefined) return style;
  return { value: minutes / MINUTES_A_DAY, type: Number, ...style, format: '[h]:mm' };
}

function number(value: number | null, style: Style): CellObject {
  return { ...(value !== null && { value, type: Number }), ...style, align: 'center' };
}

/** The row, at least `least` points and as high as its longest text needs: not every program finds that out by itself. */
function fitted(row: Cells, least = 0): Row {
  const lines = row.map((cell, column) => {
    if (typeof cell?.value !== 'string') return 1;
    const span = WIDTHS.slice(column, column + (cell.columnSpan ?? 1));
    return linesOf(cell.value, span.reduce((sum, width) => sum + width, 0) - 1);
  });
  const height = Math.max(least, Math.max(1, ...lines) * LINE_HEIGHT + ROW_PADDING);
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
