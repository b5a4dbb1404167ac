import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import readExcelFile from 'read-excel-file/node';
import { expect, onTestFinished, test } from 'vitest';
import type { Language } from '../../src/domain/settings.ts';
import { openKiosk } from '../../src/kiosk/open-kiosk.ts';
import { serveKiosk } from '../../src/server/serve-kiosk.ts';
import { launchBrowser, SIZES } from '../support/browser.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { placeName, prepareFiles, walkAsNewUser } from './new-user-walk.ts';
import { expectSoundOffice } from './office-page.ts';

test.each<Language>(['zh', 'en'])(
  'somebody who has never seen it comes from an empty folder to the exported sheet (browser, %s)',
  async (language) => {
    const folder = join(await tempFolder(), placeName());
    mkdirSync(folder);
    await prepareFiles(folder);
    process.env['MUSTER_PLACES'] = folder;
    onTestFinished(() => void delete process.env['MUSTER_PLACES']);
    const kiosk = await openKiosk(join(await tempFolder(), 'data'));
    onTestFinished(() => kiosk.close());
    await kiosk.addSample();
    const served = await serveKiosk(kiosk, 0);
    onTestFinished(() => served.close());
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    const context = await browser.newContext({
      viewport: SIZES.small,
      screen: SIZES.small,
      hasTouch: true,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(`${served.address}/gate`);

    const office = ['first-steps', 'activity', 'people-preview', 'attendance', 'export'];
    const { file, ...asked } = await walkAsNewUser({
      page,
      language,
      folder,
      onPage: async (name) => (office.includes(name) ? expectSoundOffice(page) : undefined),
    });
    expect(asked).toEqual({ decisions: language === 'zh' ? 25 : 27, fields: 4 });
    // The language in which the PIN was set is that person's, not the gate's.
    const answer = await kiosk.dispatch('settings.get', {}, { role: 'admin' });
    expect(answer).toMatchObject({ ok: true, result: { settings: { language: 'zh' } } });
    const rows = (await readExcelFile(file))[0]!.data.map((row) => row.join(' '));
    expect(rows.some((row) => row.includes('欧阳娜') && row.includes('6002'))).toBe(true);
  },
  240_000,
);
