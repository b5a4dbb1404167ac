import { strToU8, zipSync } from 'fflate';

/* Workbooks written by hand, for what no library writes: odd, damaged and hostile ones. */

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A sheet to write: `data` is what stands inside `<sheetData>`, `more` what follows it. */
export interface RawSheet {
  name: string;
  data: string;
  more?: string;
  state?: 'hidden' | 'veryHidden';
}

/** The parts of a workbook with these sheets, by path. */
export function parts(sheets: RawSheet[], sharedStrings: string[] = []): Record<string, Uint8Array> {
  const files: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets
      .map(
        ({ name, state }, index) =>
          `<sheet name="${name}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets
      .map(
        (_, index) =>
          `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
      )
      .join('')}</Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${sharedStrings.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
  };
  sheets.forEach(({ data, more = '' }, index) => {
    files[`xl/worksheets/sheet${index + 1}.xml`] =
      `<?xml version="1.0"?><worksheet xmlns="${MAIN}"><sheetData>${data}</sheetData>${more}</worksheet>`;
  });
  return Object.fromEntries(Object.entries(files).map(([path, xml]) => [path, strToU8(xml)]));
}

/** A workbook with one sheet. */
export function workbook(data: string, more = ''): Uint8Array {
  return zipSync(parts([{ name: '名单', data, more }]));
}

/** A row of text cells from column A on, empty ones left out. */
export function row(line: number, ...texts: string[]): string {
  const cells = texts.map((text, index) =>
    text === '' ? '' : textCell(`${String.fromCharCode(65 + index)}${line}`, text),
  );
  return `<row r="${line}">${cells.join('')}</row>`;
}

/** A text cell. */
export function textCell(address: string, text: string): string {
  return `<c r="${address}" t="inlineStr"><is><t>${text}</t></is></c>`;
}

/** Changes a number in the directory entry of `path`: `offset` 24 is the unpacked size, 8 the flags. */
export function patchDirectory(zip: Uint8Array, path: string, offset: number, value: number): Uint8Array {
  const patched = Buffer.from(zip);
  const name = patched.lastIndexOf(path);
  if (name === -1) throw new Error(`${path} is not in the archive`);
  if (offset === 8) patched.writeUInt16LE(value, name - 46 + offset);
  else patched.writeUInt32LE(value, name - 46 + offset);
  return patched;
}
