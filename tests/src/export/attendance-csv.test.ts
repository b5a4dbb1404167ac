import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { AttendanceRow } from '../../../src/api/attendance-api.ts';
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

const cellsOf = (csv: string) => parse(csv, { bom: true }) as string[][];

test('the sheet opens in Excel: mark, CRLF, Chinese as it is', () => {
  const csv = attendanceCsv([WANG]);
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
    '已签到 present',
    '',
  ]);
});

test('the bytes are UTF-8', () => {
  const bytes = Buffer.from(attendanceCsv([WANG]));
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(bytes.includes(Buffer.from('王建国', 'utf8'))).toBe(true);
});

test('an evening nobody came to is still a sheet', () => {
  const rows = cellsOf(attendanceCsv([]));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toHaveLength(9);
});

test('every row has as many cells as the header, whatever is missing', () => {
  const bare: AttendanceRow = { ...WANG, staffNo: '', team: '', category: null, post: null };
  expect(cellsOf(attendanceCsv([bare, WANG])).map((row) => row.length)).toEqual([9, 9, 9]);
});

test('what was undone or over the limit is on the sheet, with its reason', () => {
  const rows = cellsOf(
    attendanceCsv([
      { ...WANG, undoneAt: '2026-11-22T18:03:40.000+08:00' },
      { ...WANG, overLimit: true, reason: '临时支援' },
    ]),
  );
  expect(rows[1]![7]).toBe('已撤销 undone 2026-11-22 18:03:40');
  expect(rows[2]!.slice(7)).toEqual(['已签到 present', '岗位已满 post was full: 临时支援']);
});

test('who is erased is a row without a name, and old times are dates only', () => {
  const bare: AttendanceRow = { ...WANG, name: '', erased: true, staffNo: '', team: '' };
  const midnight = '2026-11-22T00:00:00.000+08:00';
  const old: AttendanceRow = { ...WANG, signedInAt: midnight, timeDropped: true };
  const rows = cellsOf(
    attendanceCsv([
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
  expect(rows.slice(1).map((cells) => cells.slice(6))).toEqual([
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
    const cells = cellsOf(attendanceCsv([row]))[1]!;
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
  const rows = cellsOf(attendanceCsv([{ ...WANG, name }, WANG]));
  expect(rows).toHaveLength(3);
  expect(rows[1]![1]).toBe(name);
});
