import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { Problem } from '../../../src/domain/problem.ts';
import { forkWorker, startNodeWorker } from '../../../src/processes/node-worker.ts';
import { readPeopleFile } from '../../../src/roster/people-file.ts';
import { readPeopleSheet } from '../../../src/roster/people-sheet.ts';
import { parts, patchDirectory, row, textCell, workbook } from './workbooks.ts';

/** In a process of its own, as the kiosk does; what stands in a sheet is read without one, too. */
const read = (bytes: Uint8Array) => readPeopleFile(bytes, startNodeWorker);

/** The refusal of a file; it always says in both languages that nothing was imported. */
async function refusalOf(bytes: Uint8Array): Promise<Problem> {
  const error = await read(bytes).then(
    () => new Error('the file was read'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw error;
  expect(error.words.en).toMatch(/Please .+ Nothing was imported\.$|only the name is required\. Nothing/);
  expect(error.words.zh).toMatch(/未导入任何内容。$/);
  return error;
}

const HEADER = row(1, '姓名', '工号', '班组', '类别');

describe('as Excel writes it', () => {
  test('a title above Chinese headings, numbers as staff numbers, leading zeros of text', async () => {
    const file = await writeXlsxFile([
      [{ value: '志愿服务人员名单', columnSpan: 5, fontWeight: 'bold' }, null, null, null, null],
      [],
      ['序号', '姓 名', '工号', '班组', '政治面貌'],
      [1, '陈杰', 1017, '焊接班', '党员'],
      [2, ' 陈杰 ', '0017', null, null],
      [3, '单晓雨', 11010519491231002, '电装班', '积极分子'],
    ]).toBuffer();
    expect(await read(file)).toEqual({
      source: 'xlsx',
      encoding: null,
      rows: [
        { name: '陈杰', staffNo: '1017', team: '焊接班', category: '党员' },
        { name: '陈杰', staffNo: '0017' },
        { name: '单晓雨', staffNo: '11010519491231002', team: '电装班', category: '积极分子' },
      ],
      lines: [4, 5, 6],
      leftOut: [],
      notes: [{ en: 'Read from the sheet "Sheet1".', zh: '读取的工作表：“Sheet1”。' }],
    });
  });

  test('numbers stay as people write them, however the file does', async () => {
    const cell = (line: number, value: string) =>
      `<row r="${line}">${textCell(`A${line}`, '陈杰')}<c r="B${line}"><v>${value}</v></c></row>`;
    const values = ['1017', '1017.0', '1.017E3', '1.7E-2', '13800001111'];
    const { rows } = await readPeopleSheet(
      workbook(HEADER + values.map((value, index) => cell(index + 2, value)).join('')),
    );
    expect(rows.map(({ staffNo }) => staffNo)).toEqual(['1017', '1017', '1017', '0.017', '13800001111']);
  });

  test('a number that Excel shows with leading zeros is read as it is seen', async () => {
    const file = await writeXlsxFile([
      ['姓名', '工号'],
      ['陈杰', { value: 17, format: '0000' }],
      ['王建国', { value: 123456, format: '0000' }],
      ['赵志强', { value: 17, format: '0.00' }],
    ]).toBuffer();
    expect((await readPeopleSheet(file)).rows.map(({ staffNo }) => staffNo)).toEqual([
      '0017',
      '123456',
      '17',
    ]);
  });

  test('shared strings, rich text and escaped characters', async () => {
    const files = parts(
      [
        {
          name: 'a',
          data: '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>',
        },
      ],
      ['姓名', 'O&apos;Brien &amp; &#x5218;'],
    );
    expect((await readPeopleSheet(zipSync(files))).rows).toEqual([{ name: "O'Brien & 刘" }]);
  });

  test('only the first visible sheet with a name column is read, and its name is said', async () => {
    const people = row(1, '姓名') + row(2, '陈杰');
    const file = await readPeopleSheet(
      zipSync(
        parts([
          { name: 'old', data: row(1, '姓名') + row(2, '王旧'), state: 'hidden' },
          { name: '说明', data: row(1, '填表说明') },
          { name: '人员 &amp; 班组', data: people },
          { name: 'more', data: row(1, '姓名') + row(2, '李后') },
        ]),
      ),
    );
    expect(file.rows).toEqual([{ name: '陈杰' }]);
    expect(file.notes[0]?.zh).toContain('人员 & 班组');
  });

  test('empty rows, styled ones down to the last row of the sheet too, are nothing', async () => {
    const data = `${HEADER}${row(2, '陈杰')}<row r="3"><c r="A3" s="1"/></row>${row(9, '王建国')}<row r="1048576"><c r="XFD1048576" s="1"/></row>`;
    const { rows, lines } = await readPeopleSheet(workbook(data));
    expect([rows, lines]).toEqual([
      [{ name: '陈杰' }, { name: '王建国' }],
      [2, 9],
    ]);
  });

  test('tags with a prefix, cells and rows without an address', async () => {
    const cells = (...texts: string[]) =>
      `<x:row>${texts.map((text) => `<x:c t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c>`).join('')}</x:row>`;
    const file = await readPeopleSheet(
      workbook(cells('姓名', '工号') + cells('陈杰', '1017') + cells('王建国', '1003')),
    );
    expect(file.rows).toEqual([
      { name: '陈杰', staffNo: '1017' },
      { name: '王建国', staffNo: '1003' },
    ]);
    expect(file.lines).toEqual([2, 3]);
  });

  test('two people with one staff number are both handed on, so that it can be reported', async () => {
    const { rows } = await readPeopleSheet(
      workbook(HEADER + row(2, '陈杰', '1017') + row(3, '王建国', '1017')),
    );
    expect(rows.map(({ staffNo }) => staffNo)).toEqual(['1017', '1017']);
  });

  test('a workbook with 64-bit sizes in its directory, as big exports have', async () => {
    const zip = Buffer.from(zipSync(parts([{ name: 'a', data: row(1, '姓名') + row(2, '陈杰') }])));
    expect((await readPeopleSheet(with64BitSizes(zip))).rows).toEqual([{ name: '陈杰' }]);
  });
});

describe('cells that are no text', () => {
  test('a formula counts as what was last computed; one that never was leaves its row out', async () => {
    const file = await readPeopleSheet(
      workbook(
        `${HEADER}<row r="2"><c r="A2" t="str"><f>C2&amp;D2</f><v>陈杰</v></c></row>` +
          '<row r="3"><c r="A3"><f>C3&amp;D3</f></c></row>' +
          `<row r="4">${textCell('A4', '王建国')}<c r="B4"><f>1000+3</f><v>1003</v></c></row>` +
          `<row r="5">${textCell('A5', '赵志强')}<c r="B5"><f>1000+3</f></c></row>` +
          `<row r="6">${textCell('A6', '孙丽华')}<c r="C6" t="str"><f>""</f><v></v></c></row>`,
      ),
    );
    expect(file.rows).toEqual([{ name: '陈杰' }, { name: '王建国', staffNo: '1003' }, { name: '孙丽华' }]);
    expect(file.lines).toEqual([2, 4, 6]);
    expect(file.leftOut.map(({ line, name }) => [line, name])).toEqual([
      [3, ''],
      [5, '赵志强'],
    ]);
    expect(file.leftOut[0]!.words).toEqual({
      en: expect.stringMatching(/^the name is a formula .+Excel/),
      zh: expect.stringMatching(/^姓名是未计算过的公式/),
    });
    expect(file.leftOut[1]!.words.en).toMatch(/^the staff number is a formula/);
  });

  test('what a library writes as a formula has no value either', async () => {
    const file = await writeXlsxFile([['姓名'], [{ type: 'Formula', value: 'A1' }], ['陈杰']]).toBuffer();
    const { rows, leftOut } = await readPeopleSheet(file);
    expect(rows).toEqual([{ name: '陈杰' }]);
    expect(leftOut.map(({ line }) => line)).toEqual([2]);
  });

  test('dates, truth values and errors leave their row out, each with its reason', async () => {
    const file = await readPeopleSheet(
      workbook(
        `${HEADER}<row r="2"><c r="A2" s="1"><v>45000</v></c></row><row r="3"><c r="A3" t="b"><v>1</v></c></row>` +
          `<row r="4"><c r="A4" t="e"><v>#N/A</v></c></row>` +
          `<row r="5">${textCell('A5', '陈杰')}<c r="B5" s="1"><v>45000</v></c></row>` +
          `<row r="6">${textCell('A6', '王建国')}<c r="Z6" t="e"><v>#N/A</v></c></row>`,
      ),
    );
    expect(file.rows).toEqual([{ name: '王建国' }]);
    expect(file.leftOut.map(({ line, words }) => `${line}: ${words.en}`)).toEqual([
      '2: the name is a date; write it as text',
      '3: the name is TRUE or FALSE; write it as text',
      '4: the name is an error of Excel such as #N/A; write the value itself',
      '5: the staff number is a date; write it as text',
    ]);
  });

  test('merged cells: only the first row has the team, and it is said', async () => {
    const file = await readPeopleSheet(
      workbook(
        `${HEADER}${row(2, '陈杰', '', '焊接班')}${row(3, '王建国')}${row(4, '赵志强')}`,
        '<mergeCells count="2"><mergeCell ref="C2:C4"/><mergeCell ref="F2:F4"/></mergeCells>',
      ),
    );
    expect(file.rows.map(({ team }) => team)).toEqual(['焊接班', undefined, undefined]);
    expect(file.notes).toHaveLength(2);
    expect(file.notes[1]?.en).toMatch(/column of the team \(rows 2 to 4\)/);
    expect(file.notes[1]?.zh).toContain('班组列有合并单元格（第 2–4 行）');
  });

  test('a merged title above the header is no matter', async () => {
    const data = row(1, '名单') + row(2, '姓名', '工号') + row(3, '陈杰', '1017');
    const file = await readPeopleSheet(workbook(data, '<mergeCells><mergeCell ref="A1:D1"/></mergeCells>'));
    expect(file.notes).toHaveLength(1);
  });
});

describe('files that are none', () => {
  const OLE = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048)]);
  const locked = Buffer.concat([OLE, Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(512)]);
  const zip = (...paths: string[]) => zipSync(Object.fromEntries(paths.map((path) => [path, strToU8('x')])));
  const people = zipSync(parts([{ name: 'a', data: HEADER + row(2, '陈杰') }]));

  test.each([
    ['an old .xls', OLE, 'people-file-wrong-kind', /\.xls\)/],
    ['a workbook with a password', locked, 'people-file-protected', /password/],
    ['a Word document', zip('word/document.xml'), 'people-file-wrong-kind', /\.docx/],
    ['an OpenDocument sheet', zip('mimetype', 'content.xml'), 'people-file-wrong-kind', /\.ods/],
    ['a binary workbook', zip('xl/workbook.bin'), 'people-file-wrong-kind', /\.xlsb/],
    ['some archive', zip('photo.jpg'), 'people-file-wrong-kind', /archive/],
    ['half a workbook', people.subarray(0, people.length / 2), 'people-file-unreadable', /damaged/],
    ['PK and nothing more', strToU8('PK'), 'people-file-unreadable', /damaged/],
    [
      'an encrypted entry',
      patchDirectory(people, 'xl/workbook.xml', 8, 1),
      'people-file-protected',
      /password/,
    ],
    [
      'a photo',
      Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex'),
      'people-file-unreadable',
      /UTF-8/,
    ],
    ['nothing in it', new Uint8Array(), 'people-file-no-name-column', /is empty/],
    ['a sheet with nothing in it', workbook(''), 'people-file-no-name-column', /is empty/],
    [
      'a sheet without a name column',
      workbook(row(1, '工号', '班组')),
      'people-file-no-name-column',
      /工号, 班组/,
    ],
    ['no sheet that is shown', zipSync(parts([])), 'people-file-no-name-column', /is empty/],
    [
      'a header too far down',
      workbook(Array.from({ length: 10 }, (_, i) => row(i + 1, 'x')).join('') + row(11, '姓名')),
      'people-file-no-name-column',
      /reads "x"/,
    ],
    [
      'a cell that points nowhere',
      workbook(`${HEADER}<row r="2"><c r="A2" t="s"><v>99</v></c></row>`),
      'people-file-unreadable',
      /名单/,
    ],
  ])('%s is refused in words', async (_, bytes, code, says) => {
    const problem = await refusalOf(bytes);
    expect(problem.code).toBe(code);
    expect(problem.words.en).toMatch(says);
  });

  test('text that was only renamed to .xlsx is read as the text it is', async () => {
    expect(await read(strToU8('姓名,工号\n陈杰,1017\n'))).toMatchObject({
      source: 'csv',
      encoding: 'utf-8',
      rows: [{ name: '陈杰', staffNo: '1017' }],
    });
  });
});

