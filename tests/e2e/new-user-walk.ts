import { randomUUID } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import writeXlsxFile from 'write-excel-file/node';
import type { Language } from '../../src/domain/settings.ts';
import { plainJpeg } from '../support/pictures.ts';
import { read, typeOnPad } from './gate-page.ts';

/** What the kiosk asked of somebody who had never seen it. */
export interface Asked {
  /** Touches and clicks, each of them a choice or a yes. */
  decisions: number;
  /** Values that had to be typed, the PIN and a search among them. */
  fields: number;
}

/** What the walk needs: a folder where files lie ready and where the sheet goes to. */
export interface Walk {
  page: Page;
  language: Language;
  /** Among the kiosk's places. */
  folder: string;
  /** Called at each page, for pictures or checks. */
  onPage?: (name: string) => Promise<void>;
}

const PIN = '482916';
/** For what another process does, in milliseconds: on a machine with other work it starts late. */
const PATIENT = 90_000;

/** The files that a new organiser has at hand: a list of people and three photos. */
export async function prepareFiles(folder: string): Promise<void> {
  const rows = [
    ['姓名', '工号', '班组', '类别'],
    ['王小明', '6001', '焊接班', '党员'],
    ['欧阳娜', '6002', '桁架班', '积极分子'],
    ['单雄', '6003', '焊接班', '群众'],
  ];
  const sheet = rows.map((row) => row.map((value) => ({ value, type: String })));
  await writeXlsxFile(sheet).toFile(join(folder, '名单.xlsx'));
  for (const [name, colour] of [
    ['1.jpg', '#1f5596'],
    ['2.jpg', '#1f6b45'],
    ['3.jpg', '#8a3a12'],
  ] as const) {
    writeFileSync(join(folder, name), await plainJpeg(1200, 800, colour));
  }
}

/**
 * From the first look at a new kiosk to the sheet in the folder: PIN, activity from a template, people from a
 * workbook, photos from files, one sign-in at the gate by touch, export. Returns what was asked and the file.
 */
export async function walkAsNewUser({
  page,
  language,
  folder,
  onPage,
}: Walk): Promise<Asked & { file: string }> {
  const asked: Asked = { decisions: 0, fields: 0 };
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en);
  const button = (zh: string, en: string) => page.getByRole('button', { name: say(zh, en), exact: true });
  const choose = async (target: Locator) => {
    await target.click();
    asked.decisions++;
  };
  const touch = async (target: Locator) => {
    await read(page);
    await target.tap();
    asked.decisions++;
  };
  const seen = (name: string) => onPage?.(name);
  const givePin = async () => {
    await page.keyboard.type(PIN);
    asked.fields++;
    await page.keyboard.press('Enter');
    asked.decisions++;
  };
  const section = (zh: string, en: string) =>
    choose(page.locator('nav ul').getByRole('button', { name: say(zh, en) }));

  await page.locator('.idle').waitFor();
  await seen('gate');
  await touch(page.locator('.staff'));
  await page.locator('.lock h1').waitFor();
  if (language === 'en') await choose(page.locator('.lock').getByRole('button', { name: 'English' }));
  await seen('first-pin');
  await givePin();
  await page.locator('.lock h1', { hasText: say('再输入一次', 'once more') }).waitFor();
  await givePin();
  await page.locator('nav').waitFor();
  await page.locator('.steps').waitFor();
  await seen('first-steps');

  await choose(page.locator('.steps').getByRole('button', { name: say('新建活动', 'Set up your activity') }));
  await choose(button('新建活动', 'New activity'));
  await seen('templates');
  await choose(page.locator('dialog .templates button').first());
  await seen('activity');
  await choose(button('现在开始', 'It starts now'));
  await choose(button('保存', 'Save'));
  await page.getByText(say('正在签到', 'open for sign-in now')).first().waitFor();
  await seen('activities');

  await section('人员', 'People');
  await choose(button('导入名单', 'Import a list'));
  await page.locator('dialog input[type=file]').setInputFiles(join(folder, '名单.xlsx'));
  asked.decisions++;
  const takeIn = page.getByRole('button', { name: say('导入 3 人', 'Import 3 people') });
  // A file that is refused says why: nobody waits for its preview then.
  const refused = page.locator('.notice.bad span');
  await takeIn.or(refused).waitFor({ timeout: PATIENT });
  if (await refused.isVisible()) throw new Error(`the list was refused: ${await refused.textContent()}`);
  await seen('people-preview');
  await choose(takeIn);
  await page.getByText('欧阳娜').first().waitFor();
  await seen('people');

  await section('照片', 'Photos');
  await choose(button('导入照片', 'Import photos'));
  await page
    .locator('dialog input[type=file]')
    .first()
    .setInputFiles(['1.jpg', '2.jpg', '3.jpg'].map((name) => join(folder, name)));
  asked.decisions++;
  await seen('photo-import');
  await choose(page.locator('dialog').getByRole('button', { name: say('导入', 'Import'), exact: true }));
  await page.getByText(say('新增 3 张', '3 photos added')).waitFor();
  await seen('photos');

  await choose(page.locator('nav').getByRole('button', { name: say('签到页', 'Gate') }));
  await page.locator('.idle').waitFor();
  await touch(page.locator('.sign-in'));
  await page.locator('.finder').waitFor();
  await typeOnPad(page, 'OY');
  asked.fields++;
  await touch(page.locator('.person', { hasText: '欧阳娜' }));
  await touch(page.locator('.posts .post').nth(1));
  await page.locator('.greeting h1', { hasText: '欧阳娜' }).waitFor();
  await seen('greeting');
  await touch(page.locator('.next'));

  await page.locator('.idle').waitFor();
  await touch(page.locator('.staff'));
  // The language that was chosen for the first PIN was the office's for that time, not the kiosk's.
  if (language === 'en') await choose(page.locator('.lock').getByRole('button', { name: 'English' }));
  await givePin();
  await page.locator('td', { hasText: '欧阳娜' }).waitFor();
  await seen('attendance');
  await choose(button('导出', 'Export'));
  const place = folder.split('/').at(-1)!;
  await page.locator('dialog').getByRole('button', { name: place }).waitFor();
  await seen('export');
  await choose(page.locator('dialog').getByRole('button', { name: place }));
  await page.getByText(say('已保存：', 'Saved: ')).waitFor();
  const file = readdirSync(folder).find((name) => name.endsWith('签到表.xlsx'));
  if (file === undefined) throw new Error(`no sheet in ${folder}`);
  return { ...asked, file: join(folder, file) };
}

/** A folder's name that no other place has. */
export function placeName(): string {
  return `stick-${randomUUID().slice(0, 8)}`;
}
