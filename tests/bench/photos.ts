/*
 * `npm run bench:photos`: how fast photos come in. Generated JPEGs of 12 to 24 megapixels become three renditions; each
 * contender's pictures a second are told as a share of the limit: one decode and three encodes, on every core at once.
 *
 *   npm run bench:photos -- [--photos 60]
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import sharp from 'sharp';
import { watchDecoders } from '../faults/photos/watched-decoders.ts';
import { importPhotos } from '../../src/photos/import-photos.ts';
import { photoFiles } from '../../src/photos/photo-files.ts';
import { startRenditionProcess } from '../../src/photos/rendition-process.ts';
import { remakeRenditions } from '../../src/photos/remake-renditions.ts';
import { startNodeWorker } from '../../src/processes/node-worker.ts';

const { values } = parseArgs({ options: { photos: { type: 'string', default: '60' } } });
const PHOTOS = Number(values.photos);
const EDGES = [3840, 1920, 480];
const SIZES = [
  [4000, 3000],
  [4896, 3264],
  [6000, 4000],
] as const;
const CORES = cpus().length;
const run = promisify(execFile);

const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
try {
  console.log(`${CORES} cores, ${cpus()[0]?.model}, Node ${process.version}, ${PHOTOS} photos`);
  const photos = await generate(join(folder, 'in'));
  const limit = await rate('limit: a decode and three encodes a photo', 1, () => atOnce(photos, limitOf));
  await rate('Muster, 480 and 1920, whole import', limit, importAll);
  await rate('Muster, the import and 3840', limit, importAndEnlarge);
  await program('vipsthumbnail', limit, () => atOnce(photos, vipsthumbnail));
  await program('ImageMagick', limit, () => atOnce(photos, imageMagick));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Photos with gradients and the grain of a sensor, at the quality of a camera. */
async function generate(into: string): Promise<string[]> {
  mkdirSync(into);
  const made: string[] = [];
  for (let n = 0; n < PHOTOS; n++) {
    const [width, height] = SIZES[n % SIZES.length]!;
    const corners = Buffer.from(Array.from({ length: 48 }, (_, at) => (at * 67 + n * 31) % 256));
    const scene = sharp(corners, { raw: { width: 4, height: 4, channels: 3 } }).resize({
      width,
      height,
      fit: 'fill',
    });
    const grain = { type: 'gaussian', mean: 128, sigma: 12 } as const;
    const noise = sharp({ create: { width, height, channels: 3, background: '#888', noise: grain } });
    const path = join(into, `${n}.jpg`);
    await sharp(await scene.png({ compressionLevel: 1 }).toBuffer())
      .composite([{ input: await noise.png({ compressionLevel: 1 }).toBuffer(), blend: 'soft-light' }])
      .removeAlpha()
      .jpeg({ quality: 90 })
      .toFile(path);
    made.push(path);
  }
  return made;
}

/** Runs a contender and prints its pictures a second, also as a share of `limit`, and its largest process. */
async function rate(name: string, limit: number, work: () => Promise<unknown>): Promise<number> {
  const { taken } = await watchDecoders(work);
  const second = PHOTOS / taken.seconds;
  const share = limit === 1 ? '' : `, ${(second / limit).toFixed(2)} of the limit`;
  const own = process.memoryUsage.rss() / 1024 / 1024;
  const memory = taken.megabytes > 0 ? `${taken.megabytes.toFixed(0)} MB a process` : `${own.toFixed(0)} MB`;
  console.log(`${name}: ${second.toFixed(2)} photos/s${share}, ${memory}`);
  return second;
}

/** As `rate`, for a program that may not be installed here. */
async function program(name: string, limit: number, work: () => Promise<unknown>): Promise<void> {
  try {
    await rate(name, limit, work);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    console.log(`${name}: left out, it is not installed`);
  }
}

/** Does `work` for all, one photo a core at a time. */
async function atOnce(photos: string[], work: (photo: string) => Promise<unknown>): Promise<void> {
  const waiting = [...photos];
  const lane = async () => {
    for (let photo = waiting.pop(); photo !== undefined; photo = waiting.pop()) await work(photo);
  };
  await Promise.all(Array.from({ length: CORES }, lane));
}

/** The same codecs with nothing around them. */
async function limitOf(photo: string): Promise<void> {
  sharp.concurrency(1);
  const { data, info } = await sharp(photo)
    .resize({ width: EDGES[0]!, height: EDGES[0]!, fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  for (const edge of EDGES) {
    const small = sharp(data, { raw });
    await small.resize({ width: edge, height: edge, fit: 'inside' }).jpeg({ quality: 80 }).toBuffer();
  }
}

async function importAll(): Promise<string[]> {
  const renditions = startRenditionProcess(() => startNodeWorker('renditions'));
  const files = photoFiles(join(folder, 'data'));
  rmSync(join(folder, 'data'), { recursive: true, force: true });
  const ids: string[] = [];
  try {
    for await (const one of importPhotos(join(folder, 'in'), files, renditions, () => undefined)) {
      if (one.outcome !== 'added') throw new Error(`${one.file} is ${one.outcome}`);
      ids.push(one.photo.photoId);
    }
    return ids;
  } finally {
    renditions.close();
  }
}

async function importAndEnlarge(): Promise<void> {
  const ids = await importAll();
  const renditions = startRenditionProcess(() => startNodeWorker('renditions'));
  const files = photoFiles(join(folder, 'data'));
  mkdirSync(files.making, { recursive: true });
  try {
    await atOnce(ids, (photoId) => remakeRenditions(photoId, 0, [3840], files, renditions));
  } finally {
    renditions.close();
  }
}

async function vipsthumbnail(photo: string): Promise<void> {
  for (const edge of EDGES)
    await run('vipsthumbnail', [photo, '--size', String(edge), '-o', `${photo}-${edge}.out.jpg[Q=80]`]);
}

async function imageMagick(photo: string): Promise<void> {
  const copies = EDGES.flatMap((edge) => [
    '(',
    '+clone',
    '-resize',
    `${edge}x${edge}>`,
    '-write',
    `${photo}-${edge}.out.jpg`,
    '+delete',
    ')',
  ]);
  await run('convert', [photo, '-auto-orient', '-quality', '80', ...copies, 'null:'], {
    env: { ...process.env, OMP_NUM_THREADS: '1', MAGICK_THREAD_LIMIT: '1' },
  });
}
