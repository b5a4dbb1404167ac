import type { Blob } from 'node:buffer';
import type { Stream } from 'node:stream';
import type { Feature } from 'write-excel-file/node';

type Attributes = Record<string, string | number>;

/** What the library's elements get besides: the width of one page, narrow margins (inches). */
const MORE: Record<string, Attributes> = {
  pageSetup: { fitToWidth: 1, fitToHeight: 0 },
  pageMargins: { left: 0.4, right: 0.4, top: 0.4, bottom: 0.6 },
};

/**
 * How the sheet is printed, which the library leaves open: as wide as one page, the first `headerRows` rows on
 * every page, and the page's number below. Paper and direction are the library's own: A4, landscape.
 */
export function printedOn(sheet: string, headerRows: number): Feature<Stream | Buffer | Blob> {
  const titles = `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${sheet}'!$1:$${headerRows}</definedName></definedNames>`;
  return {
    files: {
      transform: {
        'xl/workbook.xml': {
          transform: (xml: string) => xml.replace('<definedNames/>', titles),
        },
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml: string) =>
            xml.replace(/<worksheet[^>]*>/, '$&<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'),
          transformElementAttributes: (tag: string, attributes: Attributes) => ({
            ...attributes,
            ...MORE[tag],
          }),
          insert: () => '<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>',
        },
      },
    },
  };
}
