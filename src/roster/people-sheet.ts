import { zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import type { Bilingual } from '../domain/bilingual.ts';
import { COLUMNS, findHeader, type Column, type Header } from './people-file-header.ts';
import { noNameColumn, tooManyRows, unreadable } from './people-file-problems.ts';
import { MAX_SHEET_ROWS, peopleRow, type LeftOutRow, type PeopleFile } from './people-file-rows.ts';
import { openSheetPackage, type SheetPackage } from './people-sheet-package.ts';
import { cellKey, scanSheet, type SheetScan } from './people-sheet-scan.ts';
import { visibleSheets } from './people-sheet-book.ts';
import { shownDigits } from './people-sheet-digits.ts';
import { CELL_WORDS, COLUMN_WORDS, mergedNote, sheetNote, type CellTrouble } from './people-sheet-words.ts';

type CellValue = string | boolean | Date | null;

/** A sheet's rows that hold something; numbers are text by now. */
interface Cells extends Omit<SheetScan, 'xml'> {
  rows: CellValue[][];
}

/**
 * Reads people from an Excel workbook: from its first visible sheet that has a column for the name. Formulas
 * count as what Excel last computed.
 * @throws Problem, see people-file-problems.ts.
 */
export async function readPeopleSheet(bytes: Uint8Array): Promise<PeopleFile> {
  const book = openSheetPackage(bytes);
  const shared = sharedParts(book);
  const digits = shownDigits(textOf(shared['xl/styles.xml']));
  let firstRow: string[] = [];
  for (const { name, path } of visibleSheets(book)) {
    const cells = await readCells(shared, scanSheet(textOf(book.unpack(path)), digits), name);
    const texts = cells.rows.slice(0, 10).map((row) => row.map(textOfCell));
    const header = findHeader(texts);
    if (header) return peopleOf(name, cells, header);
    if (firstRow.length === 0) firstRow = texts[0] ?? [];
  }
  throw noNameColumn(firstRow);
}

/** What every sheet of the workbook refers to. */
function sharedParts(book: SheetPackage): Record<string, Uint8Array> {
  const paths = ['xl/sharedStrings.xml', 'xl/styles.xml'];
  return Object.fromEntries(paths.flatMap((path) => (book.has(path) ? [[path, book.unpack(path)!]] : [])));
}

/** Has the library read one sheet: from a workbook of our own making, with nothing in it but what was checked. */
async function readCells(
  shared: Record<string, Uint8Array>,
  { xml, ...scan }: SheetScan,
  sheet: string,
): Promise<Cells> {
  const encoder = new TextEncoder();
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const book = zipSync(
    {
      ...shared,
      'xl/workbook.xml': encoder.encode(
        '<workbook><sheets><sheet name="1" sheetId="1" r:id="1"/></sheets></workbook>',
      ),
      'xl/_rels/workbook.xml.rels': encoder.encode(
        `<Relationships><Relationship Id="1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      ),
      'xl/worksheets/sheet1.xml': encoder.encode(xml),
    },
    { level: 0 },
  );
  try {
    const rows = await readSheet<string>(Buffer.from(book), 1, { parseNumber: numberText });
    return { ...scan, rows: rows as unknown as CellValue[][] };
  } catch (cause) {
    throw unreadable({ en: `the sheet "${sheet}" is damaged`, zh: `工作表“${sheet}”已损坏` }, cause);
  }
}

/** A number as people write it: 1017, never 1017.0 or 1.017E3. */
function numberText(raw: string): string {
  const number = Number(raw);
  return Number.isInteger(number) && Math.abs(number) < 1e21 ? number.toFixed(0) : String(number);
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

function textOfCell(cell: CellValue): string {
  return typeof cell === 'string' ? cell.trim() : '';
}

function peopleOf(sheet: string, cells: Cells, header: Header): PeopleFile {
  const { rows, lines } = cells;
  const first = header.row + 1;
  // Rows with nothing but broken cells at the end are not among the library's rows.
  if (lines.length - first > MAX_SHEET_ROWS) throw tooManyRows(MAX_SHEET_ROWS);
  const file: PeopleFile = {
    source: 'xlsx',
    encoding: null,
    rows: [],
    lines: [],
    leftOut: [],
    notes: [sheetNote(sheet), ...mergedNotes(cells, header)],
  };
  for (let row = first; row < lines.length; row++) {
    const cell = (column: Column) => rows[row]?.[header.columns[column] ?? -1] ?? null;
    const words = troubleOfRow(cells, header, row);
    if (words) file.leftOut.push(leftOut(lines[row]!, textOfCell(cell('name')), words));
    else {
      file.rows.push(peopleRow((column) => textOfCell(cell(column))));
      file.lines.push(lines[row]!);
    }
  }
  return file;
}

function leftOut(line: number, name: string, words: Bilingual): LeftOutRow {
  return { line, name, reason: 'cell-unreadable', words };
}

/** What is wrong with the first of the row's cells that is no text and no number. */
function troubleOfRow({ rows, broken }: Cells, { columns }: Header, row: number): Bilingual | undefined {
  for (const column of COLUMNS) {
    const index = columns[column];
    if (index === undefined) continue;
    const trouble = broken.get(cellKey(row, index)) ?? troubleOfValue(rows[row]?.[index] ?? null);
    if (trouble) return CELL_WORDS[trouble](COLUMN_WORDS[column]);
  }
  return undefined;
}

function troubleOfValue(value: CellValue): CellTrouble | undefined {
  if (value instanceof Date) return 'date';
  return typeof value === 'boolean' ? 'truth' : undefined;
}

/** Below the first row of merged cells there is nothing: where that is a column we read, somebody should know. */
function mergedNotes({ merged, lines }: Cells, { row, columns }: Header): Bilingual[] {
  const headerLine = lines[row]!;
  return COLUMNS.flatMap((column) => {
    const index = columns[column];
    const ranges = merged.filter(
      ({ fromRow, toRow, fromColumn, toColumn }) =>
        index !== undefined &&
        fromColumn <= index &&
        index <= toColumn &&
        toRow > Math.max(fromRow, headerLine),
    );
    return ranges.length > 0 ? [mergedNote(COLUMN_WORDS[column], ranges)] : [];
  });
}
