import type { Bilingual } from '../domain/bilingual.ts';
import type { Column } from './people-file-header.ts';
import type { BrokenCell, MergedCells } from './people-sheet-scan.ts';

/** Why a cell cannot be taken. */
export type CellTrouble = BrokenCell | 'date' | 'truth';

/** The columns, in words. */
export const COLUMN_WORDS: Record<Column, Bilingual> = {
  name: { en: 'name', zh: '姓名' },
  staffNo: { en: 'staff number', zh: '工号' },
  team: { en: 'team', zh: '班组' },
  category: { en: 'category', zh: '类别' },
};

/** What is wrong with a cell of `column`, and what to do. */
export const CELL_WORDS: Record<CellTrouble, (column: Bilingual) => Bilingual> = {
  formula: ({ en, zh }) => ({
    en: `the ${en} is a formula that was never computed; open the file in Excel, save it and try again`,
    zh: `${zh}是未计算过的公式；请用 Excel 打开并保存后重试`,
  }),
  error: ({ en, zh }) => ({
    en: `the ${en} is an error of Excel such as #N/A; write the value itself`,
    zh: `${zh}是 Excel 错误值（如 #N/A）；请直接填写内容`,
  }),
  date: ({ en, zh }) => ({
    en: `the ${en} is a date; write it as text`,
    zh: `${zh}是日期；请改为文本`,
  }),
  truth: ({ en, zh }) => ({
    en: `the ${en} is TRUE or FALSE; write it as text`,
    zh: `${zh}是 TRUE 或 FALSE；请改为文本`,
  }),
};

/** Which sheet the people come from. */
export function sheetNote(sheet: string): Bilingual {
  return { en: `Read from the sheet "${sheet}".`, zh: `读取的工作表：“${sheet}”。` };
}

/** Most merged ranges that a note lists. */
const LISTED = 3;

/** Merged cells in a column that is read. */
export function mergedNote(column: Bilingual, ranges: readonly MergedCells[]): Bilingual {
  const listed = ranges.slice(0, LISTED);
  const more = ranges.length > LISTED ? ' …' : '';
  return {
    en: `Merged cells in the column of the ${column.en} (rows ${listed.map(({ fromRow, toRow }) => `${fromRow} to ${toRow}`).join(', ')}${more}): only the first row of each holds the value, the others were read without it. Where they belong together, unmerge them and fill in every row.`,
    zh: `${column.zh}列有合并单元格（第 ${listed.map(({ fromRow, toRow }) => `${fromRow}–${toRow}`).join('、')} 行${more}）：只有首行有值，其余行按空白读取。如属同一内容，请取消合并并逐行填写。`,
  };
}
