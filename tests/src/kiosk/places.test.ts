import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findPlaces, folderInPlaces } from '../../../src/kiosk/places.ts';
import { openTestKiosk } from '../../support/served-kiosk.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A share of the plant that is named as a place, and what lies beside it. */
async function withShare() {
  const outside = await tempFolder();
  const share = join(outside, 'share');
  for (const folder of ['2026', '2025', '.trash']) mkdirSync(join(share, folder), { recursive: true });
  const before = process.env.MUSTER_PLACES;
  process.env.MUSTER_PLACES = share;
  onTestFinished(() => {
    if (before === undefined) delete process.env.MUSTER_PLACES;
    else process.env.MUSTER_PLACES = before;
  });
  const { kiosk } = await openTestKiosk();
  const browse = (path: string) => kiosk.dispatch('places.browse', { path }, { role: 'editor' });
  return { outside, share, browse, kiosk };
}

const refused = (code: string) => ({
  ok: false,
  kind: 'refused',
  refusal: { code, message: { en: expect.any(String), zh: expect.stringMatching(/\p{Script=Han}/u) } },
});

describe('the places', () => {
  test('are those that MUSTER_PLACES names, each once, with what is free there; what is not there is none', async () => {
    const folder = await tempFolder();
    const [share, file] = [join(folder, '共享'), join(folder, 'file')];
    mkdirSync(share);
    writeFileSync(file, 'no folder');
    const link = join(folder, 'link');
    symlinkSync(share, link);
    const named = ['', share, join(folder, 'gone'), file, share, link].join(delimiter);
    const places = (await findPlaces({ MUSTER_PLACES: named })).filter(({ path }) => path.startsWith(folder));
    const freeBytes = expect.any(Number) as number;
    expect(places).toEqual([{ path: share, name: '共享', kind: 'folder', writable: true, freeBytes }]);
    expect(places[0]!.freeBytes).toBeGreaterThan(0);
  });

  test('are never the whole home or the root', async () => {
    const paths = (await findPlaces({})).map(({ path }) => path);
    expect(paths).not.toContain(homedir());
    expect(paths).not.toContain('/');
  });
});

describe('a folder', () => {
  test('shows its folders in order and how many files may be photos', async () => {
    const { share, browse } = await withShare();
    mkdirSync(join(share, '2026', 'x.jpg'));
    for (const name of ['a.jpg', 'B.JPEG', 'c.png', 'd.txt', 'e.webp', 'f.jpg.exe']) {
      writeFileSync(join(share, '2026', name), '');
    }
    expect(await browse(share)).toEqual({
      ok: true,
      result: {
        path: share,
        name: 'share',
        parent: null,
        folders: ['2025', '2026'].map((name) => ({ name, path: join(share, name) })),
        photos: 0,
      },
    });
    const inside = { parent: share, name: '2026', photos: 4, folders: [{ name: 'x.jpg' }] };
    expect(await browse(join(share, '2026'))).toMatchObject({ ok: true, result: inside });
  });

  test('outside the places is refused, however it is written', async () => {
    const { outside, share, browse, kiosk } = await withShare();
    const sibling = `${share}-2`;
    mkdirSync(sibling);
    symlinkSync(outside, join(share, 'way-out'));
    const ways = [
      '/',
      '/etc',
      outside,
      sibling,
      `${share}/..`,
      `${share}/2026/../../share-2`,
      `${share}/way-out`,
    ];
    for (const path of ways) {
      expect([path, await browse(path)]).toMatchObject([path, refused('place-unknown')]);
      const importing = kiosk.dispatch('photos.importFolder', { path, albumName: 'x' }, { role: 'editor' });
      expect(await importing).toMatchObject(refused('place-unknown'));
    }
  });

  test('by a link that stays inside is where it leads', async () => {
    const { share, browse } = await withShare();
    symlinkSync(join(share, '2026'), join(share, 'latest'));
    const path = join(share, '2026');
    expect(await browse(join(share, 'latest'))).toMatchObject({ ok: true, result: { path, parent: share } });
  });

  test('that is gone, or none, is refused with what to do', async () => {
    const { share, browse } = await withShare();
    writeFileSync(join(share, 'file'), '');
    for (const path of [join(share, 'gone'), join(share, 'file'), `${share}/a\0b`]) {
      expect(await browse(path)).toMatchObject(refused('folder-unreadable'));
    }
    expect(await browse(join(share, 'gone'))).toMatchObject({
      refusal: { message: { en: expect.stringContaining('stick') } },
    });
  });
});

test('a stick that was pulled out is no place any more, and its folders are refused', async () => {
  const { share, browse, kiosk } = await withShare();
  const list = async () => {
    const answer = await kiosk.dispatch('places.list', {}, { role: 'editor' });
    return (answer as { result: { places: { path: string }[] } }).result.places.map(({ path }) => path);
  };
  expect(await list()).toContain(share);
  renameSync(share, `${share}-elsewhere`);
  expect(await list()).not.toContain(share);
  expect(await browse(share)).toMatchObject(refused('folder-unreadable'));
});

test('a place that vanished after it was listed lets nothing through', async () => {
  const { share } = await withShare();
  const places = await findPlaces();
  rmSync(share, { recursive: true });
  symlinkSync('/etc', share);
  await expect(folderInPlaces(share, places)).rejects.toMatchObject({ code: 'place-unknown' });
});
