import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { openKiosk, type Kiosk } from '../../src/kiosk/open-kiosk.ts';
import { sampleTemplate } from '../support/sample-template.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A data folder with the sample evening, for the app to open: a copy of one that was filled once. */
export async function sampleFolder(): Promise<string> {
  const folder = join(await tempFolder(), 'data');
  cpSync(await sampleTemplate(), folder, { recursive: true });
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
