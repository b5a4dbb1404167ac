import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { request, sendRaw } from '../../support/raw-http.ts';
import { plainJpeg } from '../../support/pictures.ts';
import { serveTestKiosk } from '../../support/served-kiosk.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A served kiosk with one photo of 600 x 300. */
async function withPhoto() {
  const served = await serveTestKiosk();
  const path = join(await tempFolder(), 'a.jpg');
  writeFileSync(path, await plainJpeg(600, 300));
  await served.kiosk.importPhotos({ path, albumName: 'Evening' });
  const photoId = [...served.kiosk.state.photos.keys()][0]!;
  const get = (of: string, init?: RequestInit) => fetch(`${served.address}/photos/${of}`, init);
  return { ...served, photoId, get };
}

describe('a photo by its id', () => {
  test('comes as JPEG in the size asked for, never larger than it was', async () => {
    const { photoId, get } = await withPhoto();
    const sizes: (number | undefined)[][] = [];
    for (const edge of [480, 1920]) {
      const response = await get(`${photoId}/${edge}.jpg`);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      const { format, width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
      expect(format).toBe('jpeg');
      sizes.push([width, height]);
    }
    expect(sizes).toEqual([
      [480, 240],
      [600, 300],
    ]);
  });

  test('is not sent twice to a browser that has it', async () => {
    const { photoId, get } = await withPhoto();
    const etag = (await get(`${photoId}/480.jpg`)).headers.get('etag')!;
    const again = await get(`${photoId}/480.jpg`, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const larger = await get(`${photoId}/1920.jpg`, { headers: { 'if-none-match': etag } });
    expect(larger.status).toBe(200);
  });

  test('is gone at once when it is hidden, also for a browser that has it, and back when it is shown', async () => {
    const { photoId, get, asStaff } = await withPhoto();
    const etag = (await get(`${photoId}/480.jpg`)).headers.get('etag')!;
    const hide = (hidden: boolean) => asStaff('photos.hide', { gestureId: randomUUID(), photoId, hidden });
    await hide(true);
    expect((await get(`${photoId}/480.jpg`)).status).toBe(404);
    expect((await get(`${photoId}/480.jpg`, { headers: { 'if-none-match': etag } })).status).toBe(404);
    await hide(false);
    expect((await get(`${photoId}/480.jpg`)).status).toBe(200);
  });

  test('is kept by no shared cache and asked for again each time', async () => {
    const { photoId, get } = await withPhoto();
    expect((await get(`${photoId}/480.jpg`)).headers.get('cache-control')).toBe('private, no-cache');
  });

  test('has no other size, ending or parent', async () => {
    const { photoId, get } = await withPhoto();
    const wrong = [
      `${photoId}/481.jpg`,
      `${photoId}/0.jpg`,
      `${photoId}/99999.jpg`,
      `${photoId}/-480.jpg`,
      `${photoId}/480.png`,
      `${photoId}/480.jpg/`,
      `${photoId}/480`,
      photoId,
      `${photoId.toUpperCase()}X/480.jpg`,
      `${photoId.slice(1)}/480.jpg`,
      `${'0'.repeat(64)}/480.jpg`,
    ];
    for (const path of wrong) expect([path, (await get(path)).status]).toEqual([path, 404]);
  });

  test('by the name it was imported with is not there', async () => {
    const { get } = await withPhoto();
    expect((await get('a.jpg')).status).toBe(404);
  });
});

test('no way of writing a path leads from photos to another file of the data folder', async () => {
  const { photoId, port, dataFolder } = await withPhoto();
  const secret = 'nothing a browser may read';
  writeFileSync(join(dataFolder, 'photos', 'secret.jpg'), secret);
  writeFileSync(join(dataFolder, 'secret.jpg'), secret);
  const ups = ['..', '%2e%2e', '.%2e', '%252e%252e', '..%2f', '..%5c', '..\\', '%00', '..%00', '....//', '/'];
  for (const up of ups) {
    for (const start of ['/photos/', `/photos/${photoId}/`, `/photos/${photoId}/480.jpg/`]) {
      for (const path of [
        `${start}${up}/secret.jpg`,
        `${start}${up}/${up}/secret.jpg`,
        `${start}${up}${dataFolder}/secret.jpg`,
      ]) {
        const answer = await sendRaw(port, request(`GET ${path}`, { host: `127.0.0.1:${port}` }));
        expect([400, 404], path).toContain(answer.status);
        expect(answer.text).not.toContain(secret);
      }
    }
  }
});
