import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { isoFromEpoch } from '../../src/domain/time.ts';
import { systemClock } from '../../src/kiosk/clock.ts';
import { EVENING } from '../support/sample-kiosk.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { failing, WatchedFileSystem } from '../support/watched-file-system.ts';
import { expectSoundOffice } from './office-page.ts';
import { kiosk, openAt, page, takeKiosk } from './office-suite.ts';

afterEach(() => {
  delete process.env['MUSTER_PLACES'];
});

test('backups: by themselves and now, restored after a word, everything checked, times kept for so long', async () => {
  const share = await tempFolder();
  mkdirSync(join(share, '备份'));
  process.env['MUSTER_PLACES'] = share;
  await takeKiosk(tearJournal);
  await openAt('health');
  await page.getByText('一切正常').waitFor();
  const { gateId, recovery } = await kiosk.asStaff('system.health', {});
  await page.getByText(gateId, { exact: true }).waitFor();
  expect(recovery).toHaveLength(1);
  await page.getByText(recovery[0]!.zh).waitFor();
  expect(await counts()).toEqual(['18', '0', '15']);
  await expectSoundOffice(page);

  await page.getByLabel('每天自动备份').check();
  await card('每日备份').getByRole('button', { name: '保存' }).click();
  await page.getByRole('status').getByText('请先选择备份文件夹').waitFor();
  await page.getByRole('button', { name: '选择……' }).click();
  await dialog().locator(`button[title="${share}"]`).click();
  await dialog().getByRole('button', { name: '备份' }).click();
  await dialog().getByText(join(share, '备份')).waitFor();
  await expectSoundOffice(page);
  await dialog().getByRole('button', { name: '选用此文件夹' }).click();
  await card('每日备份').locator('select').selectOption('03:00');
  await card('每日备份').getByRole('button', { name: '保存' }).click();
  await card('备份')
    .getByText(/\d{4}-\d\d-\d\d 03:00/)
    .waitFor();
  const backup = { folder: join(share, '备份'), hour: 3, photos: true };
  expect((await kiosk.asStaff('settings.get', {})).settings.backup).toEqual(backup);

  const photo = anOriginal(kiosk.folder);
  const { size } = statSync(photo);
  truncateSync(photo, 2e9);
  await page.getByRole('button', { name: '立即备份' }).click();
  await expect.poll(plannedBytes).toBeGreaterThan(1.9e9);
  await dialog().getByRole('button', { name: '每日备份的文件夹' }).click();
  const backingUp = page.locator('.works .card', { hasText: '备份' });
  await backingUp.getByText(/已完成 \d+%/).waitFor();
  expect(await card('全面检查').getByRole('button').isDisabled()).toBe(true);
  await expectSoundOffice(page);
  await backingUp.getByRole('button', { name: '停止' }).click();
  await backingUp.getByText('已中途停止').waitFor();
  await backingUp.getByRole('button', { name: '关闭' }).click();
  expect(readdirSync(backup.folder)).toEqual([]);
  truncateSync(photo, size);

  await page.getByRole('button', { name: '立即备份' }).click();
  const whole = await plannedBytes();
  await dialog().getByLabel('包含照片').uncheck();
  await expect.poll(plannedBytes).toBeLessThan(whole / 10);
  await expectSoundOffice(page);
  await dialog().getByRole('button', { name: '每日备份的文件夹' }).click();
  await page.getByText('备份已完成并通过检查').waitFor();
  const [file] = readdirSync(backup.folder);
  await card('备份').getByText(join(backup.folder, file!), { exact: true }).waitFor();

  await kiosk.asStaff('people.remove', { gestureId: 'r', personIds: ['sample-wu-gang'] });
  await expect.poll(counts).toEqual(['17', '0', '15']);
  await page.getByRole('button', { name: '恢复备份' }).click();
  await dialog().getByRole('button', { name: '每日备份的文件夹' }).click();
  await dialog().getByText(file!).waitFor();
  await expectSoundOffice(page);
  await dialog().getByRole('row').getByRole('button', { name: '恢复' }).click();
  await dialog().getByText('已彻底删除的人员不会重新出现').waitFor();
  await dialog().getByText('此备份不含照片').waitFor();
  await expectSoundOffice(page);
  await dialog().getByRole('button', { name: '恢复', exact: true }).click();
  await page.getByText('此前的数据保留在').waitFor();
  await expect.poll(counts).toEqual(['18', '0', '15']);
  expect(readdirSync(join(kiosk.folder, 'kept'))).toHaveLength(1);

  appendFileSync(photo, 'x');
  await page.getByRole('button', { name: '立即检查' }).click();
  const check = page.locator('.works .card', { hasText: '全面检查' });
  await check.getByRole('listitem').waitFor();
  await expectSoundOffice(page);
  await check.getByRole('button', { name: '关闭' }).click();
  await check.waitFor({ state: 'detached' });

  await page.getByLabel('保留以下天数').check();
  await page.getByLabel('天数', { exact: true }).fill('0');
  await card('准确时间的保留期限').getByRole('button', { name: '保存' }).click();
  await page.getByRole('status').getByText('1 至 3650 天').waitFor();
  await page.getByLabel('天数', { exact: true }).fill('30');
  await card('准确时间的保留期限').getByRole('button', { name: '保存' }).click();
  await dialog().getByText('超过 30 天').waitFor();
  expect((await kiosk.asStaff('settings.get', {})).settings.keepTimesDays).toBeNull();
  await dialog().getByRole('button', { name: '确定清除' }).click();
  await dialog().waitFor({ state: 'detached' });
  expect((await kiosk.asStaff('settings.get', {})).settings.keepTimesDays).toBe(30);
});

