import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { importPhotos } from '../../../src/photos/import-photos.ts';
import { photoFiles } from '../../../src/photos/photo-files.ts';
import type { RenditionProcess } from '../../../src/photos/rendition-process.ts';
import { MAX_BYTES, SKIP_WORDS } from '../../../src/photos/skip-reasons.ts';
import { photosInZip, unpackBudget, type UnpackBudget } from '../../../src/photos/zip-source.ts';
import { plainJpeg } from '../../support/pictures.ts';
import { openTestKiosk } from '../../support/served-kiosk.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/until.ts';
import { writeZip, type Packed } from '../../support/zips.ts';

/** A kiosk and a folder to import from. */
async function prepare() {
  const opened = await openTestKiosk();
  const path = await tempFolder();
  const zip = join(path, 'a.zip');
  const importAll = () => opened.kiosk.importPhotos({ path, albumName: 'Evening' });
  const names = () => [...opened.kiosk.state.photos.values()].map(({ fileName }) => fileName).sort();
  const incoming = () => readdirSync(join(opened.dataFolder, 'photos', 'incoming'));
  return { ...opened, path, zip, importAll, names, incoming };
}

/** Unpacks without importing; what is unpacked stays in `into`. */
async function unpackAll(path: string, budget: UnpackBudget = unpackBudget()) {
  const into = await tempFolder();
  const more: number[] = [];
  const requireRoom = vi.fn(() => Promise.resolve());
  const found = [];
  const unpacking = { into, budget, onMore: (files: number) => more.push(files), requireRoom };
  for await (const one of photosInZip(path, unpacking)) found.push(one);
  const outcomes = found.map(({ path: shown, leftOut }) => [shown.slice(path.length), leftOut ?? 'kept']);
  return { outcomes, found, into, more, requireRoom };
}

/** Changes bytes of a zip file wherever `from` stands. */
function patch(path: string, from: Buffer, change: (bytes: Buffer, at: number) => void): void {
  const bytes = readFileSync(path);
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) change(bytes, at);
  writeFileSync(path, bytes);
}

const CENTRAL = Buffer.from('PK\x01\x02', 'latin1');

test('a zip of photos is a folder of photos: what is none is left out by its name in the zip, nothing stays behind', async () => {
  const { path, zip, importAll, names, incoming } = await prepare();
  await writeZip(zip, [
    ['2026/焊接.jpg', await plainJpeg(60, 40)],
    ['2026/notes.txt', 'only notes, and no photo at all'],
    ['__MACOSX/2026/._焊接.jpg', 'what a Mac adds for itself'],
    ['empty.jpg', ''],
    ['z.png', await plainJpeg(40, 60)],
  ]);
  writeFileSync(join(path, 'b.jpg'), await plainJpeg(50, 50));
  const report = await importAll();
  expect(report).toMatchObject({ added: 3, doubles: 0 });
  expect(report.skipped).toEqual([
    { file: `${zip}/2026/notes.txt`, reason: 'not-a-photo' },
    { file: `${zip}/empty.jpg`, reason: 'empty' },
  ]);
  expect([names(), incoming()]).toEqual([['b.jpg', 'z.png', '焊接.jpg'], []]);
  expect(await importAll()).toMatchObject({ added: 0, doubles: 3 });
});

test('two files of one name in a zip are two photos; one content under two names is one', async () => {
  const { zip, importAll, names } = await prepare();
  const [one, other] = [await plainJpeg(60, 40), await plainJpeg(40, 60)];
  await writeZip(zip, [
    ['a.jpg', one],
    ['a.jpg', other],
    ['b.jpg', one],
  ]);
  expect(await importAll()).toMatchObject({ added: 2, doubles: 1, skipped: [] });
  expect(names()).toEqual(['a.jpg', 'a.jpg']);
});

test.each(['../../../evil.jpg', '/etc/evil.jpg', 'C:\\evil.jpg', '..\\..\\evil.jpg', 'a/../../evil.jpg'])(
  'a name that climbs out of the zip (%s) is no path of ours: the photo is in under its last part',
  async (name) => {
    const { path, zip, dataFolder, importAll, names, incoming } = await prepare();
    // The packer refuses such names; they are put in afterwards, of the same length.
    const stand = 'n'.repeat(name.length);
    await writeZip(zip, [
      [stand, await plainJpeg(60, 40)],
      ['bad.jpg', 'no photo at all'],
    ]);
    patch(zip, Buffer.from(stand), (bytes, at) => bytes.write(name, at));
    expect((await importAll()).added).toBe(1);
    expect([names(), incoming()]).toEqual([['evil.jpg'], []]);
    const everything = [path, dataFolder].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }),
    );
    expect(everything.filter((file) => String(file).includes('evil'))).toEqual([]);
    expect(existsSync(join(dataFolder, '..', 'evil.jpg'))).toBe(false);
  },
);