describe('files that are too much', () => {
  const MB = 1024 * 1024;

  test('a file over 5 MB is refused before anything is started', async () => {
    const start = () => {
      throw new Error('no process is needed');
    };
    await expect(readPeopleFile(new Uint8Array(5 * MB + 1), start)).rejects.toMatchObject({
      code: 'people-file-too-large',
    });
  });

  test('10,000 rows are read, one more is refused', async () => {
    const people = (count: number) =>
      workbook(HEADER + Array.from({ length: count }, (_, i) => row(i + 2, '陈杰', `${i}`)).join(''));
    expect((await read(people(10_000))).rows).toHaveLength(10_000);
    const problem = await refusalOf(people(10_001));
    expect([problem.code, problem.words.en]).toEqual([
      'people-file-too-many-rows',
      expect.stringContaining('10,000'),
    ]);
  });

  test('a million rows are refused at once', async () => {
    const data = HEADER + '<row><c t="s"><v>0</v></c></row>'.repeat(1_000_000);
    const bytes = workbook(data);
    expect(bytes.length).toBeLessThan(MB);
    const started = performance.now();
    expect((await refusalOf(bytes)).code).toBe('people-file-too-many-rows');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('more than 50 columns with something in them', async () => {
    const data = `<row r="1">${textCell('A1', '姓名')}${textCell('AY1', 'x')}</row>`;
    expect((await refusalOf(workbook(data))).code).toBe('people-file-too-many-columns');
    expect((await read(workbook(data.replace('AY1', 'AX1')))).rows).toEqual([]);
  });

  test('what says that it unpacks to more than 50 MB', async () => {
    const files = { ...parts([{ name: 'a', data: HEADER }]), 'xl/media/big.bin': new Uint8Array(51 * MB) };
    expect((await refusalOf(zipSync(files))).code).toBe('people-file-too-large');
  });

  test.each(['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml', 'xl/workbook.xml'])(
    'a bomb in %s that says it is small',
    async (path) => {
      const files = parts([{ name: 'a', data: HEADER }]);
      const bomb = patchDirectory(zipSync({ ...files, [path]: new Uint8Array(60 * MB) }), path, 24, 100);
      const started = performance.now();
      expect((await refusalOf(bomb)).code).toBe('people-file-too-large');
      expect(performance.now() - started).toBeLessThan(5000);
    },
  );

  test('many parts that only together are too much', async () => {
    const filler = strToU8(`<!--${' '.repeat(20 * MB)}-->`);
    const files = parts(Array.from({ length: 3 }, (_, i) => ({ name: `s${i}`, data: '' })));
    for (const index of [1, 2, 3]) files[`xl/worksheets/sheet${index}.xml`] = filler;
    let zip = zipSync(files);
    for (const index of [1, 2, 3])
      zip = patchDirectory(zip, `xl/worksheets/sheet${index}.xml`, 24, 100) as typeof zip;
    expect((await refusalOf(zip)).code).toBe('people-file-too-large');
  });

  test('a merged range over all cells costs nothing', async () => {
    const file = await read(
      workbook(HEADER + row(2, '陈杰'), '<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'),
    );
    expect(file.rows).toEqual([{ name: '陈杰' }]);
  });

  test('a reader that asks for more memory than it may have is a refusal in words', async () => {
    const reader = new URL('../../../src/roster/people-file-worker.ts', import.meta.url);
    const cells = '<c t="inlineStr"><is><t>a text that takes its place in memory</t></is></c>'.repeat(50);
    const bytes = workbook(HEADER + `<row>${cells}</row>`.repeat(9000));
    await expect(readPeopleFile(bytes, () => forkWorker(reader, 40))).rejects.toMatchObject({
      code: 'people-file-unreadable',
      words: { en: expect.stringContaining('too much memory') },
    });
  });

  test('a reader that ends in the middle is a refusal in words, no fault', async () => {
    const ending = new URL('./ending-worker.ts', import.meta.url);
    await expect(readPeopleFile(strToU8('姓名\n'), () => forkWorker(ending))).rejects.toMatchObject({
      code: 'people-file-unreadable',
      words: { en: expect.stringContaining('SIGKILL') },
    });
  });
});

/** The same archive with the sizes and the place of its first entry in the 64-bit extra field. */
function with64BitSizes(zip: Buffer): Buffer {
  const end = zip.length - 22;
  const start = zip.readUInt32LE(end + 16);
  const nameLength = zip.readUInt16LE(start + 28);
  const extra = Buffer.alloc(4 + 24);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  for (const [index, offset] of [24, 20, 42].entries()) {
    extra.writeBigUInt64LE(BigInt(zip.readUInt32LE(start + offset)), 4 + index * 8);
    zip.writeUInt32LE(0xffffffff, start + offset);
  }
  zip.writeUInt16LE(extra.length, start + 30);
  const at = start + 46 + nameLength;
  return Buffer.concat([zip.subarray(0, at), extra, zip.subarray(at)]);
}
