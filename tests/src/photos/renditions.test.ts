import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { LARGE_EDGE, RENDITION_EDGES } from '../../../src/domain/photo.ts';
import { tiffOf } from '../../../src/photos/tiff-of.ts';
import { matrixProfile } from '../../support/colour-profile.ts';
import { plainPicture } from '../../support/pictures.ts';
import { openTestKiosk } from '../../support/served-kiosk.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { TINY_HEIC } from '../../support/tiny-heic.ts';

/** Imports one picture and gives back what the library says of it and its renditions' bytes. */
async function importOne(bytes: Buffer) {
  const { kiosk, asStaff } = await openTestKiosk();
  const path = join(await tempFolder(), 'a.jpg');
  writeFileSync(path, bytes);
  expect(await kiosk.importPhotos({ path, albumName: 'Evening' })).toMatchObject({ added: 1, skipped: [] });
  const photo = (await asStaff('photos.list', {})).photos[0]!;
  const rendition = async (edge: number) =>
    readFileSync((await kiosk.web.findRendition(photo.photoId, edge, null))!);
  const stored = kiosk.state.photos.get(photo.photoId)!;
  const largest = () => rendition(LARGE_EDGE);
  return { photo, stored, small: await rendition(480), large: await rendition(1920), largest };
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
});

describe('colours are those that a colour-managed viewer shows', () => {
  const COLOUR = { r: 200, g: 60, b: 40 };
  const plain = () => plainPicture(64, 64, '#c83c28');
  const deep = () => plain().toColourspace('rgb16');
  const press = () => plain().toColourspace('cmyk');
  /** As the sheet that was printed would look: the press cannot do the colour as it was. */
  const PRINTED = { r: 197, g: 50, b: 28 };
  test.each<[string, typeof COLOUR, Sharp]>([
    ['Display P3, as phones make it', COLOUR, plain().withIccProfile('p3').png()],
    ['Display P3 of sixteen bits', COLOUR, deep().withIccProfile('p3').png()],
    ['Display P3 of sixteen bits, as a TIFF', COLOUR, deep().withIccProfile('p3').tiff()],
    ['sRGB of sixteen bits', COLOUR, deep().withIccProfile('srgb').png()],
    ['sixteen bits without a profile', COLOUR, deep().png()],
    ['Display P3 as AVIF', COLOUR, plain().withIccProfile('p3').avif({ quality: 100 })],
    ['Display P3 as WebP', COLOUR, plain().withIccProfile('p3').webp({ lossless: true })],
    ['a press, with its profile', PRINTED, press().withIccProfile('cmyk').jpeg({ quality: 100 })],
    ['a press, without a profile', PRINTED, press().jpeg({ quality: 100 })],
    ['grey', { r: 110, g: 110, b: 110 }, plain().greyscale().png()],
    ['grey of sixteen bits', { r: 110, g: 110, b: 110 }, plain().toColourspace('grey16').png()],
    ['see-through, on white', { r: 227, g: 157, b: 147 }, plain().ensureAlpha(0.5).png()],
  ])('%s', async (_what, { r, g, b }, picture) => {
    const seen = await middleOf((await importOne(await picture.toBuffer())).large);
    for (const [n, part] of [r, g, b].entries())
      expect(Math.abs(seen[n]! - part), String(seen)).toBeLessThan(16);
  });

  /** Primaries in XYZ of D50, and the gamma, as the profile's makers say. */
  test.each<[string, number[][], number, number[], number[]]>([
    [
      'Adobe RGB',
      [
        [0.60974, 0.31111, 0.01947],
        [0.20528, 0.62567, 0.06087],
        [0.14919, 0.06322, 0.74457],
      ],
      563 / 256,
      [180, 100, 60],
      [203, 100, 55],
    ],
    [
      'ProPhoto',
      [
        [0.79767, 0.28804, 0],
        [0.13519, 0.71188, 0],
        [0.03134, 0.00009, 0.82491],
      ],
      1.8,
      [120, 100, 80],
      [160, 114, 95],
    ],
  ])('%s', async (_what, primaries, gamma, stored, shown) => {
    const [red, green, blue] = stored as [number, number, number];
    const pixels = Buffer.alloc(64 * 64 * 3);
    for (let at = 0; at < pixels.length; at += 3) pixels.set([red, green, blue], at);
    const tiff = tiffOf(pixels, 64, 64, matrixProfile(primaries, gamma));
    const seen = await middleOf((await importOne(tiff)).large);
    for (const [n, part] of shown.entries()) expect(Math.abs(seen[n]! - part), String(seen)).toBeLessThan(4);
  });

  test('a profile that is no profile is left aside, and the photo is in', async () => {
    const pixels = Buffer.alloc(64 * 64 * 3, 120);
    const seen = await middleOf((await importOne(tiffOf(pixels, 64, 64, Buffer.alloc(500, 7)))).large);
    expect(seen).toEqual([120, 120, 120]);
  });
});

