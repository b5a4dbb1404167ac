import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKiosk, type Kiosk } from '../../src/kiosk/open-kiosk.ts';
import { tempFolder } from '../support/temp-folder.ts';

let template: string | undefined;

/** A data folder with the sample evening, for the app to open: a copy of one that was filled once in this process. */
export async function sampleFolder(): Promise<string> {
  template ??= await fillTemplate();
  const folder = join(await tempFolder(), 'data');
  cpSync(template, folder, { recursive: true });
  return folder;
}

/** Opens a data folder that no app holds any more, looks at it and lets it go. */
export async function lookInto<T>(folder: string, look: (kiosk: Kiosk) => T | Promise<T>): Promise<T> {
  const kiosk = await openKiosk(folder);
  try {
    return await look(kiosk);
  } finally {
    await kiosk.close();
  }
}

async function fillTemplate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-template-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await lookInto(folder, (kiosk) => kiosk.addSample());
  return folder;
}
