import { unzipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AttendanceRow, AttendanceSheet } from '../../../src/api/attendance-api.ts';
import { attendanceXlsx } from '../../../src/export/attendance-xlsx.ts';
import { forkWorker, startNodeWorker } from '../../../src/processes/node-worker.ts';
import { readPeopleFile } from '../../../src/roster/people-file.ts';

const MEMBER = { en: 'Party member', zh: '党员' };
const WELDING = { en: 'Welding', zh: '焊接' };
const WANG: AttendanceRow = {
  number: 1,
  name: '王建国',
  staffNo: '0103',
  team: '下料班',
  category: MEMBER,
  post: WELDING,
  signedInAt: '2026-11-22T18:03:21.123+08:00',
};

const NO_HOURS = {
  measured: { visits: 0, minutes: 0 },
  planned: { visits: 0, minutes: 0 },
  corrected: { visits: 0, minutes: 0 },
};
/** The cells between the sign-in and the status, of a visit that goes on. */
const NOTHING = Array.from({ length: 8 }, () => null);

/** A duration as the reader gives it: a date, counted from Excel's day 0. */
const lasting = (minutes: number) => new Date(Date.UTC(1899, 11, 30, 0, minutes));

function sheetOf(...rows: AttendanceRow[]): AttendanceSheet {
  const present = rows.filter(({ undoneAt }) => undoneAt === undefined).length;
  return {
    activity: {
      activityId: 'evening',
      title: { en: 'Volunteer evening', zh: '志愿服务之夜' },
      place: { en: 'Manufacturing centre', zh: '制造中心' },
      startsAt: '2026-11-22T18:00:00.000+08:00',
      endsAt: '2026-11-22T20:00:00.000+08:00',
      open: true,
      opensAt: '2026-11-22T17:00:00.000+08:00',
      sample: false,
      guests: true,
      evidence: { signature: false, photo: false },
      posts: [
        {
          postId: 'w',
          name: WELDING,
          leader: { personId: 'li', name: '李明朗' },
          wanted: 4,
          limit: null,
          hard: false,
        },
        { postId: 't', name: { en: 'Truss', zh: '桁架' }, leader: null, wanted: 2, limit: 3, hard: false },
      ],
    },
    rows,
    missing: [],
    totals: {
      expected: 6,
      present,
      inside: 0,
      onLeave: 0,
      absent: Math.max(0, 6 - present),
      categories: [
        { category: MEMBER, expected: null, present: present - 1, onLeave: 0, absent: null },
        { category: null, expected: null, present: 1, onLeave: 0, absent: null },
      ],
      posts: [
        { post: WELDING, wanted: 4, present: present - 1 },
        { post: { en: 'Truss', zh: '桁架' }, wanted: 2, present: 0 },
      ],
      hours: NO_HOURS,
      unreviewed: 0,
    },
  };
}

const write = (...rows: AttendanceRow[]) => attendanceXlsx(sheetOf(...rows), startNodeWorker);
const partsOf = (bytes: Uint8Array) =>
  Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([path, content]) => [path, Buffer.from(content).toString()]),
  );
const sheetXml = (bytes: Uint8Array) => partsOf(bytes)['xl/worksheets/sheet1.xml']!;
const cellsOf = (bytes: Uint8Array) => readSheet(Buffer.from(bytes), 1);

