import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { addMinutes } from '../../../src/domain/time.ts';
import { openKiosk } from '../../../src/kiosk/open-kiosk.ts';
import { plainPicture } from '../../support/pictures.ts';
import { serveTestKiosk } from '../../support/served-kiosk.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A served kiosk with one photo: red on the left, blue on the right. */
async function withPhoto(width = 600, height = 300) {
  const served = await serveTestKiosk();
  const path = join(await tempFolder(), 'a.jpg');
  const red = { create: { width: width / 2, height, channels: 3 as const, background: '#c00000' } };
  const picture = plainPicture(width, height, '#0000c0').composite([{ input: red, left: 0, top: 0 }]);
  writeFileSync(path, await picture.jpeg().toBuffer());
  const importAll = () => served.kiosk.importPhotos({ path, albumName: 'Evening' });
  await importAll();
  const photoId = [...served.kiosk.state.photos.keys()][0]!;
  const get = (of: string, init?: RequestInit) => fetch(`${served.address}/photos/${photoId}/${of}`, init);
  const files = async () =>
    (await readdir(join(served.dataFolder, 'photos'), { recursive: true })).filter((name) =>
      name.endsWith('.jpg'),
    );
  const library = async () => (await served.asStaff('photos.library', {})).photos[0]!;
  return { ...served, photoId, get, files, importAll, library };
}

async function sizeOf(response: Response) {
  const { width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
  return [width, height];
}

/** The colour of the topmost pixel in the middle: which side of the picture is up. */
async function topOf(response: Response): Promise<'red' | 'blue' | 'both'> {
  const image = sharp(Buffer.from(await response.arrayBuffer()));
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const at = (x: number) => (data[3 * Math.floor(info.width * x)]! > 100 ? 'red' : 'blue');
  return at(0.2) === at(0.8) ? at(0.5) : 'both';
}

describe('a photo that lies on its side', () => {
  test('stands upright on every screen at once, also for a browser that has it lying', async () => {
    const { asStaff, photoId, get, library } = await withPhoto();
    const lying = await get('480.jpg');
    const etag = lying.headers.get('etag')!;
    expect(await topOf(lying)).toBe('both');
    await asStaff('photos.turn', { gestureId: randomUUID(), photoId, turned: 90 });
    const standing = await get('480.jpg', { headers: { 'if-none-match': etag } });
    expect([standing.status, await topOf(standing.clone()), await sizeOf(standing)]).toEqual([
      200,
      'red',
      [240, 480],
    ]);
    expect(await library()).toMatchObject({ width: 300, height: 600, turned: 90 });
    await asStaff('photos.turn', { gestureId: randomUUID(), photoId, turned: 270 });
    expect(await topOf(await get('1920.jpg'))).toBe('blue');
    await asStaff('photos.turn', { gestureId: randomUUID(), photoId, turned: 0 });
    expect((await get('480.jpg', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('whose original is gone stays as it is, with a word why', async () => {
    const { kiosk, photoId, files, dataFolder, get } = await withPhoto();
    const original = (await files()).find((name) => name.startsWith('originals'))!;
    rmSync(join(dataFolder, 'photos', original));
    const input = { gestureId: randomUUID(), photoId, turned: 90 };
    const answer = await kiosk.dispatch('photos.turn', input, { role: 'editor' });
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'photo-unreadable' } });
    expect(kiosk.state.photos.get(photoId)!.turned).toBeUndefined();
    expect(await topOf(await get('480.jpg'))).toBe('both');
  });
});

describe('a screen of many pixels', () => {
  test('gets a copy of its own, made once, and no larger than the photo is', async () => {
    const { get, files } = await withPhoto(3000, 1500);
    expect((await files()).length).toBe(3);
    const both = await Promise.all([get('3840.jpg'), get('3840.jpg')]);
    expect(await Promise.all(both.map(sizeOf))).toEqual([
      [3000, 1500],
      [3000, 1500],
    ]);
    expect((await files()).filter((name) => name.includes('-3840'))).toHaveLength(1);
  });

  test('gets the ordinary copy of a photo that has no more to show', async () => {
    const { get, files } = await withPhoto();
    expect(await sizeOf(await get('3840.jpg'))).toEqual([600, 300]);
    expect((await files()).some((name) => name.includes('-3840'))).toBe(false);
  });
});

describe('a photo that somebody wants deleted', () => {
  test('is gone from disk in every size and turn, and does not come back with the same folder', async () => {
    const { asStaff, photoId, get, files, importAll, kiosk } = await withPhoto(3000, 1500);
    await get('3840.jpg');
    await asStaff('photos.turn', { gestureId: randomUUID(), photoId, turned: 180 });
    expect((await files()).length).toBeGreaterThan(4);
    await asStaff('photos.delete', { gestureId: randomUUID(), photoIds: [photoId] });
    expect([await files(), (await get('480.jpg')).status]).toEqual([[], 404]);
    expect(await importAll()).toMatchObject({ added: 0, doubles: 0, skipped: [{ reason: 'deleted' }] });
    expect([await files(), kiosk.state.photos.size]).toEqual([[], 0]);
    expect((await asStaff('photos.deleted', {})).photos).toMatchObject([{ photoId, fileName: 'a.jpg' }]);
    await asStaff('photos.readmit', { gestureId: randomUUID(), photoIds: [photoId] });
    expect(await importAll()).toMatchObject({ added: 1, skipped: [] });
  });

  test('that the disk keeps is no "deleted", and is gone after the next start', async () => {
    const { kiosk, dataFolder, files, photoId, stopServing } = await withPhoto();
    const original = join(
      dataFolder,
      'photos',
      (await files()).find((name) => name.startsWith('originals'))!,
    );
    rmSync(original);
    // A folder of that name cannot be unlinked.
    mkdirSync(original);
    const input = { gestureId: randomUUID(), photoIds: [photoId] };
    const answer = await kiosk.dispatch('photos.delete', input, { role: 'editor' });
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'photo-files-left' } });
    expect(kiosk.state.photos.has(photoId)).toBe(false);
    rmSync(original, { recursive: true });
    writeFileSync(original, 'left');
    await stopServing();
    await kiosk.close();
    const again = await openKiosk(dataFolder);
    await again.close();
    expect([existsSync(original), existsSync(dirname(original))]).toEqual([false, true]);
  });
});

