import { tooManyColumns, tooManyRows } from './people-file-problems.ts';
import { MAX_COLUMNS, MAX_SHEET_ROWS } from './people-file-rows.ts';

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

const PREFIX = '(?:[^\\s<>/:]+:)?';
const ROW = new RegExp(`<${PREFIX}row(?=[\\s/>])([^>]*)>`, 'g');
const ROW_END = new RegExp(`</${PREFIX}row\\s*>`, 'g');
const CELL = new RegExp(`<${PREFIX}c(?=[\\s/>])([^>]*?)(?:/>|>([\\s\\S]*?)</${PREFIX}c\\s*>)`, 'g');
const FORMULA = new RegExp(`<${PREFIX}f(?=[\\s/>])`);
const VALUE = new RegExp(`<${PREFIX}v(?=[\\s/>])`);
const TEXT = new RegExp(`<${PREFIX}(?:v(?:\\s[^>]*)?>(?!</)|is(?=[\\s>]))`);
const MERGED = new RegExp(`<${PREFIX}mergeCell\\s[^>]*?ref=["']([A-Z]+)(\\d+):([A-Z]+)(\\d+)["']`, 'g');

/** Looks through a sheet. @throws Problem `people-file-too-many-rows` or `people-file-too-many-columns`. */
export function scanSheet(xml: string): SheetScan {
  const scan: SheetScan = { xml: '', lines: [], broken: new Map(), merged: mergedCells(xml) };
  const rows: string[] = [];
  let line = 0;
  for (const { attributes, body } of rowsOf(xml)) {
    line = Number(attributeOf(attributes, 'r')) || line + 1;
    const cells = cellsOf(body, rows.length, scan.broken);
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

/** The value of an attribute, as it stands in the XML. */
export function attributeOf(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found?.[1] ?? found?.[2];
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
function cellsOf(body: string, row: number, broken: Map<string, BrokenCell>): string | undefined {
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
    else cells.push(`<c r="${lettersOf(column)}${row + 1}"${keptAttributes(attributes)}>${content}</c>`);
  }
  return holdsSomething ? cells.join('') : undefined;
}

function troubleOf(attributes: string, content: string): BrokenCell | undefined {
  if (attributeOf(attributes, 't') === 'e') return 'error';
  // A formula that was never computed has no value at all; one that gave nothing has an empty one.
  if (FORMULA.test(content) && !VALUE.test(content)) return 'formula';
  return undefined;
}

function keptAttributes(attributes: string): string {
  return ['t', 's']
    .map((name) => [name, attributeOf(attributes, name)] as const)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${value}"`))
    .join('');
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
