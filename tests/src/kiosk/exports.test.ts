import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDownloads } from '../../../src/kiosk/exports.ts';
import { openTestKiosk, prepareEvening } from '../../support/served-kiosk.ts';
import { mountSmallDisk } from '../../support/small-disk.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const NAME = '2026-11-22 志愿服务之夜 签到表';

/** A kiosk with an evening that one came to, and a folder that is a place. */
async function withFolder() {
  const folder = join(await tempFolder(), 'stick');
  mkdirSync(folder);
  const before = process.env.MUSTER_PLACES;
  process.env.MUSTER_PLACES = folder;
  onTestFinished(() => {
    if (before === undefined) delete process.env.MUSTER_PLACES;
    else process.env.MUSTER_PLACES = before;
  });
  const opened = await openTestKiosk();
  const evening = await prepareEvening(opened);
  const { activityId, wang } = evening;
  await opened.asStaff('attendance.signIn', { gestureId: randomUUID(), activityId, personId: wang });
  const save = (more: { format?: 'csv' | 'xlsx'; folder?: string } = {}) =>
    opened.kiosk.dispatch('exports.save', { activityId, format: 'csv', folder, ...more }, { role: 'editor' });
  return { ...opened, evening, folder, save };
}

test('a sheet gets the name that an office looks for; nothing that is there is ever replaced', async () => {
  const { folder, save } = await withFolder();
  writeFileSync(join(folder, `${NAME}.csv`), 'corrected by hand');
  const path = join(folder, `${NAME} (2).csv`);
  expect(await save()).toEqual({ ok: true, result: { path, fileName: `${NAME} (2).csv`, rows: 1 } });
  expect(await save()).toMatchObject({ result: { fileName: `${NAME} (3).csv` } });
  expect(await save({ format: 'xlsx' })).toMatchObject({ result: { fileName: `${NAME}.xlsx`, rows: 1 } });
  expect(readFileSync(join(folder, `${NAME}.csv`), 'utf8')).toBe('corrected by hand');
  expect(readFileSync(path, 'utf8')).toContain('王建国');
  expect(
    readFileSync(join(folder, `${NAME}.xlsx`))
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
});

test('five who save at once get five files', async () => {
  const { folder, save } = await withFolder();
  const answers = await Promise.all(Array.from({ length: 5 }, () => save()));
  const names = answers.map((answer) => (answer as { result: { fileName: string } }).result.fileName);
  expect(new Set(names).size).toBe(5);
  expect(readdirSync(folder).sort()).toEqual(names.sort());
  for (const name of names) expect(readFileSync(join(folder, name), 'utf8')).toContain('王建国');
});

test('a title with slashes is a file, not folders', async () => {
  const { folder, evening, asStaff, save } = await withFolder();
  const { activity, schedule } = await asStaff('activities.get', { activityId: evening.activityId });
  const posts = activity.posts.map(({ postId, name, wanted }) => ({ postId, name, wanted }));
  await asStaff('activities.save', {
    gestureId: randomUUID(),
    activity: {
      activityId: evening.activityId,
      title: { en: 'x', zh: '../11/22 晚班: "A*B" <\\会议?>' },
      place: activity.place,
      schedule,
      posts,
    },
  });
  expect(await save()).toMatchObject({ ok: true });
  const [name] = readdirSync(folder);
  expect(name).toMatch(/^2026-11-22 .*晚班.*会议.* 签到表\.csv$/);
  expect(name).not.toMatch(/[<>:"/\\|?*]/);
});

test('a folder outside the places is refused, and nothing is written', async () => {
  const { folder, save } = await withFolder();
  const outside = await tempFolder();
  for (const path of [outside, join(folder, '..'), '/etc']) {
    expect(await save({ folder: path })).toMatchObject({ ok: false, refusal: { code: 'place-unknown' } });
  }
  expect(await save({ folder: join(folder, 'gone') })).toMatchObject({
    refusal: { code: 'folder-unreadable' },
  });
  expect(readdirSync(outside)).toEqual([]);
});

test('a stick that is full: said in words, nothing half written', async ({ skip }) => {
  const { folder, save } = await withFolder();
  mountSmallDisk(folder, skip);
  writeFileSync(join(folder, 'full'), Buffer.alloc(256 * 1024));
  expect(await save()).toMatchObject({
    ok: false,
    kind: 'refused',
    refusal: {
      code: 'target-unwritable',
      message: { en: expect.stringContaining('the disk is full'), zh: expect.stringContaining('磁盘已满') },
    },
  });
  expect(readdirSync(folder)).toEqual(['full']);
});

test('a stick with its write protection on: said in words, nothing written', async ({ skip }) => {
  const { folder, save } = await withFolder();
  mountSmallDisk(folder, skip);
  execFileSync('mount', ['-o', 'remount,ro', folder]);
  expect(await save()).toMatchObject({
    ok: false,
    kind: 'refused',
    refusal: { code: 'target-unwritable', message: { en: expect.stringContaining('read-only') } },
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('an activity that is gone has no sheet', async () => {
  const { kiosk } = await withFolder();
  for (const operation of ['exports.prepare', 'attendance.sheet']) {
    const input = { activityId: 'gone', ...(operation === 'exports.prepare' && { format: 'csv' }) };
    expect(await kiosk.dispatch(operation, input, { role: 'editor' })).toMatchObject({
      refusal: { code: 'activity-unknown' },
    });
  }
});

test('of many prepared sheets the latest ten wait for their download', () => {
  let now = 0;
  const downloads = openDownloads(() => now);
  const file = (fileName: string) => ({ bytes: new Uint8Array(), fileName, type: 'text/csv' });
  const tickets = Array.from({ length: 11 }, (_, n) => downloads.keep(file(`${n}.csv`)));
  expect(tickets.map((ticket) => downloads.find(ticket)?.fileName)).toEqual([
    undefined,
    ...Array.from({ length: 10 }, (_, n) => `${n + 1}.csv`),
  ]);
  now = 5 * 60_000 + 1;
  expect(tickets.some((ticket) => downloads.find(ticket))).toBe(false);
});
