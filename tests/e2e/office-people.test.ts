import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { row, workbook } from '../src/roster/workbooks.ts';
import { expectSoundOffice } from './office-page.ts';
import { kiosk, openAt, page } from './office-suite.ts';

test('somebody is added, found, changed and removed; a "no" keeps what was typed', async () => {
  await openAt('people');
  await page.locator('tbody tr').first().waitFor();
  await expectSoundOffice(page);
  await page.getByRole('button', { name: '添加人员' }).click();
  await page.getByLabel('姓名').fill('欧阳明');
  await page.getByLabel('工号').fill('7001');
  await page.getByRole('dialog').getByLabel('班组').fill('焊接班');
  await page.getByRole('dialog').getByLabel('类别').selectOption({ label: '积极分子' });
  await expectSoundOffice(page);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByLabel('查找').fill('oym');
  expect(await rowsOf(page)).toEqual([['欧阳明', '7001', '焊接班', '积极分子']]);

  await page.getByRole('button', { name: '添加人员' }).click();
  await page.getByLabel('姓名').fill('李明');
  await page.getByLabel('工号').fill('7001');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('工号 7001 已属于 欧阳明').waitFor();
  expect(await page.getByLabel('姓名').inputValue()).toBe('李明');
  await page.getByLabel('工号').fill('7002');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await page.getByRole('button', { name: '修改欧阳明' }).click();
  await page.getByLabel('工号').fill('');
  await page.getByRole('dialog').getByLabel('类别').selectOption({ label: '无' });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '修改欧阳明' }).click();
  expect(await page.getByLabel('工号').inputValue()).toBe('7001');
  await page.getByLabel('工号').fill('');
  await page.getByRole('dialog').getByLabel('类别').selectOption({ label: '无' });
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await rowsOf(page)).toEqual([['欧阳明', '', '焊接班', '']]);

  await page.getByRole('button', { name: '删除欧阳明', exact: true }).click();
  await page.getByText('签到记录和岗位仍显示其姓名').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
  await page.getByText('没有找到').waitFor();
});

test('team and category narrow the list; pages of a hundred', async () => {
  const rows = Array.from({ length: 120 }, (_, n) => ({ name: `新人${n}`, staffNo: `N${n}`, team: '新班' }));
  await kiosk.asStaff('people.import', { gestureId: 'many', rows });
  await openAt('people', { language: 'en' });
  await page.getByText('138 on the roster').waitFor();
  expect(await page.locator('tbody tr').count()).toBe(100);
  await page.getByRole('button', { name: 'Next page' }).first().click();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(38);
  // Another list begins at its first page.
  await page.getByLabel('Team').selectOption('新班');
  await page.getByText('120 found').waitFor();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(100);
  await page.getByLabel('Category').selectOption({ label: 'Activist' });
  await page.getByText('Nobody found').waitFor();
  await page.getByLabel('Team').selectOption({ label: 'All teams' });
  await expect
    .poll(async () => (await rowsOf(page)).every(([, , , category]) => category === 'Activist'))
    .toBe(true);
});