test('a clock that jumps is asked about once; a slow, a full and a failing disk say so, and one that is mended is tried again', async () => {
  const disk = new WatchedFileSystem();
  let aheadMs = 0;
  const now = () => isoFromEpoch(Date.now() + aheadMs, '+08:00');
  await takeKiosk(undefined, { fs: disk, clock: { ...systemClock, now } });
  await openAt('health', { language: 'en', size: 'portrait' });
  await page.getByText('All is well').waitFor();

  disk.before = slowOnce(1200);
  await addPerson('慢人');
  await page.getByText('The disk is slow').waitFor();
  await page.getByText('A save took longer than a second').waitFor();
  await expectSoundOffice(page);

  aheadMs = (2 * 60 + 3) * 60_000;
  await addPerson('新人');
  const jump = page.locator('.jump', { hasText: 'The clock jumped 2 hours 3 minutes ahead' });
  await jump.waitFor();
  await page.getByText('one thing is asked below').waitFor();
  await expectSoundOffice(page);
  await jump.getByRole('button', { name: 'This time was right' }).first().click();
  await jump.waitFor({ state: 'detached' });
  await page.getByText('The kiosk takes 2 hours 3 minutes off the time of this machine').waitFor();
  await page.getByText(/\(2 hours 3 minutes\); the time before was right/).waitFor();
  const { clockJumps, clockShiftMs } = await kiosk.asStaff('system.details', {});
  expect(clockJumps).toMatchObject([{ settled: 'before' }]);
  expect(Math.round(clockShiftMs / 60_000)).toBe(-123);

  // No machine has such a disk at hand.
  disk.space = () => Promise.resolve({ free: 4e8, total: 1e12 });
  await addPerson('又一人');
  await page.getByText('Only 400 MB are free').waitFor();
  await page.getByText('little: no imports').waitFor();

  disk.before = failing('datasync', Infinity);
  await expect(addPerson('没人')).rejects.toThrow('The disk failed again');
  await page.getByText('Nothing can be saved').waitFor();
  await expectSoundOffice(page);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('status').getByText('It still cannot save.').waitFor();
  disk.before = () => undefined;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('status').getByText('The kiosk saves again.').waitFor();
  await page.getByText('The disk is getting full').waitFor();
  await addPerson('有人');
});

