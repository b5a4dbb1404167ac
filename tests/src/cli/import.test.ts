import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { muster } from '../../support/cli.ts';
import { plainJpeg } from '../../support/pictures.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const PEOPLE = `姓名,工号,班组,类别
王建国,1003,下料班,党员
李明朗,1011,焊接班,party-member
陈杰,,电装班,
`;

async function prepare(csv: string) {
  const folder = await tempFolder();
  const data = join(folder, 'data');
  const file = join(folder, 'people.csv');
  writeFileSync(file, csv);
  const importPeople = async () => {
    const { code, stdout, stderr } = await muster(['import', 'people', file, '--data', data, '--json']);
    expect([code, stderr]).toEqual([0, '']);
    return JSON.parse(stdout) as Record<string, unknown>;
  };
  return { folder, data, file, importPeople };
}

test('people imported twice are unchanged, never doubled', async () => {
  const { data, importPeople } = await prepare(PEOPLE);
  const counts = { readAs: 'utf-8', skipped: [], leftOut: 0, notes: [] };
  expect(await importPeople()).toEqual({ added: 3, updated: 0, unchanged: 0, ...counts });
  expect(await importPeople()).toEqual({ added: 0, updated: 0, unchanged: 3, ...counts });
  const found = await muster(['call', 'people.find', '{"query":""}', '--data', data]);
  expect((JSON.parse(found.stdout) as { total: number }).total).toBe(3);
});

test('rows that cannot be taken are named by their line, the others are in', async () => {
  const { file, data, importPeople } = await prepare(
    `name,staffNo,team,category\nWang,1,A,\n,2,A,\nLi,3,A,no such category\n"Zhao\nTwo",4,A,\n${'长'.repeat(65)},5,A,\nSun,1,B,\nGood,9,B,Guest\n`,
  );
  const report = await importPeople();
  expect(report).toMatchObject({ updated: 0, unchanged: 0 });
  const skipped = report.skipped as { file: string; line: number; reason: string }[];
  expect(skipped.map(({ reason }) => reason)).toEqual([
    'name-missing',
    'category-unknown',
    'name-too-long',
    'staff-number-twice',
  ]);
  expect(new Set(skipped.map((one) => one.file))).toEqual(new Set([file]));
  // A quoted name may span two lines; the lines behind it count on.
  expect(skipped.map(({ line }) => line)).toEqual([3, 4, 7, 8]);
  const words = await muster(['import', 'people', file, '--data', data]);
  expect(words.code).toBe(0);
  expect(words.stdout).toContain(`${file}:3: the name is missing`);
  expect(words.stdout.trimEnd().split('\n')).toHaveLength(5);
});

test.each([
  ['the name missing', 'staffNo,team,category\n1,A,\n', 'people-file-no-name-column', /name/],
  ['no header', 'Wang,1,A,Guest\n', 'people-file-no-name-column', /name/],
  ['nothing in it', '', 'people-file-no-name-column', /name/],
  [
    'a quote that never ends',
    'name,staffNo,team,category\n"Wang,1,A,\n',
    'people-file-unreadable',
    /Quote|quote/,
  ],
])('a file with %s is refused whole, in one line', async (_what, csv, code, says) => {
  const { file, data } = await prepare(csv);
  const words = await muster(['import', 'people', file, '--data', data]);
  expect([words.code, words.stdout]).toEqual([1, '']);
  expect(words.stderr).toMatch(/^[^\n]+Nothing was imported\.\n$/);
  expect(words.stderr).toMatch(says);
  const { stdout } = await muster(['import', 'people', file, '--data', data, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, refusal: { code } });
  const found = await muster(['call', 'people.find', '{"query":""}', '--data', data]);
  expect(found.stdout).toContain('"total": 0');
});

test('a file as Excel in Chinese writes it', async () => {
  const { file, importPeople } = await prepare('');
  // "姓名,工号,班组,类别" and "王建国,1003,下料班,党员" in GB 18030.
  const hex =
    'd0d5c3fb2cb9a4bac52cb0e0d7e92cc0e0b1f00d0a' + 'cdf5bda8b9fa2c313030332ccfc2c1cfb0e02cb5b3d4b10d0a';
  writeFileSync(file, Buffer.from(hex, 'hex'));
  expect(await importPeople()).toMatchObject({ added: 1, readAs: 'gb18030', skipped: [] });
});

test('an Excel workbook: who can be taken is in, the rest is named by its row, and which sheet was read', async () => {
  const folder = await tempFolder();
  const [file, data] = [join(folder, 'people.xlsx'), join(folder, 'data')];
  const book = writeXlsxFile(
    [
      ['人员名单'],
      ['姓名', '工号', '班组', '类别'],
      ['王建国', 1003, { value: '下料班', rowSpan: 2 }, '党员'],
      ['李明朗', '0011', null, '积极分子'],
      [{ type: 'Formula', value: 'A3' }, 1012],
      ['赵志强', 1003],
      ['孙丽华', 1036, null, '宇航员'],
    ],
    { sheet: '志愿者' },
  );
  await book.toFile(file);
  const args = ['import', 'people', file, '--data', data];
  const { code, stdout, stderr } = await muster([...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  const report = JSON.parse(stdout) as Record<string, unknown>;
  expect(report).toMatchObject({ added: 2, readAs: 'xlsx' });
  expect(report.skipped).toMatchObject([
    { file, line: 5, reason: 'cell-unreadable' },
    { file, line: 6, reason: 'staff-number-twice' },
    { file, line: 7, reason: 'category-unknown' },
  ]);
  const words = (await muster(args, { LANG: 'zh_CN.UTF-8' })).stdout;
  expect(words).toContain('未变 2，略过 3（按 xlsx 读取）');
  expect(words).toContain(`${file}:5: 姓名是未计算过的公式`);
  expect(words).toContain('读取的工作表：“志愿者”。');
  expect(words).toContain('班组列有合并单元格（第 3–4 行）');
  const found = await muster(['call', 'people.find', '{"query":"0011"}', '--data', data]);
  expect(found.stdout).toContain('李明朗');
});

test('a file beyond 5 MB is refused without being read to its end', async () => {
  const { file, data } = await prepare('');
  truncateSync(file, 50 * 1024 ** 3);
  const { code, stdout, stderr } = await muster(['import', 'people', file, '--data', data]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^muster: The people file is larger than 5 MB[^\n]+Nothing was imported\.\n$/);
});

test.each([
  ['no such file', 'none.xlsx', /no such file.+none\.xlsx/],
  ['a folder', '.', /EISDIR/],
])('%s is one line', async (_, name, says) => {
  const { folder, data } = await prepare('');
  const { code, stderr } = await muster(['import', 'people', join(folder, name), '--data', data]);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^[^\n]+\n$/)]);
  expect(stderr).toMatch(says);
});

test('photos: what is none is listed with its reason, the others are in, exit code 0', async () => {
  const folder = await tempFolder();
  const album = join(folder, 'album');
  mkdirSync(album);
  writeFileSync(join(album, 'a.jpg'), await plainJpeg(60, 40));
  writeFileSync(join(album, 'notes.jpg'), 'these are only notes, no photo');
  writeFileSync(join(album, 'z.jpg'), await plainJpeg(40, 60));
  const args = ['import', 'photos', album, '--album', '志愿', '--data', join(folder, 'data')];
  const { code, stdout, stderr } = await muster([...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toEqual({
    albumId: expect.stringMatching(/\S/),
    added: 2,
    doubles: 0,
    skipped: [
      {
        file: join(album, 'notes.jpg'),
        reason: 'not-a-photo',
        message: { en: 'not a photo', zh: '不是照片' },
      },
    ],
    leftOut: 1,
  });
  const again = await muster(args);
  expect([again.code, again.stdout.split('\n')[0]]).toEqual([
    0,
    'Photos: 0 added to "志愿", 2 already here, 1 left out.',
  ]);
  const { albumId } = JSON.parse(stdout) as { albumId: string };
  const onceMore = await muster([...args, '--json']);
  expect(JSON.parse(onceMore.stdout)).toMatchObject({ albumId, added: 0 });
  const listed = await muster([
    'call',
    'photos.list',
    JSON.stringify({ albumId }),
    '--data',
    join(folder, 'data'),
  ]);
  expect((JSON.parse(listed.stdout) as { photos: unknown[] }).photos).toHaveLength(2);
  expect((await muster(['verify', '--data', join(folder, 'data')])).code).toBe(0);
});

test('a file name of two lines cannot fake a line of the report', async () => {
  const folder = await tempFolder();
  const album = join(folder, 'album');
  mkdirSync(album);
  writeFileSync(join(album, 'a\nPhotos: 99 added\u001b[2J.jpg'), 'this is no photo at all');
  const { code, stdout } = await muster([
    'import',
    'photos',
    album,
    '--album',
    'a',
    '--data',
    join(folder, 'data'),
  ]);
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(2);
  expect(stdout).not.toContain('\u001b');
});
