import { expect, test } from 'vitest';
import { Problem } from '../../../src/domain/problem.ts';
import { readPeopleCsv } from '../../../src/roster/people-csv.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

function problemOf(bytes: Uint8Array): { code: string; words: { en: string; zh: string } } {
  try {
    readPeopleCsv(bytes);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('the file was read');
}

test.each([
  ['English', 'name,staffNo,team,category'],
  ['Chinese', '姓名,工号,班组,类别'],
  ['mixed and loosely written', ' Name , Staff No,TEAM,类别'],
])('a file with an %s header is read', (_, header) => {
  expect(readPeopleCsv(utf8(`${header}\n陈杰,1017,焊接班,党员\n`))).toEqual({
    source: 'csv',
    encoding: 'utf-8',
    rows: [{ name: '陈杰', staffNo: '1017', team: '焊接班', category: '党员' }],
    lines: [2],
    leftOut: [],
    notes: [],
  });
});

test('columns may stand in any order, with others between them', () => {
  const { rows } = readPeopleCsv(
    utf8('phone,team,name,category,staffNo,remark\n138,焊接班,陈杰,,1017,old\n'),
  );
  expect(rows).toEqual([{ name: '陈杰', staffNo: '1017', team: '焊接班' }]);
});

test('the mark that Excel writes in front does not hide the first column', () => {
  expect(readPeopleCsv(utf8('\uFEFF姓名,工号,班组,类别\r\n陈杰,1017,,\r\n')).rows).toEqual([
    { name: '陈杰', staffNo: '1017' },
  ]);
});

test('the file that Excel in Chinese saves is read, characters beyond GBK included', () => {
  // 姓名,工号,班组,类别 / 陈杰,1017,焊接班,党员 / 㐀 in the four bytes of GB 18030
  const header = 'd0d5c3fb2cb9a4bac52cb0e0d7e92cc0e0b1f00a';
  const row = 'b3c2bddc2c313031372cbab8bdd3b0e02cb5b3d4b10a';
  const rare = '8139ee392c2c2c0a';
  expect(readPeopleCsv(Buffer.from(header + row + rare, 'hex'))).toMatchObject({
    rows: [{ name: '陈杰', staffNo: '1017', team: '焊接班', category: '党员' }, { name: '㐀' }],
    lines: [2, 3],
    encoding: 'gb18030',
  });
});

test('commas, quotes and line ends inside quotes belong to the field', () => {
  const { rows, lines } = readPeopleCsv(
    utf8('name,staffNo,team,category\n"Smith, Anna",1,"the ""A"" team",\n陈杰,2,,\n'),
  );
  expect(rows).toEqual([
    { name: 'Smith, Anna', staffNo: '1', team: 'the "A" team' },
    { name: '陈杰', staffNo: '2' },
  ]);
  expect(lines).toEqual([2, 3]);
});

test('a report names the line as an editor shows it, behind empty lines too', () => {
  const { rows, lines } = readPeopleCsv(utf8('name,staffNo,team,category\n\nAnna,,,\n,,,\n陈杰,,,\n'));
  expect(rows).toEqual([{ name: 'Anna' }, { name: '陈杰' }]);
  expect(lines).toEqual([3, 5]);
});

test.each(['\n', '\r\n'])('of a row that goes over lines (%j) the report names the first', (end) => {
  const text = ['name,team', 'Anna,"one', 'two', '', 'three"', '陈杰,', ',x'].join(end) + end;
  const { rows, lines } = readPeopleCsv(utf8(text));
  expect(rows.map(({ name }) => name)).toEqual(['Anna', '陈杰', '']);
  expect(lines).toEqual([2, 6, 7]);
});

test('leading zeros of a staff number stay', () => {
  expect(readPeopleCsv(utf8('name,staffNo,team,category\n陈杰,0017,,\n')).rows[0]?.staffNo).toBe('0017');
});

test('short and long rows are read as far as they go', () => {
  expect(readPeopleCsv(utf8('name,staffNo,team,category\nAnna\nBen,2,t,guest,more\n')).rows).toEqual([
    { name: 'Anna' },
    { name: 'Ben', staffNo: '2', team: 't', category: 'guest' },
  ]);
});

test('a row without a name is handed on, so that it can be reported', () => {
  expect(readPeopleCsv(utf8('name,staffNo,team,category\n,1017,,\n')).rows).toEqual([
    { name: '', staffNo: '1017' },
  ]);
});

test('only the name is required', () => {
  expect(readPeopleCsv(utf8('班组,姓名\n焊接班,陈杰\n')).rows).toEqual([{ name: '陈杰', team: '焊接班' }]);
  expect(readPeopleCsv(utf8('姓名\n陈杰\n王建国\n')).rows).toEqual([{ name: '陈杰' }, { name: '王建国' }]);
});

test.each([
  ['员工号', '部门', '政治面貌'],
  ['职工号*', '所在部门', '类 别'],
  ['编号（必填）', '车间', '人员类别'],
  ['Employee ID', 'Department', 'Category'],
  ['工号 Staff no.', '班组 Team', '类别 Category'],
])('other words for the columns: %s, %s, %s', (staffNo, team, category) => {
  expect(
    readPeopleCsv(utf8(`序号,姓名 Name,${staffNo},${team},${category}\n1,陈杰,1017,焊接班,党员\n`)).rows,
  ).toEqual([{ name: '陈杰', staffNo: '1017', team: '焊接班', category: '党员' }]);
});

test('of two columns the one with the plainer word is meant', () => {
  expect(readPeopleCsv(utf8('编号,工号,姓名\n1,1017,陈杰\n')).rows).toEqual([
    { name: '陈杰', staffNo: '1017' },
  ]);
});

test.each(['姓名拼音', 'team name', 'Name 拼音', '用户名'])('%s is no name', (heading) => {
  expect(problemOf(utf8(`${heading},工号\nchen,1017\n`)).code).toBe('people-file-no-name-column');
});

test.each([
  ['Excel', '2026 年志愿者,,\n,,\n姓名,工号,班组\n陈杰,1017,\n'],
  ['hand', '名单：焊接, 喷塑\n\n姓名;工号\n陈杰;1017\n'],
])('titles above the header, as %s writes them', (_, text) => {
  const { rows, lines } = readPeopleCsv(utf8(text));
  expect([rows, lines]).toEqual([[{ name: '陈杰', staffNo: '1017' }], [4]]);
});

test.each([
  ['an empty file', ''],
  ['a file without a header', '陈杰,1017,焊接班,党员\n'],
])('%s says which columns are wanted, in both languages', (_, text) => {
  const problem = problemOf(utf8(text));
  expect(problem.code).toBe('people-file-no-name-column');
  expect(problem.words.en).toContain('name,staffNo,team,category');
  expect(problem.words.zh).toContain('姓名,工号,班组,类别');
});

test('a header alone is an empty roster', () => {
  expect(readPeopleCsv(utf8('name,staffNo,team,category\n')).rows).toEqual([]);
});

test.each([
  ['a photo', Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex')],
  ['a UTF-16 file', Buffer.from('\uFEFF姓名,工号,班组,类别', 'utf16le')],
  ['an open quote', utf8('name,staffNo,team,category\n"陈杰,1017,,\n')],
  ['a quote in the middle', utf8('name,staffNo,team,category\n陈"杰,1017,,\n')],
])('%s is refused with a reason and nothing is imported', (_, bytes) => {
  const problem = problemOf(bytes);
  expect(problem.code).toBe('people-file-unreadable');
  expect(problem.words.en).toContain('Nothing was imported');
});

test('a workbook that was only renamed to CSV is refused', () => {
  const zip = Buffer.concat([Buffer.from('504b0304140006000800', 'hex'), Buffer.alloc(64, 0x9c)]);
  expect(problemOf(zip).code).toBe('people-file-unreadable');
});

test.each([
  ['semicolons', 'name;staffNo;team;category\n陈杰;1017;焊接, 一班;党员\n'],
  ['tabs', '姓名\t工号\t班组\t类别\n陈杰\t1017\t焊接, 一班\t党员\n'],
])('a file that Excel wrote with %s is read as well', (_, text) => {
  const { rows } = readPeopleCsv(Buffer.from(text));
  expect(rows).toEqual([{ name: '陈杰', staffNo: '1017', team: '焊接, 一班', category: '党员' }]);
});

test('a wrong header is quoted back, so that the mistake can be seen', () => {
  expect(() => readPeopleCsv(Buffer.from('Surname,Number\nA,1\n'))).toThrow(/Surname, Number/);
  expect(() => readPeopleCsv(Buffer.from(''))).toThrow(/is empty/);
});

test('100,000 rows are read, one more is refused', () => {
  const people = (count: number) => utf8(`姓名\n${'陈杰\n'.repeat(count)}`);
  expect(readPeopleCsv(people(100_000)).rows).toHaveLength(100_000);
  expect(problemOf(people(100_001)).code).toBe('people-file-too-many-rows');
});

test('more than 50 columns with something in them', () => {
  expect(problemOf(utf8(`姓名${','.repeat(50)}x\n`)).code).toBe('people-file-too-many-columns');
  expect(readPeopleCsv(utf8(`姓名${','.repeat(60)}\n陈杰\n`)).rows).toEqual([{ name: '陈杰' }]);
});
