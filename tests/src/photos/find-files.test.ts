import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findFiles, MOST_FILES } from '../../../src/photos/find-files.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('of a folder with more than it may look at the first files are found, and it says so before them', async () => {
  const folder = await tempFolder();
  const [first, second] = [join(folder, 'a'), join(folder, 'b')];
  for (const path of [first, second]) mkdirSync(path);
  for (let n = 0; n < MOST_FILES - 2; n++) writeFileSync(join(first, `${n}.jpg`), '');
  // With its two folders that is exactly as much as may be.
  const whole = await findFiles(folder);
  expect([whole.length, whole[0]]).toEqual([MOST_FILES - 2, { path: join(first, '0.jpg') }]);
  writeFileSync(join(second, 'one-more.jpg'), '');
  const cut = await findFiles(folder);
  expect(cut[0]).toEqual({ path: folder, leftOut: 'too-many-files' });
  expect([cut.length, cut.some(({ path }) => path.endsWith('one-more.jpg'))]).toEqual([
    MOST_FILES - 1,
    false,
  ]);
});
