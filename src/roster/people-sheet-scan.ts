import { tooManyColumns, tooManyRows } from './people-file-problems.ts';
import { MAX_COLUMNS, MAX_SHEET_ROWS } from './people-file-rows.ts';
import { attributeOf, PREFIX } from './people-sheet-xml.ts';

/*
 * A look at a sheet's XML before it is parsed: it takes out what says nothing (empty rows down to the last one of
 * the sheet are common), stops where there is too much, and keeps what the parser does not tell.
 */

/** Why a cell has no value although something is in it. */
export type BrokenCell = 'formula' | 'error';

/** Cells that were joined into one; rows and columns as in the sheet, rows from 1 and columns from 0. */
export interface MergedCells {
  fromRow: number;
  toRow: number;
  fromColumn: number;
  toColumn: number;
}

/** What is in a sheet. */
export interface SheetScan {
  /** The sheet with only the rows that hold something, numbered without gaps. */
  xml: string;
  /** The number that each of these rows has in the sheet. */
  lines: number[];
  /** By `cellKey`, row and column counted from 0 among the rows that hold something. */
  broken: Map<string, BrokenCell>;
  merged: MergedCells[];
}

/** Rows that may stand above the people: titles and the header. */
const ROWS_ABOVE = 10;

const ROW = new RegExp(`<${PREFIX}row(?=[\\s/>])([^>]*)>`, 'g');
const ROW_END = new RegExp(`</${PREFIX}row\\s*>`, 'g');
const CELL = new RegExp(`<${PREFIX}c(?=[\\s/>])([^>]*?)(?:/>|>([\\s\\S]*?)</${PREFIX}c\\s*>)`, 'g');
const FORMULA = new RegExp(`<${PREFIX}f(?=[\\s/>])`);
const VALUE = new RegExp(`<${PREFIX}v(?=[\\s/>])`);
const NUMBER = new RegExp(`<${PREFIX}v(?:\\s[^>]*)?>(\\d+)</`);
const TEXT = new RegExp(`<${PREFIX}(?:v(?:\\s[^>]*)?>(?!</)|is(?=[\\s>]))`);
const MERGED = new RegExp(`<${PREFIX}mergeCell\\s[^>]*?ref=["']([A-Z]+)(\\d+):([A-Z]+)(\\d+)["']`, 'g');

/**
 * Looks through a sheet. `digits` says for cell styles that show leading zeros (0017) how many digits they show:
 * their numbers become the text that people see.
 * @throws Problem `people-file-too-many-rows` or `people-file-too-many-columns`.
 */
export function scanSheet(xml: string, digits: ReadonlyMap<string, number>): SheetScan {
  const scan: SheetScan = { xml: '', lines: [], broken: new Map(), merged: mergedCells(xml) };
  const rows: string[] = [];
  let line = 0;
  for (const { attributes, body } of rowsOf(xml)) {
    line = Number(attributeOf(attributes, 'r')) || line + 1;
    const cells = cellsOf(body, rows.length, digits, scan.broken);
    if (cells === undefined) continue;
    rows.push(`<row r="${rows.length + 1}">${cells}</row>`);
    scan.lines.push(line);
    if (rows.length > MAX_SHEET_ROWS + ROWS_ABOVE) throw tooManyRows(MAX_SHEET_ROWS);
  }
  scan.xml = `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`;
  return scan;
}

/** How `broken` names a cell. */
export function cellKey(row: number, column: number): string {
  return `${row}:${column}`;
}

function* rowsOf(xml: string): Generator<{ attributes: string; body: string }> {
  const row = new RegExp(ROW);
  const end = new RegExp(ROW_END);
  for (let found = row.exec(xml); found; found = row.exec(xml)) {
    const attributes = found[1]!;
    if (attributes.endsWith('/')) {
      yield { attributes, body: '' };
      continue;
    }
    end.lastIndex = row.lastIndex;
    const ended = end.exec(xml);
    yield { attributes, body: xml.slice(row.lastIndex, ended?.index) };
    row.lastIndex = ended ? end.lastIndex : xml.length;
  }
}

/** The cells of a row that hold something, undefined where none does; what is broken goes into `broken`. */
function cellsOf(
  body: string,
  row: number,
  digits: ReadonlyMap<string, number>,
  broken: Map<string, BrokenCell>,
): string | undefined {
  const cells: string[] = [];
  let column = -1;
  let holdsSomething = false;
  for (const [, attributes = '', content = ''] of body.matchAll(CELL)) {
    const letters = /^[A-Z]+/.exec(attributeOf(attributes, 'r') ?? '')?.[0];
    column = letters === undefined ? column + 1 : columnOf(letters);
    const trouble = troubleOf(attributes, content);
    if (!trouble && !TEXT.test(content)) continue;
    if (column >= MAX_COLUMNS) throw tooManyColumns(MAX_COLUMNS);
    holdsSomething = true;
    if (trouble) broken.set(cellKey(row, column), trouble);
    else cells.push(keptCell(`${lettersOf(column)}${row + 1}`, attributes, content, digits));
  }
  return holdsSomething ? cells.join('') : undefined;
}

function keptCell(
  address: string,
  attributes: string,
  content: string,
  digits: ReadonlyMap<string, number>,
): string {
  const [type, style] = ['t', 's'].map((name) => attributeOf(attributes, name));
  const shown = digits.get(style ?? '');
  const number = NUMBER.exec(content)?.[1];
  if (shown !== undefined && number !== undefined && (type ?? 'n') === 'n')
    return `<c r="${address}" t="str"><v>${number.padStart(shown, '0')}</v></c>`;
  const kept = (name: string, value: string | undefined) =>
    value === undefined ? '' : ` ${name}="${value}"`;
  return `<c r="${address}"${kept('t', type)}${kept('s', style)}>${content}</c>`;
}

function troubleOf(attributes: string, content: string): BrokenCell | undefined {
  if (attributeOf(attributes, 't') === 'e') return 'error';
  // A formula that was never computed has no value at all; one that gave nothing has an empty one.
  if (FORMULA.test(content) && !VALUE.test(content)) return 'formula';
  return undefined;
}

function mergedCells(xml: string): MergedCells[] {
  return Array.from(xml.matchAll(MERGED), ([, fromLetters, fromRow, toLetters, toRow]) => ({
    fromRow: Number(fromRow),
    toRow: Number(toRow),
    fromColumn: columnOf(fromLetters!),
    toColumn: columnOf(toLetters!),
  }));
}

function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** The letter of a column below `MAX_COLUMNS`. */
function lettersOf(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : String.fromCharCode(64 + Math.floor(column / 26)) + letter;
}