describe('a sheet of three', () => {
  const rows = [
    WANG,
    { ...WANG, number: 2, name: '陈杰' },
    { ...WANG, number: 3, name: '单晓雨', post: null },
  ];
  let bytes: Uint8Array;
  beforeAll(async () => {
    bytes = await write(...rows);
  });

  test('says what it is about, in both languages', async () => {
    const cells = await cellsOf(bytes);
    expect(cells.slice(0, 4).map((row) => row.filter((cell) => cell !== null))).toEqual([
      ['志愿服务之夜 签到表'],
      ['Volunteer evening – attendance sheet'],
      ['地点 Place：制造中心 Manufacturing centre', '时间 Time：2026-11-22 18:00 – 20:00'],
      [expect.stringMatching(/^应到 Expected：6 +已到 Present：3 +请假 On leave：0 +未到 Absent：3$/)],
    ]);
    expect(cells[4]).toEqual([
      '序号\nNo.',
      '姓名\nName',
      '工号\nStaff no.',
      '班组\nTeam',
      '类别\nCategory',
      '岗位\nPost',
      '签到时间\nSigned in',
      '签退时间\nSigned out',
      '时长\nHours',
      '时长依据\nHours by',
      '迟到分钟\nLate (min)',
      '早退分钟\nLeft early (min)',
      '代点人\nVouched by',
      '来宾单位\nOrganisation',
      '签名\nSignature',
      '状态\nStatus',
      '备注\nNote',
    ]);
  });

  test('has a row for each person, with a real time and the staff number as text', async () => {
    expect((await cellsOf(bytes))[5]).toEqual([
      1,
      '王建国',
      '0103',
      '下料班',
      '党员 Party member',
      '焊接 Welding',
      // The reader cuts where Excel rounds.
      new Date('2026-11-22T18:03:20.999Z'),
      ...NOTHING,
      '已签到 present',
      null,
    ]);
  });

  test('counts by category and by post, with the leader', async () => {
    const cells = (await cellsOf(bytes)).slice(9);
    const table = cells.slice(0, 5).map((row) => row.slice(0, 13));
    expect(table.map((row) => row.slice(0, 6))).toEqual([
      ['类别 Category', null, '应到 Expected', '已到 Present', '请假 On leave', '未到 Absent'],
      ['党员 Party member', null, null, 2, 0, null],
      ['未分类 none', null, null, 1, 0, null],
      ['合计 Total', null, 6, 3, 0, 3],
      [null, null, null, null, null, null],
    ]);
    expect(table.map((row) => row.slice(7))).toEqual([
      ['岗位 Post', '班组长 Leader', null, '需要 Needed', null, '已到 Present'],
      ['焊接 Welding', '李明朗', null, 4, null, 2],
      ['桁架 Truss', null, null, 2, null, 0],
      ['无岗位 none', null, null, null, null, 1],
      ['合计 Total', null, null, 6, null, 3],
    ]);
    expect(cells.at(-1)?.filter(Boolean)).toEqual([
      expect.stringContaining('制表'),
      expect.stringContaining('审核'),
      expect.stringContaining('日期'),
    ]);
  });

  test('can be printed and scrolled: A4 landscape, one page wide, the header on every page and in sight', () => {
    const parts = partsOf(bytes);
    const xml = sheetXml(bytes);
    expect(xml).toMatch(
      /<pageSetup [^>]*paperSize="9"[^>]*orientation="landscape"[^>]*fitToWidth="1" fitToHeight="0"/,
    );
    expect(xml).toMatch(/<worksheet[^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr><sheetViews>/);
    expect(xml).toMatch(/<pane ySplit="5"[^>]*state="frozen"/);
    expect(xml.match(/<col [^>]*customWidth="1"/g)).toHaveLength(17);
    expect(parts['xl/workbook.xml']).toContain(`'签到表 Attendance'!$1:$5</definedName>`);
  });

  test('can be read again as a people file', async () => {
    const { rows: people } = await readPeopleFile(bytes, startNodeWorker);
    expect(people.slice(0, 2)).toEqual([
      { name: '王建国', staffNo: '0103', team: '下料班', category: '党员 Party member' },
      { name: '陈杰', staffNo: '0103', team: '下料班', category: '党员 Party member' },
    ]);
  });
});

test('who is erased is a row without a name, and the cell of an old time is empty', async () => {
  const signedInAt = '2026-11-22T00:00:00.000+08:00';
  const cells = await cellsOf(
    await write({ ...WANG, name: '', erased: true, signedInAt, timeDropped: true }),
  );
  expect(cells[5]!.slice(0, 2)).toEqual([1, '已删除 erased']);
  expect(cells[5]!.slice(6)).toEqual([
    null,
    ...NOTHING,
    '已签到 present',
    '只保留日期 only the date is kept: 2026-11-22',
  ]);
});

test.each(['=', '+', '-', '@', '\t=', '＝'])(
  'what begins with %j is a text, never a formula',
  async (start) => {
    const payload = `${start}HYPERLINK("http://127.0.0.1","x")`;
    const words = { zh: payload, en: payload };
    const bytes = await write(
      {
        ...WANG,
        name: payload,
        staffNo: payload,
        team: payload,
        category: words,
        post: words,
        organisation: payload,
        reason: payload,
      },
      WANG,
    );
    const xml = sheetXml(bytes);
    expect(xml).not.toMatch(/<f[ >/]/);
    const row = /<row r="6"[^>]*>(.*?)<\/row>/.exec(xml)![1]!;
    const kinds = Array.from(row.matchAll(/<c r="([A-Z])6"([^>]*)>/g), ([, column, more]) => [
      column,
      / t="s"/.test(more!),
    ]);
    expect(kinds.filter(([, isText]) => isText).map(([column]) => column)).toEqual([
      'B',
      'C',
      'D',
      'E',
      'F',
      'N',
      'P',
      'Q',
    ]);
    expect((await cellsOf(bytes))[5]![1]).toBe(payload.trim());
  },
);

describe('times', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  test.each(['Asia/Shanghai', 'America/New_York', 'UTC', 'Pacific/Kiritimati'])(
    'what the clock showed at the gate stands in the sheet, on a machine in %s',
    async (machine) => {
      process.env['TZ'] = machine;
      // In New York's and Shanghai's own terms these are hours that a daylight saving switch leaves out or doubles.
      const at = [
        '2026-03-08T02:30:00.000+08:00',
        '2026-11-01T01:30:00.000-05:00',
        '2026-12-31T23:59:59.999+08:00',
      ];
      const bytes = await write(...at.map((signedInAt) => ({ ...WANG, signedInAt })));
      const xml = sheetXml(bytes);
      const cells = Array.from(xml.matchAll(/<c r="G([678])" s="(\d+)"><v>([\d.]+)<\/v><\/c>/g));
      const days = (wall: string) => Date.parse(`${wall}Z`) / 86_400_000 + 25_569;
      expect(cells.map(([, , , value]) => Number(value))).toEqual(
        ['2026-03-08T02:30:00', '2026-11-01T01:30:00', '2026-12-31T23:59:59'].map(days),
      );
      const styles = partsOf(bytes)['xl/styles.xml']!;
      const styleOfCell = styles.slice(styles.indexOf('<cellXfs')).match(/<xf [^>]*>/g)![
        Number(cells[0]![2])
      ]!;
      const format = /numFmtId="(\d+)"/.exec(styleOfCell)![1];
      expect(styles).toMatch(new RegExp(`numFmtId="${format}" formatCode="yyyy-mm-dd hh:mm:ss"`));
    },
  );
});

