import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { deflateSync, crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { importPhotos } from '../../../src/photos/import-photos.ts';
import { photoFiles } from '../../../src/photos/photo-files.ts';
import { startRenditionProcess } from '../../../src/photos/rendition-process.ts';
import { startNodeWorker } from '../../../src/processes/node-worker.ts';
import { muster } from '../../support/cli.ts';
import { plainJpeg, plainPicture } from '../../support/pictures.ts';
import { openTestKiosk } from '../../support/served-kiosk.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A kiosk and a folder to import from. */
async function prepare() {
  const opened = await openTestKiosk();
  const path = await tempFolder();
  const put = (name: string, bytes: Buffer | string) => writeFileSync(join(path, name), bytes);
  const importAll = () => opened.kiosk.importPhotos({ path, albumName: 'Evening' });
  const fileNames = () => [...opened.kiosk.state.photos.values()].map(({ fileName }) => fileName);
  return { ...opened, path, put, importAll, fileNames };
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('one bad file never stops the next', () => {
  test.each<[string, string, () => Buffer | Promise<Buffer>]>([
    ['damaged', 'a JPEG cut short', async () => (await noisyJpeg()).subarray(0, 3000)],
    ['damaged', 'a JPEG that is only a head', async () => (await noisyJpeg()).subarray(0, 30)],
    [
      'damaged',
      'a PNG cut short',
      async () => (await plainPicture(300, 300).png().toBuffer()).subarray(0, 90),
    ],
    ['not-a-photo', 'text with the name of a photo', () => Buffer.from('this is no photo at all, sorry')],
    ['not-a-photo', 'a few bytes', () => Buffer.from('abc')],
    ['not-a-photo', 'a web page', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['not-a-photo', 'a PDF', () => Buffer.from('%PDF-1.7 and more of it')],
    ['format-not-supported', 'a Windows bitmap', () => Buffer.from('BM and more of it')],
    ['clip', "a phone's clip", () => boxFile('isom', 'iso2', 'avc1', 'mp41')],
    ['clip', 'a QuickTime clip', () => boxFile('qt  ')],
    ['raw', "Canon's newer RAW", () => boxFile('crx ', 'crx ', 'isom')],
    ['raw', "Canon's older RAW", () => Buffer.from('II*\0\x10\0\0\0CR\x02\0 and more of it', 'latin1')],
    ['raw', "Fujifilm's RAW", () => Buffer.from('FUJIFILMCCD-RAW 0201 and more of it')],
    ['raw', 'a DNG', () => tiffHead([0xc612, 1, 4, 0x0401])],
    ['raw', "Nikon's RAW", () => tiffHead([0x00fe, 4, 1, 1], [0x014a, 4, 1, 500])],
    ['damaged', 'a HEIC that is only a head', () => boxFile('heic', 'mif1', 'heic')],
    ['damaged', 'an AVIF that is only a head', () => boxFile('avif', 'mif1', 'avif')],
    ['empty', 'an empty file', () => Buffer.alloc(0)],
    ['too-large', 'a bomb: 400 megapixels in a few kB of PNG', () => bomb(20_000, 20_000)],
  ])('%s: %s', async (reason, _what, make) => {
    const { path, put, importAll, fileNames } = await prepare();
    put('a.jpg', await make());
    put('b.jpg', await plainJpeg(60, 40));
    expect(await importAll()).toMatchObject({
      added: 1,
      doubles: 0,
      skipped: [{ file: join(path, 'a.jpg'), reason }],
    });
    expect(fileNames()).toEqual(['b.jpg']);
  });

  test('links and devices are left out and never followed; folders with the name of a photo are entered', async () => {
    const { path, put, importAll, fileNames } = await prepare();
    const outside = join(await tempFolder(), 'outside.jpg');
    writeFileSync(outside, await plainJpeg(50, 50, '#00ff00'));
    symlinkSync(outside, join(path, 'link.jpg'));
    symlinkSync(path, join(path, 'loop'));
    symlinkSync('/nowhere', join(path, 'dangling.jpg'));
    execFileSync('mkfifo', [join(path, 'pipe.jpg')]);
    mkdirSync(join(path, 'a.jpg'));
    put('a.jpg/inside.jpg', await plainJpeg(60, 40));
    put('z.jpg', await plainJpeg(40, 60));
    const { added, skipped } = await importAll();
    expect(added).toBe(2);
    expect(skipped.map(({ file, reason }) => [basename(file), reason])).toEqual([
      ['dangling.jpg', 'not-a-file'],
      ['link.jpg', 'not-a-file'],
      ['loop', 'not-a-file'],
      ['pipe.jpg', 'not-a-file'],
    ]);
    expect(fileNames()).toEqual(['inside.jpg', 'z.jpg']);
  });

  test('a path that is itself a link is not followed', async () => {
    const { kiosk, path } = await prepare();
    const link = join(await tempFolder(), 'link');
    symlinkSync(path, link);
    const report = await kiosk.importPhotos({ path: link, albumName: 'Evening' });
    expect(report.skipped).toEqual([{ file: link, reason: 'not-a-file' }]);
  });

  test('bad and good files in turn: every good one is in', async () => {
    const { put, importAll } = await prepare();
    for (let n = 0; n < 12; n++) {
      const good = await noisyJpeg();
      put(`${String(n).padStart(2, '0')}-good.jpg`, good);
      put(`${String(n).padStart(2, '0')}-bad.jpg`, good.subarray(0, good.length - 2000));
    }
    const { added, skipped } = await importAll();
    expect([added, skipped.map(({ reason }) => reason)]).toEqual([12, Array(12).fill('damaged')]);
  });

  test('a file whose name is no text is left out, the others are in', async () => {
    const { path, put, importAll } = await prepare();
    const name = Buffer.concat([Buffer.from(`${path}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.jpg')]);
    writeFileSync(name, await plainJpeg(50, 50, '#00ff00'));
    put('b.jpg', await plainJpeg(60, 40));
    const { added, skipped } = await importAll();
    expect([added, skipped.map(({ reason }) => reason)]).toEqual([1, ['unreadable']]);
  });

  test('a photo from a disk that may only be read is taken, and ours for its owner only', async () => {
    const { dataFolder, path, put, importAll } = await prepare();
    const bytes = await plainJpeg(60, 40);
    put('a.jpg', bytes);
    chmodSync(join(path, 'a.jpg'), 0o444);
    expect(await importAll()).toMatchObject({ added: 1, skipped: [] });
    const id = hashOf(bytes);
    const { mode } = statSync(join(dataFolder, 'photos', 'originals', id.slice(0, 2), `${id}.jpg`));
    expect((mode & 0o777).toString(8)).toBe('600');
  });

  test.each<[string, (file: string) => void]>([
    ['is gone', () => {}],
    ['is a folder by then', (file) => mkdirSync(file)],
  ])('a photo that %s when it is to be copied is left out, the next one is in', async (_what, then) => {
    const path = await tempFolder();
    const [gone, good] = [await plainJpeg(60, 40), await plainJpeg(40, 60)];
    writeFileSync(join(path, 'a.jpg'), gone);
    writeFileSync(join(path, 'b.jpg'), good);
    const renditions = startRenditionProcess(() => startNodeWorker('renditions'));
    onTestFinished(() => renditions.close());
    const outcomes: string[] = [];
    // Asked after the file was read and before it is copied.
    const knownAs = (photoId: string) => {
      if (photoId !== hashOf(gone)) return undefined;
      rmSync(join(path, 'a.jpg'));
      then(join(path, 'a.jpg'));
      return undefined;
    };
    for await (const result of importPhotos(path, photoFiles(await tempFolder()), renditions, knownAs))
      outcomes.push(result.outcome === 'skipped' ? result.reason : result.outcome);
    expect(outcomes).toEqual(['unreadable', 'added']);
  });
});

describe('doubles', () => {
  test('the same content under two names is one photo', async () => {
    const { put, importAll, fileNames } = await prepare();
    const bytes = await plainJpeg(60, 40);
    put('a.jpg', bytes);
    put('b.jpeg', bytes);
    put('c.jpg', await plainJpeg(40, 60));
    expect(await importAll()).toMatchObject({ added: 2, doubles: 1, skipped: [] });
    expect(fileNames()).toEqual([expect.stringMatching(/^[ab]\./), 'c.jpg']);
  });

  test('the same bad file twice is two bad files, not one that is here already', async () => {
    const { put, importAll } = await prepare();
    const bad = (await noisyJpeg()).subarray(0, 3000);
    put('a.jpg', bad);
    put('b.jpg', bad);
    const { doubles, skipped } = await importAll();
    expect([doubles, skipped.map(({ reason }) => reason)]).toEqual([0, ['damaged', 'damaged']]);
  });

  test('a second import adds nothing, decodes nothing and touches no file', async () => {
    const { kiosk, dataFolder, put, importAll } = await prepare();
    for (let n = 0; n < 5; n++) put(`${n}.jpg`, await plainJpeg(60 + n, 40));
    await importAll();
    const before = [snapshotOf(dataFolder), kiosk.state.lastSeq];
    expect(await importAll()).toMatchObject({ added: 0, doubles: 5, skipped: [] });
    expect([snapshotOf(dataFolder), kiosk.state.lastSeq]).toEqual(before);
  });
});

describe('names', () => {
  const NAMES = [
    'with space.jpg',
    '焊接现场 第一张.jpg',
    '🧱🎉.jpg',
    'new\nline.jpg',
    'quote"\'`$(x).jpg',
    '-rf.jpg',
    '%2e%2e%2f.jpg',
    'back\\slash.jpg',
    'no ending',
    `${'长'.repeat(83)}${'x'.repeat(2)}.jpg`,
  ];

  test('however odd, they are kept as they are and name no file of ours', async () => {
    const { dataFolder, put, importAll, fileNames } = await prepare();
    for (const [n, name] of NAMES.entries()) put(name, await plainJpeg(40 + n, 40));
    expect(Buffer.byteLength(NAMES.at(-1)!)).toBe(255);
    expect(await importAll()).toMatchObject({ added: NAMES.length, doubles: 0, skipped: [] });
    expect(fileNames().sort()).toEqual([...NAMES].sort());
    const ours = filesBelow(join(dataFolder, 'photos'));
    for (const file of ours) expect(basename(file)).toMatch(/^[0-9a-f]{64}(-480|-1920)?\.(jpg|png|webp)$/);
    expect(ours).toHaveLength(NAMES.length * 3);
  });
});

describe('files of the library', () => {
  test('the original stays as it was, under its hash and its true format', async () => {
    const { dataFolder, put, importAll } = await prepare();
    const pictures = {
      jpg: await plainJpeg(60, 40),
      png: await plainPicture(60, 40).png().toBuffer(),
      webp: await plainPicture(60, 40).webp().toBuffer(),
      avif: await plainPicture(60, 40).avif().toBuffer(),
      gif: await plainPicture(60, 40).gif().toBuffer(),
      tif: await plainPicture(60, 40).tiff().toBuffer(),
    };
    // The endings lie on purpose.
    put('a.png', pictures.jpg);
    put('b.webp', pictures.png);
    put('c.jpg', pictures.webp);
    put('d.jpg', pictures.avif);
    put('e.heic', pictures.gif);
    put('f.png', pictures.tif);
    expect(await importAll()).toMatchObject({ added: 6, skipped: [] });
    for (const [format, bytes] of Object.entries(pictures)) {
      const id = hashOf(bytes);
      const file = join(dataFolder, 'photos', 'originals', id.slice(0, 2), `${id}.${format}`);
      expect(readFileSync(file).equals(bytes)).toBe(true);
    }
  });

  test('what an import that was cut off left behind is cleared, and never taken for a photo', async () => {
    const { dataFolder, put, importAll } = await prepare();
    const incoming = join(dataFolder, 'photos', 'incoming');
    mkdirSync(join(incoming, 'folder'), { recursive: true });
    writeFileSync(join(incoming, `${'0'.repeat(64)}.jpg`), 'half');
    writeFileSync(join(incoming, 'folder', 'more'), 'half');
    put('a.jpg', await plainJpeg(60, 40));
    expect((await importAll()).added).toBe(1);
    expect(readdirSync(incoming)).toEqual([]);
  });

  test('bad files leave nothing behind', async () => {
    const { dataFolder, put, importAll } = await prepare();
    put('a.jpg', (await noisyJpeg()).subarray(0, 3000));
    put('b.jpg', bomb(20_000, 20_000));
    await importAll();
    expect(filesBelow(join(dataFolder, 'photos'))).toEqual([]);
  });

  test('a source in a folder that is not there is a problem with words, and nothing is touched', async () => {
    const { kiosk, dataFolder, path } = await prepare();
    const missing = join(path, 'none');
    await expect(kiosk.importPhotos({ path: missing, albumName: 'Evening' })).rejects.toMatchObject({
      code: 'import-path-unreadable',
      words: { en: expect.stringContaining(missing), zh: expect.stringContaining(missing) },
    });
    expect(existsSync(join(dataFolder, 'photos'))).toBe(false);
  });

  test('a library that cannot be written fails once, with the disk error, and the kiosk goes on', async () => {
    const { kiosk, dataFolder, path, put, importAll } = await prepare();
    mkdirSync(join(dataFolder, 'photos'));
    writeFileSync(join(dataFolder, 'photos', 'renditions'), 'a file where a folder belongs');
    // The second fails while the first is still being decoded.
    put('a.jpg', await plainJpeg(6000, 5000));
    put('b.jpg', await plainJpeg(60, 40));
    put('c.jpg', await plainJpeg(40, 60));
    await expect(importAll()).rejects.toThrow(/EEXIST|ENOTDIR/);
    expect(kiosk.state.photos.size).toBe(0);
    expect(existsSync(path)).toBe(true);
  });

  test('where the library breaks off in the middle, the photos before are in', async () => {
    const { kiosk, dataFolder, put, importAll, fileNames } = await prepare();
    const [good, refused] = [await plainJpeg(60, 40), await plainJpeg(40, 60)];
    put('a.jpg', good);
    put('b.jpg', refused);
    const renditions = join(dataFolder, 'photos', 'renditions');
    mkdirSync(renditions, { recursive: true });
    writeFileSync(join(renditions, hashOf(refused).slice(0, 2)), 'a file where a folder belongs');
    await expect(importAll()).rejects.toThrow(/EEXIST|ENOTDIR/);
    expect([fileNames(), kiosk.state.lastSeq]).toEqual([['a.jpg'], 1]);
  });

  test('a disk that takes no more ends the import, and blames no photo', async () => {
    const { path, put } = await prepare();
    const data = join(await tempFolder(), 'data');
    put('a.jpg', await plainJpeg(60, 40));
    put('b.jpg', await noisyJpeg());
    put('c.jpg', await plainJpeg(40, 60));
    expect((await muster(['call', 'system.health', '--data', data])).code).toBe(0);
    const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
    const args = ['import', 'photos', path, '--album', 'Evening', '--data', data];
    // No file may grow beyond 16 kB, which is less than b.jpg has.
    const limited = ['-c', 'ulimit -f 16 && exec "$@"', 'bash', process.execPath, main, ...args];
    await expect(promisify(execFile)('bash', limited)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('EFBIG'),
    });
    const { stdout } = await muster(['call', 'photos.list', '--data', data]);
    expect((JSON.parse(stdout) as { photos: unknown[] }).photos).toHaveLength(1);
  });
});

/** The first box of a file in boxes: its brand and those that it fits, too. */
function boxFile(...brands: string[]): Buffer {
  const text = `ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`;
  const box = Buffer.from(`\0\0\0\0${text}`, 'latin1');
  box.writeUInt32BE(box.length, 0);
  return Buffer.concat([box, Buffer.alloc(64)]);
}

/** A TIFF with these entries in its first directory: tag, type, count, value. */
function tiffHead(...entries: [number, number, number, number][]): Buffer {
  const head = Buffer.alloc(10 + entries.length * 12 + 64);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(entries.length, 8);
  for (const [n, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + n * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    head.writeUInt32LE(value, at + 8);
  }
  return head;
}

/** A JPEG of some size, so that a cut is in the middle of the picture; each one is another photo. */
function noisyJpeg(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  return sharp({ create: { width: 400, height: 300, channels: 3, background: '#000', noise } })
    .jpeg()
    .toBuffer();
}

/** A one-bit PNG of any size, its pixels all black: a few kB on disk. */
function bomb(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((1 + Math.ceil(width / 8)) * height);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', head),
    pngChunk('IDAT', deflateSync(rows, { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Every file with its size, time and number: equal only when nothing was written again. */
function snapshotOf(folder: string): [string, number, number, number][] {
  return filesBelow(folder).map((file) => {
    const { size, mtimeMs, ino } = statSync(file);
    return [file, size, mtimeMs, ino];
  });
}
