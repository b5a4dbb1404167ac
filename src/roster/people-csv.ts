import { parse } from 'csv-parse/sync';
import { findHeader, requireHeader, type Column } from './people-file-header.ts';
import { tooManyColumns, tooManyRows, unreadable } from './people-file-problems.ts';
import { MAX_COLUMNS, MAX_CSV_ROWS, peopleRow, type PeopleFile } from './people-file-rows.ts';

/**
 * Reads a people file as text: cells separated by commas, semicolons or tabs; UTF-8, or GB 18030 as Excel in
 * Chinese writes it.
 * @throws Problem, see people-file-problems.ts.
 */
export function readPeopleCsv(bytes: Uint8Array): PeopleFile {
  const { text, encoding } = decode(bytes);
  if (text.includes('\0')) throw unreadable({ en: 'it is no text', zh: '它不是文本文件' });
  const records = parseRecords(text);
  const header = requireHeader(records.map(({ record }) => record));
  const people = records.slice(header.row + 1);
  if (people.length > MAX_CSV_ROWS) throw tooManyRows(MAX_CSV_ROWS);
  if (records.some(({ record }) => record.slice(MAX_COLUMNS).some((cell) => cell !== '')))
    throw tooManyColumns(MAX_COLUMNS);
  const cellOf = (record: string[], column: Column) => record[header.columns[column] ?? -1] ?? '';
  return {
    source: 'csv',
    encoding,
    rows: people.map(({ record }) => peopleRow((column) => cellOf(record, column))),
    lines: people.map(({ line }) => line),
    leftOut: [],
    notes: [],
  };
}

function decode(bytes: Uint8Array): { text: string; encoding: 'utf-8' | 'gb18030' } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  try {
    return { text: new TextDecoder('gb18030', { fatal: true }).decode(bytes), encoding: 'gb18030' };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw unreadable(
      { en: 'it is neither UTF-8 nor GB 18030 text', zh: '它既不是 UTF-8 也不是 GB 18030 文本' },
      cause,
    );
  }
}

function parseRecords(text: string): { record: string[]; line: number }[] {
  try {
    // The parser counts a line of Windows twice where it ends inside quotes.
    const parsed = parse(text.replaceAll(/\r\n?/g, '\n'), {
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_records_with_empty_values: true,
      // Enough to tell that there are too many, titles and header included.
      to: MAX_CSV_ROWS + 11,
    });
    return (parsed as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      record: record.map((cell) => cell.trim()),
      line: info.lines - lineBreaksIn(record),
    }));
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw unreadable({ en: what, zh: `它不是规范的 CSV（${what}）` }, cause);
  }
}

/** A cell in quotes may go over lines; the parser gives the last one, an editor is asked for the first. */
function lineBreaksIn(record: string[]): number {
  return record.reduce((sum, cell) => sum + (cell.split('\n').length - 1), 0);
}

/** What separates the cells of the header: a comma, else what Excel writes in other countries. */
function delimiterOf(text: string): string {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n|\r/, 20);
  const isRight = (delimiter: string) =>
    findHeader(lines.filter((line) => line.trim() !== '').map((line) => line.split(delimiter))) !== undefined;
  return [',', ';', '\t'].find(isRight) ?? ',';
}