test('what does not count any more is there, paler, with when and why', async () => {
  const undoneAt = '2026-11-22T18:04:00.000+08:00';
  const cells = await cellsOf(
    await write(
      { ...WANG, undoneAt },
      { ...WANG, undoneAt, voidReason: '本人未到场' },
      { ...WANG, enteredAt: '2026-11-22T20:10:00.000+08:00', reason: '忘记签到' },
      { ...WANG, overLimit: true, reason: '临时支援' },
    ),
  );
  expect(cells.slice(5, 9).map((row) => row.slice(15))).toEqual([
    ['已撤销 undone 2026-11-22 18:04:00', null],
    ['已作废 void 2026-11-22 18:04:00', '作废 void: 本人未到场'],
    ['补录 entered by staff', '补录于 entered 2026-11-22 20:10:00: 忘记签到'],
    ['已签到 present', '岗位已满 post was full: 临时支援'],
  ]);
});

test('an evening nobody came to, without posts, is still a sheet', async () => {
  const sheet = sheetOf();
  const bytes = await attendanceXlsx(
    {
      ...sheet,
      activity: { ...sheet.activity, posts: [] },
      totals: { ...sheet.totals, expected: 0, present: 0, absent: 0, categories: [], posts: [] },
    },
    startNodeWorker,
  );
  const cells = await cellsOf(bytes);
  expect(cells[3]?.[0]).toMatch(/^应到 Expected：0 +已到 Present：0 +请假 On leave：0 +未到 Absent：0$/);
  expect(cells.flat()).not.toContain('岗位 Post');
});

test('characters that XML cannot hold do not break the file', async () => {
  const cells = await cellsOf(
    await write({ ...WANG, name: 'a\u0000\u000b<b>&"\ud800𠮷🧱', team: ']]>' }, WANG),
  );
  expect(cells[5]?.slice(1, 4)).toEqual(['a<b>&"𠮷🧱', '0103', ']]>']);
});

test('a writer that ends in the middle is a fault with its reason', async () => {
  const ending = new URL('../roster/ending-worker.ts', import.meta.url);
  await expect(attendanceXlsx(sheetOf(WANG), () => forkWorker(ending))).rejects.toThrow(/SIGKILL/);
});

