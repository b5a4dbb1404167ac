import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openKiosk } from '../../../src/kiosk/open-kiosk.ts';
import { photoFiles } from '../../../src/photos/photo-files.ts';
import { muster, serve } from '../../support/cli.ts';
import { expectOneLine } from '../../support/one-line.ts';
import { plainJpeg } from '../../support/pictures.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const PIN = '482916';

/** A closed kiosk with a photo, and a backup of it. */
async function kioskWithPhoto() {
  const folder = realpathSync(await tempFolder());
  const [data, file] = [join(folder, 'data'), join(folder, 'a.zip')];
  const kiosk = await openKiosk(data);
  writeFileSync(join(folder, 'a.jpg'), await plainJpeg(60, 40));
  await kiosk.importPhotos({ path: join(folder, 'a.jpg'), albumName: 'Evening' });
  const [photoId] = [...kiosk.state.photos.keys()];
  await (
    await kiosk.upkeep.backUp({ target: file, photos: true })
  ).result;
  await kiosk.close();
  return { data, file, gate: kiosk.gate, original: photoFiles(data).original(photoId!, 'jpg') };
}

test('a closed kiosk: all is well, or every problem in a line and exit code 1', async () => {
  const { data, original } = await kioskWithPhoto();
  const good = await muster(['verify', '--data', data]);
  expect(good).toMatchObject({ code: 0, stderr: '' });
  expect(good.stdout).toMatch(/^All is well: 3 events, 0 snapshots, 0 people, 0 visits, 1 photos\.\n$/);
  rmSync(original);
  const bad = await muster(['verify', '--data', data]);
  expect([bad.code, bad.stdout]).toEqual([1, '']);
  expect(bad.stderr).toMatch(/^Something is wrong: .*\n {2}photo [0-9a-f]{64}: the original is missing\n$/);
  const json = await muster(['verify', '--json', '--data', data]);
  expect([json.code, json.stderr]).toEqual([1, '']);
  expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, events: 3, photos: 1, problems: [{}] });
});

test('a running kiosk checks itself: as staff only, and it says the same', async () => {
  const { data, original } = await kioskWithPhoto();
  const running = await serve(['--data', data]);
  onTestFinished(() => void running.child.kill('SIGKILL'));
  await muster(['call', 'access.setPin', JSON.stringify({ pin: PIN }), '--url', running.address]);
  const at = ['--url', running.address, '--pin', PIN];
  const good = await muster(['verify', ...at]);
  expect([good.code, good.stderr]).toEqual([0, '']);
  expect(good.stdout).toMatch(/^All is well: 3 events, 0 snapshots, 0 people, 0 visits, 1 photos\.\n$/);
  expectOneLine(await muster(['verify', '--url', running.address]), { code: 1, says: /role/ });
  writeFileSync(original, 'edited');
  const bad = await muster(['verify', '--json', ...at]);
  expect([bad.code, bad.stderr]).toEqual([1, '']);
  expect(JSON.parse(bad.stdout)).toMatchObject({
    ok: false,
    problems: [{ en: expect.stringMatching(/original has changed/) as string }],
    message: { en: expect.stringMatching(/^Something is wrong/) as string },
  });
});

describe('a backup', () => {
  test('that is whole: whose it is, from when, and what is inside', async () => {
    const { file, gate } = await kioskWithPhoto();
    const ended = await muster(['verify', file, '--json']);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(JSON.parse(ended.stdout)).toEqual({
      ok: true,
      path: file,
      gate,
      kioskName: { en: 'Muster', zh: '集结' },
      madeAt: expect.any(String),
      lastSeq: 1,
      photos: true,
      counts: { events: 1, people: 0, visits: 0, photos: 1 },
    });
  });

  test('that is not: which file of it, in one line', async () => {
    const { file } = await kioskWithPhoto();
    const bytes = readFileSync(file);
    const at = bytes.indexOf('photos/originals') + 200;
    bytes[at] = bytes[at]! ^ 1;
    writeFileSync(file, bytes);
    expectOneLine(await muster(['verify', file]), { code: 1, says: /photos\/originals.*has changed/ });
    expectOneLine(await muster(['verify', `${file}.gone`]), { code: 1, says: /no such file/ });
  });
});
