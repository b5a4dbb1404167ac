import { appendFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openPhotoWatch } from '../../../src/kiosk/photo-watch.ts';
import { plainJpeg } from '../../support/pictures.ts';
import { openTestKiosk } from '../../support/served-kiosk.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/until.ts';

/** A folder that is watched; what would be imported is noted. */
async function watched() {
  const folder = join(await tempFolder(), 'watched');
  mkdirSync(folder);
  const batches: string[][] = [];
  const view = (added: number) => ({ importId: 'x', state: 'done', added }) as never;
  const watch = openPhotoWatch({
    imports: {
      importFiles(path, only) {
        batches.push(only.map((file) => file.slice(path.length + 1)));
        return Promise.resolve(view(only.length));
      },
      read: () => Promise.resolve(),
    },
    onChange: () => undefined,
    onFault(error) {
      throw error;
    },
    lookEvery: 20,
    settledAfter: 400,
  });
  onTestFinished(() => watch.close());
  watch.follow({ folder, albumName: 'share' });
  return { folder, batches, watch };
}

const pass = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('a file that is still being copied is not taken before it has stood still', async () => {
  const { folder, batches } = await watched();
  const file = join(folder, 'a.jpg');
  writeFileSync(file, 'first');
  for (let n = 0; n < 10; n++) {
    await pass(100);
    appendFileSync(file, 'more');
    expect(batches).toEqual([]);
  }
  await until(() => batches.length > 0);
  expect(batches).toEqual([['a.jpg']]);
  expect(existsSync(file)).toBe(true);
});

test('hidden and unfinished files are left alone, what was there before is taken, folders below are entered', async () => {
  const { folder, batches } = await watched();
  mkdirSync(join(folder, 'below'));
  for (const name of ['.hidden.jpg', 'a.jpg.part', 'b.crdownload', '~c.jpg', 'Thumbs.db', 'below/d.jpg'])
    writeFileSync(join(folder, name), 'x');
  await until(() => batches.length > 0);
  await pass(600);
  expect(batches).toEqual([['below/d.jpg']]);
});

test('a folder that goes away is said to be gone, and found when it is back', async () => {
  const { folder, batches, watch } = await watched();
  renameSync(folder, `${folder}-away`);
  await until(() => watch.view()?.state === 'gone');
  writeFileSync(join(`${folder}-away`, 'a.jpg'), 'x');
  renameSync(`${folder}-away`, folder);
  await until(() => batches.length > 0);
  expect([batches, watch.view()?.state]).toEqual([[['a.jpg']], 'watching']);
});

test('the folder of the settings is watched once the kiosk stands somewhere, and only within the places', async () => {
  const { kiosk, asStaff } = await openTestKiosk();
  const folder = await tempFolder();
  const save = (watch: { folder: string; albumName: string } | null) =>
    kiosk.dispatch(
      'settings.save',
      { gestureId: `g${Math.random()}`, settings: { watch } },
      { role: 'admin' },
    );
  expect(await save({ folder, albumName: 'share' })).toMatchObject({ refusal: { code: 'place-unknown' } });
  const before = process.env.MUSTER_PLACES;
  process.env.MUSTER_PLACES = folder;
  onTestFinished(() => {
    if (before === undefined) delete process.env.MUSTER_PLACES;
    else process.env.MUSTER_PLACES = before;
  });
  writeFileSync(join(folder, 'a.jpg'), await plainJpeg(60, 40));
  expect(await save({ folder, albumName: 'share' })).toMatchObject({ ok: true });
  expect(await asStaff('photos.watch', {})).toEqual({ watch: null });
  kiosk.attend();
  await until(() => kiosk.state.photos.size === 1);
  expect(await asStaff('photos.watch', {})).toMatchObject({ watch: { folder, state: 'watching' } });
  await save(null);
  expect(await asStaff('photos.watch', {})).toEqual({ watch: null });
}, 30_000);