test('an album kept for a ceremony: its pictures are refused to screens, not to the office, and screens are told in time', async () => {
  const { asStaff, kiosk, clock, address, get, library } = await withPhoto();
  const { albumId, thumbnail } = await library();
  const revealAt = addMinutes(clock.now(), 1);
  await asStaff('photos.revealAlbum', { gestureId: randomUUID(), albumId, revealAt });
  expect((await get('480.jpg')).status).toBe(404);
  expect((await asStaff('photos.list', {})).photos).toEqual([]);
  expect((await asStaff('wall.view', {})).photos).toEqual([]);
  expect((await fetch(address + thumbnail)).status).toBe(200);
  const told = new Promise<void>((resolve) =>
    kiosk.subscribe((topic) => void (topic === 'photos' && resolve())),
  );
  clock.forward(60);
  await told;
  expect((await get('480.jpg')).status).toBe(200);
  expect((await asStaff('wall.view', {})).photos).toHaveLength(1);
});

test('the waiting room: nobody at a screen gets the picture before the yes', async () => {
  const { asStaff, kiosk, address, library } = await withPhoto();
  await asStaff('settings.save', { gestureId: randomUUID(), settings: { photosWait: true } });
  const path = join(await tempFolder(), 'b.jpg');
  writeFileSync(path, await plainPicture(60, 40, '#123456').jpeg().toBuffer());
  await kiosk.importPhotos({ path, albumName: 'Evening' });
  const { photoId, waiting, thumbnail } = await library();
  expect(waiting).toBe(true);
  expect((await asStaff('photos.library', { filter: 'waiting' })).counts).toMatchObject({
    all: 2,
    waiting: 1,
  });
  const status = async (of: string) => (await fetch(address + of)).status;
  expect([await status(`/photos/${photoId}/480.jpg`), await status(thumbnail)]).toEqual([404, 200]);
  await asStaff('photos.accept', { gestureId: randomUUID(), photoIds: [photoId] });
  expect(await status(`/photos/${photoId}/480.jpg`)).toBe(200);
});
