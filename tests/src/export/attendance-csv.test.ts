import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { AttendanceRow, MissingRow } from '../../../src/api/attendance-api.ts';
import { attendanceCsv } from '../../../src/export/attendance-csv.ts';

const WANG: AttendanceRow = {
  number: 1,
  name: '王建国',
  staffNo: '1003',
  team: '下料班',
  category: { en: 'Party member', zh: '党员' },
  post: { en: 'Welding', zh: '焊接' },
  signedInAt: '2026-11-22T18:03:21.123+08:00',
};

/** The sheet of these visits; whoever did not come is not asked for. */
const csvOf = (rows: AttendanceRow[], missing: MissingRow[] = []) => attendanceCsv({ rows, missing });
const cellsOf = (csv: string) => parse(csv, { bom: true }) as string[][];

test('the sheet opens in Excel: mark, CRLF, Chinese as it is', () => {
  const csv = csvOf([WANG]);
  expect(csv.startsWith('\uFEFF')).toBe(true);
  expect(csv.slice(1)).not.toContain('\uFEFF');
  expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(csv.endsWith('\r\n')).toBe(true);
  expect(cellsOf(csv)[1]).toEqual([
    '1',
    '王建国',
    '1003',
    '下料班',
    '党员 Party member',
    '焊接 Welding',
    '2026-11-22 18:03:21',
    ...Array.from({ length: 7 }, () => ''),
    '已签到 present',
    '',
  ]);
});

test('the bytes are UTF-8', () => {
  const bytes = Buffer.from(csvOf([WANG]));
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(bytes.includes(Buffer.from('王建国', 'utf8'))).toBe(true);
});

test('an evening nobody came to is still a sheet', () => {
  const rows = cellsOf(csvOf([]));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toHaveLength(16);
});

test('every row has as many cells as the header, whatever is missing', () => {
  const bare: AttendanceRow = { ...WANG, staffNo: '', team: '', category: null, post: null };
  expect(cellsOf(csvOf([bare, WANG])).map((row) => row.length)).toEqual([16, 16, 16]);
});

test('what was undone or over the limit is on the sheet, with its reason', () => {
  const rows = cellsOf(
    csvOf([
      { ...WANG, undoneAt: '2026-11-22T18:03:40.000+08:00' },
      { ...WANG, overLimit: true, reason: '临时支援' },
    ]),
  );
  expect(rows[1]![14]).toBe('已撤销 undone 2026-11-22 18:03:40');
  expect(rows[2]!.slice(14)).toEqual(['已签到 present', '岗位已满 post was full: 临时支援']);
});

test('who is erased is a row without a name, and old times are dates only', () => {
  const bare: AttendanceRow = { ...WANG, name: '', erased: true, staffNo: '', team: '' };
  const midnight = '2026-11-22T00:00:00.000+08:00';
  const old: AttendanceRow = { ...WANG, signedInAt: midnight, timeDropped: true };
  const rows = cellsOf(
    csvOf([
      bare,
      old,
      { ...old, enteredAt: midnight },
      { ...old, undoneAt: midnight, voidReason: '' },
      { ...WANG, timeCorrected: true },
      { ...WANG, doubled: true, undoneAt: WANG.signedInAt, timeCorrected: true },
    ]),
  ).slice(1);
  expect(rows[0]!.slice(1, 5)).toEqual(['已删除 erased', '', '', '党员 Party member']);
  const dateOnly = '只保留日期 only the date is kept: 2026-11-22';
  const corrected = '时钟有误，时间已更正 the clock was wrong, time corrected';
  expect(rows.slice(1).map((cells) => [cells[6], ...cells.slice(14)])).toEqual([
    ['', '已签到 present', dateOnly],
    ['', '补录 entered by staff', `补录于 entered 2026-11-22; ${dateOnly}`],
    ['', '已作废 void 2026-11-22', dateOnly],
    ['2026-11-22 18:03:21', '已签到 present', corrected],
    ['2026-11-22 18:03:21', '重复签到，不计 came twice, counted once', corrected],
  ]);
});

describe('a name cannot start a formula', () => {
  test.each(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])('beginning with %j', (start) => {
    const payload = `${start}cmd|'/C calc'!A0`;
    const row: AttendanceRow = {
      ...WANG,
      name: payload,
      staffNo: payload,
      team: payload,
      category: { zh: payload, en: payload },
      post: { zh: payload, en: payload },
      reason: payload,
    };
    const cells = cellsOf(csvOf([row]))[1]!;
    for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
    expect(cells[1]).toBe(`'${payload}`);
  });
});

test.each([
  ['quotes', '王"小"明'],
  ['a comma', 'Smith, John'],
  ['a line break', 'two\nlines'],
  ['CR and LF', 'two\r\nlines'],
  ['an apostrophe', "O'Brien"],
  ['an emoji', '🧱王'],
  ['a rare character', '𠮷野'],
  ['a semicolon', 'a;b'],
])('%s in a name stays in its cell', (_what, name) => {
  const rows = cellsOf(csvOf([{ ...WANG, name }, WANG]));
  expect(rows).toHaveLength(3);
  expect(rows[1]![1]).toBe(name);
});

