import type { Spread } from './store-figures.ts';

/** A table: the first row is its head; all columns but the first are figures. */
export type Table = string[][];

/** The table as Markdown, laid out as prettier would. */
export function asMarkdown(table: Table): string {
  const { head, rows, widths } = laidOut(table);
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The table for a terminal. */
export function asText(table: Table): string {
  const { head, rows, widths } = laidOut(table);
  const rule = widths.map((width) => '-'.repeat(width));
  return [head, rule, ...rows].map((cells) => cells.join('  ')).join('\n');
}

function laidOut(table: Table): { head: string[]; rows: string[][]; widths: number[] } {
  const widths = table[0]!.map((_, column) => Math.max(3, ...table.map((cells) => cells[column]!.length)));
  const [head, ...rows] = table.map((cells) =>
    cells.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
    ),
  );
  return { head: head!, rows, widths };
}

/** A spread in a cell: the median, and what four of five rounds lie between. */
export function cellOf(spread: Spread | undefined): string {
  if (!spread) return '—';
  return `${figure(spread.median)} (${figure(spread.p10)}–${figure(spread.p90)})`;
}

/** Three digits that count. */
export function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toPrecision(value < 1 ? 2 : 3);
}