test("a phone's HEIC is in, upright, in its colours, and cut short at any place it is damaged", async () => {
  const { photo, stored, small } = await importOne(TINY_HEIC);
  expect([photo.width, photo.height, stored.takenAt]).toEqual([64, 48, '2024-11-22T18:03:21+08:00']);
  const { data, info } = await sharp(small).raw().toBuffer({ resolveWithObject: true });
  const seen = [...data.subarray(8 * info.width * 3 + 30, 8 * info.width * 3 + 33)];
  for (const [n, part] of [200, 60, 40].entries())
    expect(Math.abs(seen[n]! - part), String(seen)).toBeLessThan(12);
  const { kiosk } = await openTestKiosk();
  const path = await tempFolder();
  for (let tenth = 1; tenth < 10; tenth++) {
    const cut = TINY_HEIC.subarray(0, (TINY_HEIC.length * tenth) / 10);
    writeFileSync(join(path, `${tenth}.heic`), cut);
  }
  const { added, skipped } = await kiosk.importPhotos({ path, albumName: 'Evening' });
  expect([added, skipped.map(({ reason }) => reason)]).toEqual([0, Array(9).fill('damaged')]);
});

describe('what the library knows of a photo', () => {
  test('when it was taken, with the offset', async () => {
    const bytes = await scene(600, 400)
      .jpeg()
      .withExif({ IFD2: { DateTimeOriginal: '2024:11:22 18:03:21', OffsetTimeOriginal: '+08:00' } })
      .toBuffer();
    expect((await importOne(bytes)).stored.takenAt).toBe('2024-11-22T18:03:21+08:00');
  });

  test.each([
    [1200, 800, 0.2, 0.3],
    [1200, 800, 0.8, 0.6],
    [800, 1200, 0.7, 0.2],
    [900, 900, 0.3, 0.7],
  ])('what a crop must keep: %i x %i, at %f, %f', async (width, height, x, y) => {
    const edge = 160;
    const noise = { type: 'gaussian', mean: 128, sigma: 5 } as const;
    const ground = await sharp({ create: { width, height, channels: 3, background: '#888', noise } })
      .png()
      .toBuffer();
    const spot = { create: { width: edge, height: edge, channels: 3 as const, background: '#e08060' } };
    const bytes = await sharp(ground)
      .composite([{ input: spot, left: x * width - edge / 2, top: y * height - edge / 2 }])
      .jpeg()
      .toBuffer();
    const { focus } = (await importOne(bytes)).stored;
    expect(focus!.by).toBe('attention');
    expect(Math.hypot(focus!.x - x, focus!.y - y)).toBeLessThan(0.1);
  });
});

describe('no served byte says where, when and with what a photo was taken', () => {
  const SECRETS: [string, (picture: Sharp) => Sharp][] = [
    ['JPEG', (picture) => picture.jpeg()],
    ['PNG', (picture) => picture.png()],
    ['WebP', (picture) => picture.webp()],
    ['AVIF', (picture) => picture.avif()],
    ['TIFF', (picture) => picture.tiff()],
  ];
  test.each(SECRETS)('%s', async (format, encode) => {
    const bytes = await encode(scene(2400, 1600))
      .withExif({
        IFD0: { Make: 'SecretCamera', Artist: 'SecretName', ImageDescription: 'SecretWords' },
        IFD2: { DateTimeOriginal: '2024:11:22 18:00:00', LensModel: 'SecretLens' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 14/1 15/1', GPSLongitudeRef: 'E' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><SecretXmp/></x:xmpmeta>')
      .withIccProfile('p3')
      .toBuffer();
    const { exif, xmp, icc } = await sharp(bytes).metadata();
    expect([xmp!.includes('SecretXmp'), icc!.includes('acsp')]).toEqual([true, true]);
    // Of a TIFF it is in entries of its own.
    if (format !== 'TIFF') expect(exif!.includes('SecretCamera')).toBe(true);
    const { small, large, largest } = await importOne(bytes);
    expect((await sharp(await largest()).metadata()).width).toBe(2400);
    for (const rendition of [small, large, await largest()]) {
      expect(segmentsOf(rendition)).toEqual([]);
      for (const word of [...WORDS, ...WORDS.map(wide)])
        expect(rendition.includes(word), String(word)).toBe(false);
    }
  });
  const WORDS = [
    'Exif',
    'GPS',
    'Secret',
    'xmp',
    'ns.adobe',
    '2024:11',
    'ICC_PROFILE',
    'Photoshop',
    '8BIM',
    'acsp',
    'Display P3',
    'Copyright',
  ];
  const wide = (word: string) => Buffer.from(word, 'utf16le');
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

/** The colour in the middle of a picture. */
async function middleOf(bytes: Buffer): Promise<number[]> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels;
  return [...data.subarray(at, at + 3)];
}

/** The application segments and comments of a JPEG, by their marker in hex: E0 is JFIF, E1 EXIF and XMP, E2 a profile. */
function segmentsOf(jpeg: Buffer): string[] {
  const found = [];
  let at = 2;
  while (jpeg[at] === 0xff && jpeg[at + 1] !== 0xda) {
    const marker = jpeg[at + 1]!;
    if (marker >= 0xe0 && marker <= 0xfe) found.push(marker.toString(16));
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  return found;
}
