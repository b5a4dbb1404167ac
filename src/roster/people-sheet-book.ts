import { posix } from 'node:path';
import type { SheetPackage } from './people-sheet-package.ts';
import { attributeOf, tagsOf } from './people-sheet-xml.ts';

/** A sheet of a workbook and the file inside it. */
export interface SheetOfBook {
  name: string;
  path: string;
}

/** The sheets that Excel shows, in its order; charts and hidden sheets are none. */
export function visibleSheets(book: SheetPackage): SheetOfBook[] {
  const paths = new Map<string, string>();
  for (const relation of tagsOf(textOf(book, 'xl/_rels/workbook.xml.rels'), 'Relationship')) {
    if (!attributeOf(relation, 'Type')?.endsWith('/worksheet')) continue;
    // An absolute target counts from the root of the package, any other from the workbook's folder.
    const target = posix.resolve('/xl', unescaped(attributeOf(relation, 'Target') ?? ''));
    paths.set(attributeOf(relation, 'Id') ?? '', target.slice(1));
  }
  return tagsOf(textOf(book, 'xl/workbook.xml'), 'sheet').flatMap((sheet) => {
    const path = paths.get(attributeOf(sheet, '[^\\s=]+:id') ?? '');
    const hidden = /hidden/i.test(attributeOf(sheet, 'state') ?? '');
    if (path === undefined || hidden || !book.has(path)) return [];
    return [{ name: unescaped(attributeOf(sheet, 'name') ?? ''), path }];
  });
}

function textOf(book: SheetPackage, path: string): string {
  return new TextDecoder().decode(book.unpack(path));
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
