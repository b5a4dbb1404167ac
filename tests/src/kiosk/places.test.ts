import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mountPointsIn } from '../../../src/kiosk/mount-points.ts';
import { findPlaces, folderInPlaces } from '../../../src/kiosk/places.ts';
import { openTestKiosk } from '../../support/served-kiosk.ts';
import { mountSmallDisk } from '../../support/small-disk.ts';
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

  test.each(['.config', 'elsewhere'])(
    'are the folders of a Chinese desktop, as %s/user-dirs.dirs names them',
    async (config) => {
      const home = await tempFolder();
      const moved = await tempFolder();
      for (const name of ['桌面', '图片', 'Downloads', '音乐', config]) mkdirSync(join(home, name));
      const lines = [
        '# This file is written by xdg-user-dirs-update',
        'XDG_DESKTOP_DIR="$HOME/桌面"',
        'XDG_DOWNLOAD_DIR="$HOME/"',
        `XDG_DOCUMENTS_DIR="${moved}"`,
        'XDG_MUSIC_DIR="$HOME/音乐"',
        'XDG_PICTURES_DIR="$HOME/图片"',
      ];
      writeFileSync(join(home, config, 'user-dirs.dirs'), lines.join('\n'));
      const more = config === '.config' ? {} : { XDG_CONFIG_HOME: join(home, config) };
      const places = await findPlaces({ HOME: home, ...more });
      expect(places.filter(({ kind }) => kind === 'folder').map(({ path }) => path)).toEqual([
        join(home, '桌面'),
        moved,
        join(home, '图片'),
        join(home, 'Downloads'),
      ]);
    },
  );

  test('are the folders that OneDrive has taken', async () => {
    const [home, cloud] = [await tempFolder(), await tempFolder()];
    mkdirSync(join(cloud, 'Desktop'));
    const paths = (await findPlaces({ HOME: home, OneDriveCommercial: cloud })).map(({ path }) => path);
    expect(paths).toContain(join(cloud, 'Desktop'));
  });

  test('are disks that are plugged in, wherever Linux puts them, and no folders beside', async ({ skip }) => {
    const above = mkdtempSync('/mnt/muster-test-');
    onTestFinished(() => rmSync(above, { recursive: true }));
    const [disk, beside] = [join(above, '照片 盘'), join(above, 'beside')];
    for (const folder of [disk, beside]) mkdirSync(folder);
    mountSmallDisk(disk, skip);
    const found = (await findPlaces({})).filter(({ path }) => path.startsWith(above));
    expect(found).toMatchObject([{ path: disk, name: '照片 盘', kind: 'stick', writable: true }]);
  });

  test('of disks are read from the list of the system, those of other machines left alone', () => {
    const mounts = [
      'proc /proc proc rw 0 0',
      '/dev/sda1 /media/li/PHOTO\\040STICK vfat rw 0 0',
      '/dev/sdb1 /run/media/li/盘 exfat rw 0 0',
      'server:/share /mnt/share nfs4 rw 0 0',
      '//server/share /mnt/office cifs rw 0 0',
      '/dev/sdc1 /mnt ext4 rw 0 0',
      '/dev/sdd1 /mnt-other ext4 rw 0 0',
      '',
    ];
    expect(mountPointsIn(mounts.join('\n'))).toEqual(['/media/li/PHOTO STICK', '/run/media/li/盘', '/mnt']);
  });
});

describe('a folder', () => {
  test('shows its folders in order and how many files may be photos', async () => {
    const { share, browse } = await withShare();
    mkdirSync(join(share, '2026', 'x.jpg'));
    for (const name of ['a.jpg', 'B.JPEG', 'c.png', 'd.txt', 'e.HEIC', 'f.jpg.exe', 'g.zip']) {
      writeFileSync(join(share, '2026', name), '');
    }
    expect(await browse(share)).toEqual({
      ok: true,
      result: {
        path: share,
        name: 'share',
        parent: null,
        folders: ['2025', '2026'].map((name) => ({ name, path: join(share, name) })),
        zips: [],
        photos: 0,
      },
    });
    const inside = {
      parent: share,
      name: '2026',
      photos: 4,
      folders: [{ name: 'x.jpg' }],
      zips: [{ name: 'g.zip' }],
    };
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