test('a damaged store says what is missing, offers a backup, and goes on without after a word', async () => {
  const copy = await tempFolder();
  for (const name of ['甲', '乙', '丙', '丁']) await addPerson(name);
  cpSync(join(kiosk.folder, 'store'), copy, { recursive: true });
  await takeKiosk((folder) => {
    rmSync(join(folder, 'store'), { recursive: true });
    cpSync(copy, join(folder, 'store'), { recursive: true });
    breakEvent(folder, 4);
  });
  await openAt('tonight');
  await page.getByRole('alert').getByText('列表可能不完整').click();
  await page.getByText('部分数据已损坏').waitFor();
  const alarm = page.locator('.alarm');
  await alarm.getByText('缺失：事件 4。').waitFor();
  await expectSoundOffice(page);
  await page.getByRole('button', { name: '选择备份……' }).click();
  await dialog().getByText('备份在哪里？').waitFor();
  await page.keyboard.press('Escape');
  await expect(addPerson('戊')).rejects.toThrow('The store is damaged');

  await page.getByRole('button', { name: '放弃缺失部分……' }).click();
  await dialog().getByText('名单中可能少了来过的人').waitFor();
  await expectSoundOffice(page);
  await dialog().getByRole('button', { name: '放弃缺失部分，继续使用' }).click();
  await page.getByText('一切正常').waitFor();
  await page.getByText('缺失：事件 4。文件：journal-').waitFor();
  await addPerson('戊');
  await expect.poll(counts).toEqual(['22', '0', '15']);
});

test('somebody is erased from every file after a word on how that differs from removing', async () => {
  const personId = 'sample-wu-gang';
  await kiosk.asStaff('attendance.signIn', {
    gestureId: 'a',
    activityId: EVENING,
    personId,
    postId: 'welding',
  });
  await openAt('people');
  await page.getByRole('button', { name: '彻底删除吴刚' }).click();
  await dialog().getByText('请改用“删除”').waitFor();
  const erase = dialog().getByRole('button', { name: '彻底删除' });
  expect(await erase.isDisabled()).toBe(true);
  await dialog().getByLabel('我知道此操作无法撤回').check();
  await expectSoundOffice(page);
  await erase.click();
  const works = page.locator('.works .card');
  await works.getByText('已完成：数据存储已重写').waitFor();
  await expect.poll(() => page.getByRole('row', { name: '吴刚' }).count()).toBe(0);
  await expectSoundOffice(page);
  await works.getByRole('button', { name: '关闭' }).click();
  await page.getByRole('button', { name: '运行状况' }).click();
  await expect.poll(counts).toEqual(['17', '1', '15', '1']);
  expect(storeText(kiosk.folder)).not.toContain('吴刚');
});

function card(title: string) {
  return page.locator('section.card', { has: page.getByRole('heading', { name: title, exact: true }) });
}

function dialog() {
  return page.getByRole('dialog');
}

function counts(): Promise<string[]> {
  return card('现有数据').locator('dd').allTextContents();
}

/** What the dialog says that a backup will take, in bytes. */
async function plannedBytes(): Promise<number> {
  const text = await dialog()
    .getByText(/压缩前约/)
    .textContent();
  const [, number, unit] = /约 ([\d.]+) (B|kB|MB|GB)/.exec(text!)!;
  return Number(number) * { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 }[unit as 'B' | 'kB' | 'MB' | 'GB'];
}

function addPerson(name: string) {
  return kiosk.asStaff('people.save', { gestureId: crypto.randomUUID(), person: { name } });
}

/** The first sync of a journal takes so long; the others are as quick as ever. */
function slowOnce(milliseconds: number): (call: string) => void | Promise<void> {
  let waited = false;
  return (call) => {
    if (waited || !call.startsWith('datasync journal')) return undefined;
    waited = true;
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  };
}

/** The path of one photo as it was imported. */
function anOriginal(folder: string): string {
  const originals = join(folder, 'photos', 'originals');
  const names = readdirSync(originals, { recursive: true, encoding: 'utf8' });
  return join(
    originals,
    names.find((name) => name.endsWith('.jpg'))!,
  );
}

function newestJournal(folder: string): string {
  const names = readdirSync(join(folder, 'store')).filter((name) => name.startsWith('journal-'));
  return join(folder, 'store', names.sort().at(-1)!);
}

/** As a power cut in the middle of a write leaves it. */
function tearJournal(folder: string): void {
  appendFileSync(newestJournal(folder), '{"crc":"c494');
}

/** As a disk leaves it that loses a bit. */
function breakEvent(folder: string, seq: number): void {
  const path = newestJournal(folder);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(`"seq":${seq},`, `"seq":${seq + 1},`));
}

/** Everything that the files of the store say. */
function storeText(folder: string): string {
  const store = join(folder, 'store');
  return readdirSync(store)
    .filter((name) => name !== 'lock')
    .map((name) => readFileSync(join(store, name), 'utf8'))
    .join('');
}