test('names as Windows in China packs them are readable', async () => {
  const { zip, importAll, names } = await prepare();
  await writeZip(zip, [['nnnn.jpg', await plainJpeg(60, 40)]]);
  // "焊接" in GB 18030, and the flag for UTF-8 taken away.
  patch(zip, Buffer.from('nnnn'), (bytes, at) => bytes.set([0xba, 0xb8, 0xbd, 0xd3], at));
  patch(zip, CENTRAL, (bytes, at) => bytes.writeUInt16LE(0, at + 8));
  await importAll();
  expect(names()).toEqual(['焊接.jpg']);
});

test('control and direction characters of a name in a zip are shown as what they are', async () => {
  const zip = join(await tempFolder(), 'a.zip');
  await writeZip(zip, [['a\nb\u202egpj.exe', 'no photo']]);
  expect((await unpackAll(zip)).outcomes).toEqual([['/a\uFFFDb\uFFFDgpj.exe', 'not-a-photo']]);
});

test('links, what has a password, odd packings and zips inside are refused, each with its word; the photo beside is in', async () => {
  const { path, zip, importAll, names } = await prepare();
  const inner = join(path, 'inner');
  await writeZip(inner, [['x.jpg', await plainJpeg(10, 10)]]);
  const jpeg = await plainJpeg(60, 40);
  await writeZip(zip, [
    ['link.jpg', '/etc/passwd'],
    ['secret.jpg', jpeg],
    ['odd.jpg', jpeg],
    ['inner.jpg', readFileSync(inner)],
    ['good.jpg', jpeg],
  ]);
  const changed = (name: string, change: (bytes: Buffer, entry: number) => void) =>
    patch(zip, Buffer.concat([Buffer.from(name)]), (bytes, at) => {
      if (bytes.subarray(at - 46, at - 42).equals(CENTRAL)) change(bytes, at - 46);
    });
  changed('link.jpg', (bytes, entry) => bytes.writeUInt32LE(0o120777 * 0x10000, entry + 38));
  changed('secret.jpg', (bytes, entry) => bytes.writeUInt16LE(bytes.readUInt16LE(entry + 8) | 1, entry + 8));
  changed('odd.jpg', (bytes, entry) => bytes.writeUInt16LE(14, entry + 10));
  const { skipped } = await importAll();
  expect(skipped.map(({ file, reason }) => [basename(file), reason])).toEqual([
    ['link.jpg', 'not-a-file'],
    ['secret.jpg', 'zip-encrypted'],
    ['odd.jpg', 'zip-method'],
    ['inner.jpg', 'zip-inside'],
  ]);
  expect(names()).toEqual(['good.jpg', 'x.jpg']);
});

test('a bomb is not unpacked: nothing shrinks to a 200th, nothing is larger than it said', async () => {
  const zip = join(await tempFolder(), 'a.zip');
  const jpeg = await plainJpeg(60, 40);
  const flat = Buffer.concat([jpeg, Buffer.alloc(4 * 1024 * 1024)]);
  const huge = Buffer.concat([jpeg, Buffer.alloc(MAX_BYTES)]);
  const files: Packed = [
    ['flat.jpg', flat],
    ['liar.jpg', flat],
    ['good.jpg', jpeg],
  ];
  await writeZip(zip, files);
  patch(zip, Buffer.from('liar.jpg'), (bytes, at) => {
    if (bytes.subarray(at - 46, at - 42).equals(CENTRAL)) bytes.writeUInt32LE(1000, at - 46 + 24);
  });
  const { outcomes, into } = await unpackAll(zip);
  expect(outcomes).toEqual([
    ['/flat.jpg', 'zip-bomb'],
    ['/liar.jpg', 'zip-damaged'],
    ['/good.jpg', 'kept'],
  ]);
  expect(readdirSync(into)).toHaveLength(1);
  await writeZip(zip, [['huge.jpg', huge]], { compress: false });
  expect((await unpackAll(zip)).outcomes).toEqual([['/huge.jpg', 'too-large']]);
});

test('entries that lie over each other are unpacked no more often than the file is long', async () => {
  const zip = join(await tempFolder(), 'a.zip');
  const jpeg = await plainJpeg(60, 40);
  await writeZip(
    zip,
    Array.from({ length: 20 }, (_, n) => [`${n}.jpg`, n === 0 ? jpeg : 'x'] as const),
  );
  const size = readFileSync(zip).length;
  const first: number[] = [];
  patch(zip, CENTRAL, (bytes, at) => {
    // Each claims the bytes of the first one.
    if (first.length === 0)
      first.push(...bytes.subarray(at + 16, at + 28), ...bytes.subarray(at + 42, at + 46));
    bytes.set(first.slice(0, 12), at + 16);
    bytes.set(first.slice(12), at + 42);
    bytes.copy(bytes, at + 10, bytes.indexOf(CENTRAL) + 10, bytes.indexOf(CENTRAL) + 12);
  });
  const { outcomes } = await unpackAll(zip);
  const kept = outcomes.filter(([, outcome]) => outcome === 'kept').length;
  expect(kept).toBeGreaterThan(0);
  expect(kept * jpeg.length).toBeLessThan(2 * size);
  expect(outcomes.at(-1)).toEqual(['/19.jpg', 'zip-bomb']);
});

