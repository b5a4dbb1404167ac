import { deflateSync, crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { TINY_HEIC } from '../../support/tiny-heic.ts';

/** A file that is broken, odd or made to harm. */
export interface BadFile {
  name: string;
  make(): Buffer | Promise<Buffer>;
  /** It is odd, but a photo: it has to be in. */
  isGood?: true;
}

/** A picture of noise: what a JPEG or PNG cannot make small. */
function noise(width: number, height: number): Sharp {
  const grain = { type: 'gaussian', mean: 128, sigma: 25 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#888', noise: grain } });
}

/** Every kind of bad file that needs no odd file system; the large ones only where `whole`. */
export function badFiles(whole: boolean): BadFile[] {
  return [
    ...BOMBS,
    ...(whole ? LARGE_BOMBS : []),
    ...ODD,
    ...cut('JPEG', () => noise(400, 300).jpeg().toBuffer()),
    ...cut('progressive JPEG', () => noise(400, 300).jpeg({ progressive: true }).toBuffer()),
    ...cut('PNG', () => noise(200, 150).png().toBuffer()),
    ...cut('WebP', () => noise(400, 300).webp().toBuffer()),
    ...cut('AVIF', () => noise(200, 150).avif({ effort: 0 }).toBuffer()),
    ...cut('HEIC', () => TINY_HEIC),
    ...cut('TIFF', () => noise(100, 75).tiff({ compression: 'lzw' }).toBuffer()),
  ];
}

const BOMBS: BadFile[] = [
  { name: '400 megapixels of one bit in a PNG', make: () => png(20_000, 20_000) },
  { name: '2^31 pixels a side in the head of a PNG', make: () => png(20, 20, 0x7fffffff, 0x7fffffff) },
  {
    name: '4 gigapixels in the head of a progressive JPEG',
    make: async () => resized(await small(true), 65_500, 65_500),
  },
  {
    name: '100 megapixels in the head of a progressive JPEG',
    make: async () => resized(await small(true), 10_000, 10_000),
  },
  {
    name: '36 megapixels promised, a thumbnail there, progressive',
    make: async () => resized(await small(true), 6000, 6000),
  },
  {
    name: '100 megapixels promised, a thumbnail there',
    make: async () => resized(await small(false), 10_000, 10_000),
  },
  {
    name: 'a GIF of 65,535 x 65,535, which is set right by its decoder',
    make: () => gif(65_535, 65_535, 1),
    isGood: true,
  },
  { name: 'a GIF of 5,000 x 5,000 with 1,000 pictures', make: () => gif(5000, 5000, 1000), isGood: true },
  { name: 'a GIF with 10,000 pictures', make: () => gif(16, 16, 10_000), isGood: true },
  { name: 'a WebP of 16,383 x 16,383 in its head', make: webpBomb },
  { name: 'an animated WebP, 65,535 high in all', make: tallWebp, isGood: true },
  { name: 'a TIFF of 60,000 x 60,000', make: () => tiff(60_000, 60_000) },
  { name: 'a TIFF whose directories point at each other', make: () => tiff(16, 16, true) },
];

const LARGE_BOMBS: BadFile[] = [
  {
    name: '100 megapixels, progressive, whole',
    make: () => noise(10_000, 10_000).jpeg({ quality: 30, progressive: true }).toBuffer(),
  },
  {
    name: '36 megapixels, progressive, 4:4:4, whole',
    make: () =>
      noise(6000, 6000).jpeg({ quality: 60, progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
    isGood: true,
  },
  { name: '256 megapixels of one bit in a PNG', make: () => png(16_000, 16_000) },
  { name: '52 megapixels of one bit in a PNG', make: () => png(7200, 7200), isGood: true },
];

const ODD: BadFile[] = [
  { name: 'nothing', make: () => Buffer.alloc(0) },
  {
    name: 'an SVG',
    make: () =>
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>',
      ),
  },
  { name: 'a PDF', make: () => Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj') },
  { name: 'a JPEG in name only: zeros', make: () => Buffer.alloc(5000) },
  { name: 'a JPEG of marks only', make: () => Buffer.alloc(60_000, Buffer.from([0xff, 0xd8])) },
  {
    name: 'EXIF of 60 kB, each of its 4,900 entries the whole of it again',
    make: async () =>
      withSegment(
        await small(false),
        0xe1,
        `Exif\0\0II*\0\x08\0\0\0\xff\xff${'\x69\x87\x04\0\x01\0\0\0\x08\0\0\0'.repeat(4900)}`,
      ),
  },
  {
    name: 'EXIF directories in a ring',
    make: async () =>
      withSegment(
        await small(false),
        0xe1,
        'Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0',
      ),
    isGood: true,
  },
  {
    name: 'orientation 9',
    make: async () =>
      withSegment(
        await small(false),
        0xe1,
        'Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x09\0\0\0\0\0\0\0',
      ),
    isGood: true,
  },
  {
    name: 'a profile of 60 kB of nonsense',
    make: async () => withSegment(await small(false), 0xe2, `ICC_PROFILE\0\x01\x01${'acsp'.repeat(15_000)}`),
    isGood: true,
  },
  {
    name: 'a profile of which piece 9 of 3 is there',
    make: async () => withSegment(await small(false), 0xe2, `ICC_PROFILE\0\x09\x03${'x'.repeat(500)}`),
    isGood: true,
  },
  {
    name: 'a profile inside a profile',
    make: async () =>
      withSegment(await small(false), 0xe2, `ICC_PROFILE\0\x01\x01ICC_PROFILE\0\x01\x01${'\0'.repeat(400)}`),
    isGood: true,
  },
  {
    name: 'a thousand comments',
    make: async () => withSegment(await small(false), 0xfe, 'x'.repeat(1000), 1000),
    isGood: true,
  },
];

/** The same picture cut off after each tenth. */
function cut(kind: string, make: () => Buffer | Promise<Buffer>): BadFile[] {
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth) => ({
    name: `${kind}, ${tenth} tenths of it`,
    async make() {
      const bytes = await make();
      return bytes.subarray(0, Math.floor((bytes.length * tenth) / 10));
    },
  }));
}

function small(progressive: boolean): Promise<Buffer> {
  return noise(160, 120).jpeg({ progressive }).toBuffer();
}

/** A JPEG whose head says another size than its picture has. */
function resized(jpeg: Buffer, width: number, height: number): Buffer {
  const changed = Buffer.from(jpeg);
  let at = 2;
  while (![0xc0, 0xc2].includes(changed[at + 1]!)) at += 2 + changed.readUInt16BE(at + 2);
  changed.writeUInt16BE(height, at + 5);
  changed.writeUInt16BE(width, at + 7);
  return changed;
}

function withSegment(jpeg: Buffer, marker: number, text: string, times = 1): Buffer {
  const data = Buffer.from(text, 'latin1');
  const head = Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff]);
  const segments = Array<Buffer>(times).fill(Buffer.concat([head, data]));
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** A one-bit PNG, all black; its head may say another size. */
function png(width: number, height: number, saidWidth = width, saidHeight = height): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(saidWidth, 0);
  head.writeUInt32BE(saidHeight, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((1 + Math.ceil(width / 8)) * height);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A GIF on a canvas of that size, each of its pictures one pixel. */
function gif(width: number, height: number, pictures: number): Buffer {
  const head = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  const picture = Buffer.from(',\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0', 'latin1');
  return Buffer.concat([head, ...Array<Buffer>(pictures).fill(picture), Buffer.from(';')]);
}

async function webpBomb(): Promise<Buffer> {
  const bytes = await noise(64, 64).webp({ lossless: true }).toBuffer();
  // 14 bits each, less one.
  bytes.writeUInt32LE(((bytes.readUInt32LE(21) & 0xf0000000) | 0x0fffffff) >>> 0, 21);
  return bytes;
}

function tallWebp(): Promise<Buffer> {
  const [width, page, pages] = [4, 1057, 62];
  return sharp(Buffer.alloc(width * page * pages * 3, 90), {
    raw: { width, height: page * pages, channels: 3, pageHeight: page },
  })
    .webp({ loop: 0, effort: 0 })
    .toBuffer();
}

/** A TIFF that says that size and has no pixels to it. */
function tiff(width: number, height: number, isRing = false): Buffer {
  const entries = [
    [0x0100, width],
    [0x0101, height],
    [0x0102, 8],
    [0x0103, 1],
    [0x0106, 1],
    [0x0111, 8],
    [0x0116, height],
    [0x0117, 16],
  ] as const;
  const bytes = Buffer.alloc(14 + entries.length * 12);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(entries.length, 8);
  for (const [n, [tag, value]] of entries.entries()) {
    bytes.writeUInt16LE(tag, 10 + n * 12);
    bytes.writeUInt16LE(4, 12 + n * 12);
    bytes.writeUInt32LE(1, 14 + n * 12);
    bytes.writeUInt32LE(value, 18 + n * 12);
  }
  if (isRing) bytes.writeUInt32LE(8, bytes.length - 4);
  return bytes;
}