test('the preview of a list shows what its import then does, and nothing is written before', async () => {
  const people = [
    { name: '张伟', staffNo: '2001', team: '焊接班', categoryId: 'activist' },
    { name: '李娜', staffNo: '2002', team: '喷涂班' },
  ];
  for (const person of people) {
    await kiosk.asStaff('people.save', { gestureId: crypto.randomUUID(), person });
  }
  await openAt('people');
  await page.getByRole('button', { name: '导入名单' }).click();
  await drop('名单.xlsx', '张三 1017, a text that was renamed');
  const alert = page.getByRole('dialog').getByRole('alert');
  await alert.waitFor();
  expect(await alert.textContent()).toContain('未导入任何内容');
  await expectSoundOffice(page);

  const sheet = workbook(
    row(1, '姓名', '工号', '班组', '类别') +
      row(2, '张伟', '2001', '装配班', '') +
      row(3, '李娜', '2002', '喷涂班', '') +
      row(4, '王芳', '3001', '焊接班', '党员') +
      row(5, '钱七', '3001', '焊接班', '') +
      row(6, '赵六', '3003', '焊接班', '顾问') +
      row(7, '', '3004', '焊接班', ''),
  );
  await choose('名单.xlsx', sheet);
  await page.getByText('名单.xlsx').waitFor();
  expect(await alert.count()).toBe(0);
  expect(await page.locator('.sums strong').allTextContents()).toEqual(['1', '1', '1', '3']);
  const [leftOut, changes] = await Promise.all([tableOf(0), tableOf(1)]);
  expect(leftOut).toEqual([
    ['5', '钱七', '文件中工号重复'],
    ['6', '赵六', expect.stringContaining('没有“顾问”这个类别')],
    ['7', '', '缺少姓名'],
  ]);
  expect(changes).toEqual([
    ['2', '修改', '张伟', '2001', '焊接班 → 装配班', '积极分子'],
    ['4', '添加', '王芳', '3001', '焊接班', '党员'],
  ]);
  await expectSoundOffice(page);
  expect((await roster()).sort()).toEqual(['张伟/2001/焊接班/activist', '李娜/2002/喷涂班/']);

  // Somebody at another desk adds her meanwhile: the preview says so.
  await kiosk.asStaff('people.save', {
    gestureId: 'meanwhile',
    person: { name: '王芳', staffNo: '3001', team: '焊接班' },
  });
  await expect.poll(() => page.locator('.sums strong').allTextContents()).toEqual(['0', '2', '1', '3']);

  await page.getByRole('button', { name: '导入 2 人' }).click();
  await page.getByText('已添加 0 人，修改 2 人，未导入 3 行。').waitFor();
  expect((await roster()).sort()).toEqual([
    '张伟/2001/装配班/activist',
    '李娜/2002/喷涂班/',
    '王芳/3001/焊接班/party-member',
  ]);

  // The same list once more changes nobody.
  await page.getByRole('button', { name: '导入名单' }).click();
  await choose('名单.xlsx', sheet);
  await page.getByText('没有可导入的内容').waitFor();
  expect(await page.getByRole('button', { name: '导入 0 人' }).isDisabled()).toBe(true);
});

/** Chooses a file as the person's file dialog would. */
function choose(name: string, bytes: Uint8Array): Promise<void> {
  const file = { name, mimeType: '', buffer: Buffer.from(bytes) };
  return page.getByRole('dialog').locator('input[type=file]').setInputFiles(file);
}

/** Drops a text file beside the field, as a hand does that is not careful. */
async function drop(name: string, text: string): Promise<void> {
  const files = await page.evaluateHandle(
    ([name, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text!], name!));
      return transfer;
    },
    [name, text],
  );
  await page.getByText('名单每人一行').dispatchEvent('drop', { dataTransfer: files });
}

/** Who is on the roster besides the sample. */
async function roster(): Promise<string[]> {
  const { people } = await kiosk.asStaff('people.list', {});
  const own = people.filter(({ sample }) => !sample);
  return own.map(({ name, staffNo, team, categoryId }) =>
    [name, staffNo, team, categoryId].map((part) => part ?? '').join('/'),
  );
}

async function tableOf(index: number): Promise<string[][]> {
  const rows = await page.getByRole('dialog').locator('table').nth(index).locator('tbody tr').all();
  return Promise.all(rows.map(async (one) => (await one.locator('td').allInnerTexts()).map(oneLine)));
}

/** The rows of the list, without their buttons and marks. */
async function rowsOf(shown: Page): Promise<string[][]> {
  // The list follows what is typed within a moment.
  await shown.waitForTimeout(400);
  const rows = await shown.locator('main tbody tr').all();
  return Promise.all(
    rows.map(async (one) => (await one.locator('td').allInnerTexts()).slice(0, 4).map(oneLine)),
  );
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
