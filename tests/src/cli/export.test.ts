import { execFileSync, spawn } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { readSheet } from 'read-excel-file/node';
import { expect, onTestFinished, test } from 'vitest';
import { openKiosk } from '../../../src/kiosk/open-kiosk.ts';
import { muster } from '../../support/cli.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A kiosk with one sign-in at one activity, closed again. */
async function prepare() {
  const folder = await tempFolder();
  const data = join(folder, 'data');
  const kiosk = await openKiosk(data);
  const staff = { role: 'admin' } as const;
  const call = async (operation: string, input: unknown) => {
    const answer = await kiosk.dispatch(operation, input, staff);
    if (!answer.ok) throw new Error(answer.refusal.message.en);
    return answer.result as Record<string, string>;
  };
  const { personId } = await call('people.save', {
    gestureId: 'p',
    person: { name: '=王建国', staffNo: '1003' },
  });
  const { activityId } = await call('activities.save', {
    gestureId: 'a',
    activity: {
      title: { en: 'Drill', zh: '演练' },
      place: { en: 'Hall', zh: '大厅' },
      schedule: { kind: 'daily', start: '00:00', end: '00:00' },
      posts: [],
    },
  });
  await call('attendance.signIn', { gestureId: 's', activityId, personId });
  await kiosk.close();
  const exportTo = (out: string, format = 'csv') =>
    muster(['export', activityId!, '--format', format, '--out', out, '--data', data]);
  return { folder, exportTo };
}

test('the sheet is written whole, with a mark for Excel and no formula', async () => {
  const { folder, exportTo } = await prepare();
  const out = join(folder, 'sheet.csv');
  const { code, stdout, stderr } = await exportTo(out);
  expect([code, stdout, stderr]).toEqual([
    0,
    `Written to ${out}: 1 sign-ins, 0 people on leave or absent.\n`,
    '',
  ]);
  const csv = readFileSync(out, 'utf8');
  expect(csv.startsWith('\uFEFF')).toBe(true);
  expect(csv).toContain(",'=王建国,1003,");
  expect(readdirSync(folder).sort()).toEqual(['data', 'sheet.csv']);
});

test('as an Excel workbook it is a real one', async () => {
  const { folder, exportTo } = await prepare();
  const out = join(folder, 'sheet.xlsx');
  expect(await exportTo(out, 'xlsx')).toMatchObject({
    code: 0,
    stdout: `Written to ${out}: 1 sign-ins, 0 people on leave or absent.\n`,
    stderr: '',
  });
  const cells = await readSheet(out, 1);
  expect(cells[0]?.[0]).toBe('演练 签到表');
  expect(cells[5]?.slice(0, 3)).toEqual([1, '=王建国', '1003']);
  expect(cells[5]?.[6]).toBeInstanceOf(Date);
});

test('as JSON it is one document', async () => {
  const { folder, exportTo } = await prepare();
  const out = join(folder, 'sheet.json');
  expect((await exportTo(out, 'json')).code).toBe(0);
  expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
    activity: { title: { zh: '演练' } },
    rows: [{ number: 1, name: '=王建国' }],
  });
});

test('a folder that does not exist is one line and makes nothing', async () => {
  const { folder, exportTo } = await prepare();
  const { code, stdout, stderr } = await exportTo(join(folder, 'none', 'sheet.csv'));
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^muster: [^\n]+none[^\n]+cannot be written: there is no such folder\.[^\n]+\n$/);
  expect(readdirSync(folder)).toEqual(['data']);
});

test('a failed export leaves the old sheet as it was, and no half one beside it', async () => {
  const { folder, exportTo } = await prepare();
  // The new sheet is written beside the old one; there is no longer name for it.
  const out = join(folder, `${'x'.repeat(251)}.csv`);
  writeFileSync(out, 'the sheet of last week');
  const { code, stdout, stderr } = await exportTo(out);
  expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^[^\n]+ENAMETOOLONG[^\n]+\n$/)]);
  expect(readFileSync(out, 'utf8')).toBe('the sheet of last week');
  expect(readdirSync(folder)).toHaveLength(2);
});

test('an export onto a folder is one line', async () => {
  const { folder, exportTo } = await prepare();
  const out = join(folder, 'sheets');
  mkdirSync(out);
  const { code, stderr } = await exportTo(out);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^[^\n]+\n$/)]);
  expect(readdirSync(folder).sort()).toEqual(['data', 'sheets']);
});

test.each(['sheet.csv', 'none/sheet.csv'])(
  'somebody else has a sheet.csv.new: it stays (%s)',
  async (name) => {
    const { folder, exportTo } = await prepare();
    writeFileSync(join(folder, 'sheet.csv.new'), 'a letter');
    if (name !== 'sheet.csv') mkdirSync(join(folder, 'sheet.csv'));
    await exportTo(join(folder, 'sheet.csv'));
    expect(readFileSync(join(folder, 'sheet.csv.new'), 'utf8')).toBe('a letter');
    expect(readdirSync(folder).sort()).toEqual(['data', 'sheet.csv', 'sheet.csv.new']);
  },
);

test('a sheet with names is for its owner only', async () => {
  const { folder, exportTo } = await prepare();
  const out = join(folder, 'sheet.csv');
  await exportTo(out);
  expect((statSync(out).mode & 0o777).toString(8)).toBe('600');
});

test('a pipe or a link is written to, not replaced', async () => {
  const { folder, exportTo } = await prepare();
  const [pipe, link, behind] = ['pipe', 'link', 'behind'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  execFileSync('mkfifo', [pipe]);
  const reader = spawn('cat', [pipe]);
  onTestFinished(() => void reader.kill());
  let read = '';
  reader.stdout.setEncoding('utf8').on('data', (text: string) => (read += text));
  writeFileSync(behind, '');
  symlinkSync(behind, link);
  for (const out of [pipe, link]) expect((await exportTo(out)).code).toBe(0);
  expect([lstatSync(pipe).isFIFO(), lstatSync(link).isSymbolicLink()]).toEqual([true, true]);
  expect(readFileSync(behind, 'utf8')).toContain('王建国');
  await expect.poll(() => read).toContain('王建国');
});
