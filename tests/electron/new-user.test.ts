import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import readExcelFile from 'read-excel-file/node';
import { expect, test } from 'vitest';
import type { Language } from '../../src/domain/settings.ts';
import { placeName, prepareFiles, walkAsNewUser } from '../e2e/new-user-walk.ts';
import { expectSoundOffice } from '../e2e/office-page.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openApp, realElectron } from './muster-app.ts';

// Pages of a real Electron take no touches from Playwright.
test.skipIf(realElectron()).each<Language>(['zh', 'en'])(
  'somebody who has never seen it comes from an empty folder to the exported sheet (Electron, %s)',
  async (language) => {
    const folder = join(await tempFolder(), placeName());
    mkdirSync(folder);
    await prepareFiles(folder);
    const app = await openApp({
      args: ['--data', join(await tempFolder(), 'data'), '--sample'],
      env: { MUSTER_PLACES: folder },
    });
    await app.ready;
    const page = await app.page('/gate');
    // The windows do not wait for the sample.
    await page.locator('.sign-in').waitFor();
    const { file, ...asked } = await walkAsNewUser({
      page,
      language,
      folder,
      onPage: async (name) => (name === 'attendance' ? expectSoundOffice(page) : undefined),
    });
    expect(asked).toEqual({ decisions: language === 'zh' ? 25 : 27, fields: 4 });
    const rows = (await readExcelFile(file))[0]!.data.map((row) => row.join(' '));
    expect(rows.some((row) => row.includes('欧阳娜') && row.includes('6002'))).toBe(true);
    expect(app.stderr()).toBe('');
  },
  240_000,
);
