import { noNameColumn } from './people-file-problems.ts';

/** What a people file can tell of a person. */
export type Column = 'name' | 'staffNo' | 'team' | 'category';

/** Words a column goes by, lower case and without spaces; of two columns the one with the earlier word is meant. */
const WORDS: Record<Column, readonly string[]> = {
  name: ['姓名', 'name', '人员姓名', '员工姓名', '名字', 'fullname'],
  staffNo: [
    '工号',
    'staffno',
    'staffnumber',
    '员工号',
    '员工编号',
    '职工号',
    '人员编号',
    'employeeid',
    'employeeno',
    'employeenumber',
    'staffid',
    '编号',
  ],
  team: ['班组', 'team', '部门', 'department', '车间', '所属部门', '所在部门', '班组名称', '部门名称'],
  category: ['类别', 'category', '人员类别', '政治面貌'],
};

/** The columns in the order in which people write them. */
export const COLUMNS = Object.keys(WORDS) as Column[];

/** How many of the first rows with something in them may come before the header, itself included. */
const HEADER_WITHIN = 10;

/** Where the header stands among the rows, and the index of each column that is there. */
export interface Header {
  row: number;
  columns: Partial<Record<Column, number>> & { name: number };
}

/**
 * Finds the header: the first of the first ten rows with a column for the name. Titles may stand above it; other
 * columns may stand between; a heading may be in both languages ("工号 Staff no.").
 */
export function findHeader(rows: readonly (readonly string[])[]): Header | undefined {
  for (const [row, cells] of rows.slice(0, HEADER_WITHIN).entries()) {
    const columns = columnsOf(cells);
    if (columns.name !== undefined) return { row, columns: { ...columns, name: columns.name } };
  }
  return undefined;
}

/** As `findHeader`. @throws Problem `people-file-no-name-column`. */
export function requireHeader(rows: readonly (readonly string[])[]): Header {
  const header = findHeader(rows);
  if (!header) throw noNameColumn(rows[0] ?? []);
  return header;
}

function columnsOf(cells: readonly string[]): Partial<Record<Column, number>> {
  const found: Partial<Record<Column, number>> = {};
  for (const column of COLUMNS) {
    const ranked = cells
      .map((cell, index) => ({ index, rank: rankOf(cell, WORDS[column]) }))
      .filter(({ rank }) => rank !== -1)
      .sort((a, b) => a.rank - b.rank);
    if (ranked[0]) found[column] = ranked[0].index;
  }
  return found;
}

/** The place of the heading among the words, -1 when it is none of them; of two languages both must fit. */
function rankOf(heading: string, words: readonly string[]): number {
  const [whole, ...parts] = formsOf(heading);
  const rank = words.indexOf(whole);
  if (rank !== -1 || parts.length < 2) return rank;
  const ranks = parts.map((part) => words.indexOf(part));
  return ranks.includes(-1) ? -1 : Math.min(...ranks);
}

/** A heading without spaces, marks and remarks in brackets, as a whole and split into Chinese and Latin. */
function formsOf(heading: string): [string, ...string[]] {
  const whole = heading
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\([^)]*\)/g, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  return [whole, ...(whole.match(/\p{Script=Han}+|[a-z]+/gu) ?? [])];
}
