import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import type { PhotoView } from '../../../src/api/photos-api.ts';
import { RENDITION_EDGES } from '../../../src/domain/photo.ts';
import { plainPicture } from '../../support/pictures.ts';
import { openTestKiosk } from '../../support/served-kiosk.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** Imports one picture and gives back what the library says of it and its renditions' bytes. */
async function importOne(bytes: Buffer): Promise<{ photo: PhotoView; small: Buffer; large: Buffer }> {
  const { kiosk, asStaff } = await openTestKiosk();
  const path = join(await tempFolder(), 'a.jpg');
  writeFileSync(path, bytes);
  expect(await kiosk.importPhotos({ path, albumName: 'Evening' })).toMatchObject({ added: 1, skipped: [] });
  const photo = (await asStaff('photos.list', {})).photos[0]!;
  const rendition = async (edge: number) =>
    readFileSync((await kiosk.web.findRendition(photo.photoId, edge, null))!);
  return { photo, small: await rendition(480), large: await rendition(1920) };
}

const RED = '#c00000';
const GREEN = '#00a000';
const BLUE = '#0000c0';

/** The scene as people saw it: red in the top left corner, green in the top right, blue below. */
function scene(width: number, height: number) {
  const half = { width: width / 2, height: height / 2, channels: 3 as const };
  return plainPicture(width, height, BLUE).composite([
    { input: { create: { ...half, background: RED } }, left: 0, top: 0 },
    { input: { create: { ...half, background: GREEN } }, left: width / 2, top: 0 },
  ]);
}

/** What a camera stores when it was held so: the picture turned back, with a note how to turn it. */
const STORED: Record<number, (upright: Sharp) => Sharp> = {
  1: (upright) => upright,
  2: (upright) => upright.flop(),
  3: (upright) => upright.rotate(180),
  4: (upright) => upright.flip(),
  5: (upright) => upright.flip().rotate(90),
  6: (upright) => upright.rotate(270),
  7: (upright) => upright.flip().rotate(270),
  8: (upright) => upright.rotate(90),
};

test('photos stand upright, however the camera was held', async () => {
  const { kiosk, asStaff } = await openTestKiosk();
  const path = await tempFolder();
  const shapes = { landscape: [240, 160], portrait: [160, 240] } as const;
  for (const [shape, [width, height]] of Object.entries(shapes)) {
    const upright = await scene(width, height).png().toBuffer();
    for (const [orientation, turn] of Object.entries(STORED)) {
      const turned = await turn(sharp(upright)).png().toBuffer();
      await sharp(turned)
        .withMetadata({ orientation: Number(orientation) })
        .jpeg({ quality: 95 })
        .toFile(join(path, `${shape}-${orientation}.jpg`));
    }
  }
  expect(await kiosk.importPhotos({ path, albumName: 'Evening' })).toMatchObject({ added: 16, skipped: [] });
  const { photos } = await asStaff('photos.list', {});
  for (const { photoId, width, height } of photos) {
    const { fileName } = kiosk.state.photos.get(photoId)!;
    const [shape] = fileName.split('-') as [keyof typeof shapes];
    expect([fileName, width, height]).toEqual([fileName, ...shapes[shape]]);
    for (const edge of RENDITION_EDGES) {
      const seen = await coloursOf((await kiosk.web.findRendition(photoId, edge, null))!, width, height);
      expect([fileName, edge, seen]).toEqual([fileName, edge, ['red', 'green', 'blue', 'blue']]);
    }
  }
});

describe('renditions', () => {
  test.each([
    ['landscape', 4000, 3000, [480, 360], [1920, 1440]],
    ['portrait', 3000, 4000, [360, 480], [1440, 1920]],
    ['a panorama', 9000, 300, [480, 16], [1920, 64]],
    ['small: never enlarged', 300, 200, [300, 200], [300, 200]],
    ['one pixel', 1, 1, [1, 1], [1, 1]],
    ['between the two sizes', 1000, 500, [480, 240], [1000, 500]],
  ])('%s', async (_what, width, height, small, large) => {
    const made = await importOne(await plainPicture(width, height).jpeg().toBuffer());
    expect([made.photo.width, made.photo.height]).toEqual([width, height]);
    const sizes = [];
    for (const bytes of [made.small, made.large]) {
      const info = await sharp(bytes).metadata();
      sizes.push([info.width, info.height]);
    }
    expect(sizes).toEqual([small, large]);
  });

  test('are baseline JPEG even where the camera made a progressive one', async () => {
    const progressive = await scene(600, 400).jpeg({ progressive: true }).toBuffer();
    expect(frameMarkerOf(progressive)).toBe(0xc2);
    const { small, large } = await importOne(progressive);
    expect([frameMarkerOf(small), frameMarkerOf(large)]).toEqual([0xc0, 0xc0]);
  });

  test.each([
    ['a palette', (picture: Sharp) => picture.png({ palette: true })],
    ['transparency', (picture: Sharp) => picture.ensureAlpha(0.5).png()],
    ['grey', (picture: Sharp) => picture.greyscale().jpeg()],
    ['the colours of a printing press', (picture: Sharp) => picture.toColourspace('cmyk').jpeg()],
    ['sixteen bits', (picture: Sharp) => picture.toColourspace('rgb16').png()],
    ['WebP', (picture: Sharp) => picture.webp()],
  ])('of a photo with %s are plain sRGB JPEG', async (_what, encode) => {
    const { small, large } = await importOne(await encode(scene(600, 400)).toBuffer());
    for (const bytes of [small, large]) {
      const { format, space, channels, hasAlpha } = await sharp(bytes).metadata();
      expect([format, space, channels, hasAlpha]).toEqual(['jpeg', 'srgb', 3, false]);
    }
  });

  test('say nothing of where, when and with what the photo was taken', async () => {
    const bytes = await scene(600, 400)
      .jpeg()
      .withExif({
        IFD0: { Make: 'SecretCamera', Artist: 'SecretName' },
        IFD2: { DateTimeOriginal: '2026:11:22 18:00:00' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 14/1 15/1', GPSLongitudeRef: 'E' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><SecretXmp/></x:xmpmeta>')
      .withIccProfile('p3')
      .toBuffer();
    expect(bytes.includes('SecretCamera')).toBe(true);
    const { small, large } = await importOne(bytes);
    for (const rendition of [small, large]) {
      for (const word of ['Exif', 'GPS', 'Secret', 'xmpmeta', 'ns.adobe', '2026:11', 'ICC_PROFILE']) {
        expect(rendition.includes(word), word).toBe(false);
      }
      expect((await sharp(rendition).metadata()).exif).toBeUndefined();
    }
  });
});

/** The colours in the middle of the four quarters, of a picture that must have this size. */
async function coloursOf(file: string, width: number, height: number): Promise<string[]> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([width, height]);
  const at = (x: number, y: number) => {
    const offset = (Math.floor(y * height) * width + Math.floor(x * width)) * info.channels;
    return nameOf(data.subarray(offset, offset + 3));
  };
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
}

function nameOf([red, green, blue]: Uint8Array): string {
  const strongest = Math.max(red!, green!, blue!);
  return strongest === red ? 'red' : strongest === green ? 'green' : 'blue';
}

/** The start-of-frame marker: C0 is baseline, C2 progressive. */
function frameMarkerOf(jpeg: Buffer): number | undefined {
  let at = 2;
  while (at < jpeg.length && jpeg[at] === 0xff) {
    const marker = jpeg[at + 1]!;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return marker;
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  return undefined;
}
