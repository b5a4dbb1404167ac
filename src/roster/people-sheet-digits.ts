import { attributeOf, PREFIX, tagsOf } from './people-sheet-xml.ts';

const CELL_STYLES = new RegExp(`<${PREFIX}cellXfs[\\s>][\\s\\S]*?</${PREFIX}cellXfs>`);

/**
 * Which cell styles show numbers with leading zeros (format "0000" shows 17 as 0017), and with how many digits,
 * by the style's number as cells name it.
 * @param styles the XML of the workbook's styles, empty where it has none
 */
export function shownDigits(styles: string): Map<string, number> {
  const formats = new Map<string, number>();
  for (const attributes of tagsOf(styles, 'numFmt')) {
    const code = attributeOf(attributes, 'formatCode') ?? '';
    if (/^0{2,}$/.test(code)) formats.set(attributeOf(attributes, 'numFmtId') ?? '', code.length);
  }
  const digits = new Map<string, number>();
  const cellStyles = CELL_STYLES.exec(styles)?.[0] ?? '';
  for (const [style, attributes] of tagsOf(cellStyles, 'xf').entries()) {
    const shown = formats.get(attributeOf(attributes, 'numFmtId') ?? '');
    if (shown !== undefined) digits.set(String(style), shown);
  }
  return digits;
}