test('of more entries or bytes than one import unpacks the first come in, and it says so', async () => {
  const zip = join(await tempFolder(), 'a.zip');
  const jpegs = await Promise.all([60, 61, 62, 63].map((width) => plainJpeg(width, 40)));
  await writeZip(
    zip,
    jpegs.map((jpeg, n) => [`${n}.jpg`, jpeg] as const),
  );
  const few = await unpackAll(zip, { entries: 2, bytes: 1e9 });
  expect(few.outcomes).toEqual([
    ['', 'zip-too-many'],
    ['/0.jpg', 'kept'],
    ['/1.jpg', 'kept'],
  ]);
  expect(few.more).toEqual([2]);
  const small = await unpackAll(zip, { entries: 100, bytes: jpegs[0]!.length + 10 });
  expect(small.outcomes.map(([, outcome]) => outcome)).toEqual(['kept', ...Array(3).fill('zip-too-much')]);
});

test.each<[string, string, (path: string) => Promise<void>]>([
  [
    'not-a-photo',
    'a Word document, whose pictures nobody meant',
    async (path) => {
      await writeZip(path, [
        ['[Content_Types].xml', '<Types/>'],
        ['word/media/image1.jpeg', await plainJpeg(60, 40)],
      ]);
    },
  ],
  [
    'zip-damaged',
    'one that is cut off',
    async (path) => {
      await writeZip(path, [['a.jpg', await plainJpeg(60, 40)]]);
      truncateSync(path, 400);
    },
  ],
  ['zip-damaged', 'four bytes', (path) => Promise.resolve(writeFileSync(path, 'PK\x03\x04'))],
])('%s: %s is left out whole, in one line', async (reason, _what, make) => {
  const { path, importAll } = await prepare();
  const file = join(path, 'a');
  await make(file);
  expect(await importAll()).toMatchObject({ added: 0, skipped: [{ file, reason }] });
});

test('a photo whose bytes changed in the zip is not taken for whole', async () => {
  const zip = join(await tempFolder(), 'a.zip');
  await writeZip(zip, [['a.jpg', await plainJpeg(60, 40)]], { compress: false });
  patch(zip, Buffer.from([0xff, 0xd8, 0xff]), (bytes, at) => (bytes[at + 200]! ^= 1));
  const { outcomes, into } = await unpackAll(zip);
  expect([outcomes, readdirSync(into)]).toEqual([[['/a.jpg', 'zip-damaged']], []]);
});

test('where the disk has no room left nothing more is unpacked, and the import says why', async () => {
  const path = await tempFolder();
  await writeZip(join(path, 'a.zip'), [
    ['a.jpg', await plainJpeg(60, 40)],
    ['b.jpg', await plainJpeg(40, 60)],
  ]);
  const files = photoFiles(await tempFolder());
  let asked = 0;
  const requireRoom = () => (++asked === 2 ? Promise.reject(new Error('disk-low')) : Promise.resolve());
  const renditions: RenditionProcess = {
    make: () => Promise.resolve({ ok: false, reason: 'damaged', detail: 'not asked here' }),
    close: () => undefined,
  };
  const imported = async () => {
    for await (const _ of importPhotos(path, files, renditions, () => undefined, { requireRoom }));
  };
  await expect(imported()).rejects.toThrow('disk-low');
  await until(() => readdirSync(files.incoming).length === 0);
});

test('a zip sent from a browser comes in whole; what is left out has its name in the zip', async () => {
  const { asStaff, kiosk } = await openTestKiosk();
  const { importId, uploadUrl } = await asStaff('photos.beginUpload', { albumName: '2026', files: 1 });
  const ticket = uploadUrl.split('/').at(-1)!;
  const zip = join(await tempFolder(), 'sent.zip');
  await writeZip(
    zip,
    [
      ['a.jpg', await plainJpeg(60, 40)],
      ['below/../notes.txt', 'no photo at all'],
    ].map(([name, content]) => [String(name).replace('/..', '/two'), content!] as const),
  );
  const body = new Blob([readFileSync(zip)]).stream();
  expect(await kiosk.web.uploads.takePhoto(ticket, body as never, '照片.zip')).toMatchObject({ ok: true });
  await kiosk.web.uploads.endPhotos(ticket);
  const view = async () => (await asStaff('photos.imports', {})).imports[0]!;
  await until(async () => (await view()).state === 'done');
  expect(await view()).toMatchObject({
    importId,
    added: 1,
    done: 2,
    total: 2,
    skipped: [{ file: '照片.zip/below/two/notes.txt', words: SKIP_WORDS['not-a-photo'] }],
  });
});

test('a folder with the name of a zip is a folder', async () => {
  const { path, importAll, names } = await prepare();
  mkdirSync(join(path, 'folder.zip'));
  writeFileSync(join(path, 'folder.zip', 'a.jpg'), await plainJpeg(60, 40));
  expect(await importAll()).toMatchObject({ added: 1, skipped: [] });
  expect(names()).toEqual(['a.jpg']);
});
