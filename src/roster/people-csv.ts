import { parse } from 'csv-parse/sync';
import type { PeopleRow } from '../api/people-api.ts';
import { Problem } from '../domain/problem.ts';

/** Columns of a people file and the header words they go by. */
const COLUMNS = {
  name: ['name', '姓名'],
  staffNo: ['staffno', '工号'],
  team: ['team', '班组'],
  category: ['category', '类别'],
} as const;

type Column = keyof typeof COLUMNS;

/** What was read: rows in file order with the line each stood on (the header is line 1). */
export interface PeopleFile {
  rows: PeopleRow[];
  lines: number[];
  encoding: 'utf-8' | 'gb18030';
}

/**
 * Reads a people file: separated by commas, semicolons or tabs, as its first line is; header `name,staffNo,team,category` or `姓名,工号,班组,类别` in any
 * order; UTF-8, or GB 18030 as Excel in Chinese writes it.
 * @throws Problem `csv-unreadable` or `csv-column-missing`.
 */
export function readPeopleCsv(bytes: Uint8Array): PeopleFile {
  const { text, encoding } = decode(bytes);
  const [header, ...records] = parseRecords(text);
  const columns = findColumns(header?.record ?? []);
  const rows: PeopleRow[] = [];
  const lines: number[] = [];
  for (const { record, line } of records) {
    const cell = (column: Column) => record[columns[column]]?.trim() ?? '';
    const [staffNo, team, category] = [cell('staffNo'), cell('team'), cell('category')];
    rows.push({
      name: cell('name'),
      ...(staffNo && { staffNo }),
      ...(team && { team }),
      ...(category && { category }),
    });
    lines.push(line);
  }
  return { rows, lines, encoding };
}

function decode(bytes: Uint8Array): { text: string; encoding: PeopleFile['encoding'] } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  try {
    return { text: new TextDecoder('gb18030', { fatal: true }).decode(bytes), encoding: 'gb18030' };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw unreadable('it is neither UTF-8 nor GB 18030 text', '它既不是 UTF-8 也不是 GB 18030 文本', cause);
  }
}

function parseRecords(text: string): { record: string[]; line: number }[] {
  try {
    const parsed = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_records_with_empty_values: true,
    });
    return (parsed as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      record,
      line: info.lines,
    }));
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw unreadable(what, `它不是规范的 CSV（${what}）`, cause);
  }
}

/** What separates the cells of the first line: a comma, else what Excel writes in other countries. */
function delimiterOf(text: string): string {
  const [firstLine = ''] = text.split(/\r?\n/, 1);
  return [',', ';', '\t'].find((delimiter) => firstLine.includes(delimiter)) ?? ',';
}

function findColumns(header: string[]): Record<Column, number> {
  const words = header.map((word) =>
    word
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_-]/g, ''),
  );
  const indexes = {} as Record<Column, number>;
  const missing: Column[] = [];
  for (const column of Object.keys(COLUMNS) as Column[]) {
    const index = words.findIndex((word) => (COLUMNS[column] as readonly string[]).includes(word));
    indexes[column] = index;
    if (index === -1) missing.push(column);
  }
  if (missing.length === 0) return indexes;
  const found = header
    .filter((word) => word.trim() !== '')
    .join(', ')
    .slice(0, 120);
  throw new Problem('csv-column-missing', {
    en: `The people file lacks the column ${missing.join(', ')}: its first line ${found ? `reads "${found}"` : 'is empty'}. It must read name,staffNo,team,category or 姓名,工号,班组,类别. Nothing was imported.`,
    zh: `名单文件缺少列：${missing.map((column) => COLUMNS[column][1]).join('、')}（首行${found ? `为“${found}”` : '为空'}）。首行应为：姓名,工号,班组,类别，或 name,staffNo,team,category。未导入任何内容。`,
  });
}

function unreadable(en: string, zh: string, cause: unknown): Problem {
  return new Problem(
    'csv-unreadable',
    {
      en: `The people file cannot be read: ${en}. Please save it as CSV (UTF-8) and try again. Nothing was imported.`,
      zh: `无法读取名单文件：${zh}。请另存为 CSV（UTF-8）后重试。未导入任何内容。`,
    },
    { cause },
  );
}