describe('hours', () => {
  const at = '2026-11-22T20:08:21.123+08:00';
  const sheet = sheetOf(
    { ...WANG, minutes: 125, signOut: { at, seq: 9, how: 'measured' }, lateMinutes: 3 },
    { ...WANG, number: 2, name: '陈杰', minutes: 116, signOut: { at, seq: 9, how: 'planned' } },
    {
      ...WANG,
      number: 3,
      name: '单晓雨',
      minutes: 1500,
      signOut: { at, seq: 9, how: 'corrected', reason: '提前回家' },
    },
    { ...WANG, number: 4, name: '李明朗', vouchedBy: '王建国', organisation: '市团委' },
  );
  const hours = {
    measured: { visits: 1, minutes: 125 },
    planned: { visits: 1, minutes: 116 },
    corrected: { visits: 1, minutes: 1500 },
  };
  const withHours = { ...sheet, totals: { ...sheet.totals, inside: 1, hours, unreviewed: 1 } };
  let bytes: Uint8Array;
  beforeAll(async () => {
    bytes = await attendanceXlsx(withHours, startNodeWorker);
  });

  test('are durations that Excel can add up, beyond a day, too, with how they are known', async () => {
    const cells = await cellsOf(bytes);
    expect(cells.slice(5, 9).map((row) => row.slice(8, 14))).toEqual([
      [lasting(125), '实测 measured', 3, null, null, null],
      [lasting(116), '计划，未复核 planned, not reviewed', null, null, null, null],
      [lasting(1500), '更正 corrected', null, null, null, null],
      [null, null, null, null, '王建国', '市团委'],
    ]);
    expect(partsOf(bytes)['xl/styles.xml']).toContain('formatCode="[h]:mm"');
  });

  test('stand in sums, and what nobody measured is listed one by one, with why', async () => {
    const cells = (await cellsOf(bytes)).map((row) => row.filter((cell) => cell !== null));
    const first = cells.findIndex((row) => row[0] === '时长依据 Hours by');
    expect(cells.slice(first, first + 8)).toEqual([
      ['时长依据 Hours by', '人次 Visits', '时长 Hours'],
      ['实测 measured', 1, lasting(125)],
      ['计划 planned', 1, lasting(116)],
      ['更正 corrected', 1, lasting(1500)],
      ['合计 Total', 3, lasting(1741)],
      ['非实测时长 2 项 Hours that nobody measured: 2；未签退 1 人，时长未计 1 not signed out, not counted'],
      [2, '陈杰', lasting(116), '计划，未复核 planned, not reviewed'],
      [3, '单晓雨', lasting(1500), '更正 corrected', '提前回家'],
    ]);
  });
});

test('who is on leave and who is absent follow the visits, without a number', async () => {
  const { number: _, signedInAt: _at, ...person } = WANG;
  const sheet = sheetOf(WANG);
  const bytes = await attendanceXlsx(
    {
      ...sheet,
      missing: [
        { ...person, name: '陈杰', leave: { notedOn: '2026-11-21', reason: '病假' } },
        { ...person, name: '单晓雨' },
      ],
    },
    startNodeWorker,
  );
  const cells = (await cellsOf(bytes)).slice(6, 8).map((row) => row.filter((cell) => cell !== null));
  const about = ['0103', '下料班', '党员 Party member', '焊接 Welding'];
  expect(cells).toEqual([
    ['陈杰', ...about, '请假 on leave', '病假 Ill; 登记于 noted 2026-11-21'],
    ['单晓雨', ...about, '未到 absent'],
  ]);
});

test('a signature is drawn into its cell, black on nothing, as wide and high as fits', async () => {
  const signature = {
    width: 1000,
    height: 300,
    strokes: [
      [10, 10, 500, 150, 990, 290],
      [500, 20],
    ],
  };
  const bytes = await write(WANG, { ...WANG, number: 2, name: '陈杰', signature });
  const parts = unzipSync(bytes);
  const drawing = Buffer.from(parts['xl/drawings/drawing1.xml']!).toString();
  // Row 7, column 15, counted from 0.
  expect(drawing).toMatch(/<xdr:col>14<\/xdr:col>[\s\S]*<xdr:row>6<\/xdr:row>/);
  const pictures = Object.keys(parts).filter((path) => path.endsWith('.png'));
  expect(pictures).toHaveLength(1);
  const { data, info } = await sharp(Buffer.from(parts[pictures[0]!]!))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([384, 116, 4]);
  const alpha = (x: number, y: number) => data[(y * info.width + x) * 4 + 3]!;
  expect([alpha(192, 58), alpha(192, 8), alpha(20, 100)]).toEqual([255, expect.any(Number), 0]);
  // A dot is a stroke, too.
  expect(alpha(192, 8)).toBeGreaterThan(128);
  expect(sheetXml(bytes)).toMatch(/<row r="7"[^>]*ht="3[3-9]/);
  expect(Object.keys(unzipSync(await write(WANG))).filter((path) => path.includes('media'))).toEqual([]);
});