const SIGNED_OUT = { at: '2026-11-22T20:08:50.000+08:00', seq: 9 };

test('the end of a visit, its hours and how they are known', () => {
  const visits: AttendanceRow[] = [
    { ...WANG, minutes: 125, signOut: { ...SIGNED_OUT, how: 'measured' } },
    { ...WANG, minutes: 125, signOut: { ...SIGNED_OUT, how: 'measured', together: true } },
    { ...WANG, minutes: 116, signOut: { ...SIGNED_OUT, how: 'planned' } },
    { ...WANG, minutes: 116, signOut: { ...SIGNED_OUT, how: 'planned', accepted: true } },
    { ...WANG, minutes: 116, signOut: { ...SIGNED_OUT, how: 'planned' }, staysToEnd: true },
    { ...WANG, minutes: 5, signOut: { ...SIGNED_OUT, how: 'corrected', reason: '提前回家' } },
    { ...WANG, undoneAt: SIGNED_OUT.at, signOut: { ...SIGNED_OUT, how: 'measured' } },
    { ...WANG, minutes: 600, timeDropped: true, signOut: { ...SIGNED_OUT, how: 'measured', minutes: 600 } },
  ];
  const rows = cellsOf(csvOf(visits)).slice(1);
  expect(rows.map((cells) => cells.slice(7, 10))).toEqual([
    ['2026-11-22 20:08:50', '2:05', '实测 measured'],
    ['2026-11-22 20:08:50', '2:05', '实测，集体签退 measured, signed out together'],
    ['2026-11-22 20:08:50', '1:56', '计划，未复核 planned, not reviewed'],
    ['2026-11-22 20:08:50', '1:56', '计划，已认可 planned, accepted'],
    ['2026-11-22 20:08:50', '1:56', '计划，本人预告 planned, as announced'],
    ['2026-11-22 20:08:50', '0:05', '更正 corrected'],
    // What was undone has no hours, whenever it ended.
    ['2026-11-22 20:08:50', '', ''],
    ['', '10:00', '实测 measured'],
  ]);
  // Who has left is present no more.
  expect(rows.map((cells) => cells[14])).toEqual([
    '已签退 signed out',
    '已签退 signed out',
    '已结束 over',
    '已结束 over',
    '已结束 over',
    '已签退 signed out',
    '已撤销 undone 2026-11-22 20:08:50',
    '已签退 signed out',
  ]);
  expect(rows[5]!.at(-1)).toBe('签退更正 sign-out corrected: 提前回家');
});

test('late, left early, vouched by, organisation and the posts before', () => {
  const rows = cellsOf(
    csvOf([
      { ...WANG, lateMinutes: 3, earlyMinutes: 20, vouchedBy: '李明朗' },
      { ...WANG, vouchedBy: '', organisation: '市团委' },
      { ...WANG, earlierPosts: [{ en: 'Truss', zh: '桁架' }, null] },
    ]),
  ).slice(1);
  expect(rows.map((cells) => cells.slice(10, 14))).toEqual([
    ['3', '20', '李明朗', ''],
    ['', '', '工作人员 staff', '市团委'],
    ['', '', '', ''],
  ]);
  expect(rows[2]!.at(-1)).toBe('原岗位 came from: 桁架 Truss → 无岗位 none');
});

test('who is on leave and who is absent stand below, without a number, with the reason in both languages where it is a usual one', () => {
  const { number: _, signedInAt: _at, ...person } = WANG;
  const rows = cellsOf(
    csvOf(
      [WANG],
      [
        { ...person, name: '陈杰', leave: { notedOn: '2026-11-21', reason: '病假' } },
        { ...person, name: '赵磊', leave: { notedOn: '2026-11-21', reason: 'Business trip' } },
        { ...person, name: '王芳', leave: { notedOn: '2026-11-21', reason: '照顾老人' } },
        { ...person, name: '李明朗', leave: { notedOn: '2026-11-21', reason: '' } },
        { ...person, name: '单晓雨', post: null },
      ],
    ),
  ).slice(2);
  expect(rows.map((cells) => [cells[0], cells[1], cells[5], ...cells.slice(14)])).toEqual([
    ['', '陈杰', '焊接 Welding', '请假 on leave', '病假 Ill; 登记于 noted 2026-11-21'],
    ['', '赵磊', '焊接 Welding', '请假 on leave', '出差 Business trip; 登记于 noted 2026-11-21'],
    ['', '王芳', '焊接 Welding', '请假 on leave', '照顾老人; 登记于 noted 2026-11-21'],
    ['', '李明朗', '焊接 Welding', '请假 on leave', '登记于 noted 2026-11-21'],
    ['', '单晓雨', '', '未到 absent', ''],
  ]);
  for (const cells of rows) expect(cells.slice(6, 14).join('')).toBe('');
});
