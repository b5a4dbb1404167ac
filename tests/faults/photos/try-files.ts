import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { importPhotos, type FileOutcome } from '../../../src/photos/import-photos.ts';
import { photoFiles } from '../../../src/photos/photo-files.ts';
import { startRenditionProcess } from '../../../src/photos/rendition-process.ts';
import { startNodeWorker } from '../../../src/processes/node-worker.ts';
import { plainJpeg } from '../../support/pictures.ts';
import type { BadFile } from './bad-files.ts';
import { watchDecoders, type Taken } from './watched-decoders.ts';

/** What each file may take of the processor, in seconds, and of the memory. */
const MOST_WORK = 5;
const MOST_MEGABYTES = 512;

/** What came of one bad file. */
export interface Tried {
  name: string;
  said: string;
  taken: Taken;
  /** What is wrong with it; empty where all is well. */
  wrong: string[];
}

/** Imports each file with a good photo behind it, and says what came of it. */
export async function* tryFiles(bad: BadFile[]): AsyncGenerator<Tried> {
  const root = await mkdtemp(join(tmpdir(), 'muster-bad-photos-'));
  const renditions = startRenditionProcess(() => startNodeWorker('renditions'));
  try {
    for (const [n, { name, make, isGood }] of bad.entries()) {
      const folder = join(root, `in-${n}`);
      mkdirSync(folder);
      writeFileSync(join(folder, 'a.jpg'), await make());
      writeFileSync(join(folder, 'b.jpg'), await goodPhoto(n));
      const { result, taken } = await watchDecoders(() => importAll(folder, join(root, 'data'), renditions));
      await rm(folder, { recursive: true });
      const [first, next] = result;
      const said = first!.outcome === 'skipped' ? first!.reason : first!.outcome;
      const wrong = [
        ...(taken.work > MOST_WORK ? [`${taken.work} s`] : []),
        ...(taken.megabytes > MOST_MEGABYTES ? [`${Math.round(taken.megabytes)} MB`] : []),
        ...((said === 'added') === Boolean(isGood) ? [] : [`it is ${said}`]),
        ...(next!.outcome === 'added' ? [] : ['the next photo is not in']),
      ];
      yield { name, said, taken, wrong };
    }
  } finally {
    renditions.close();
    await rm(root, { recursive: true, force: true });
  }
}

/** Imports a folder of what is no ordinary file, and of odd names; by name, what was said of each. */
export async function tryOddPlaces(): Promise<Record<string, string>> {
  const root = await mkdtemp(join(tmpdir(), 'muster-odd-places-'));
  const folder = join(root, 'in');
  mkdirSync(join(folder, 'folder.jpg'), { recursive: true });
  let n = 1000;
  const put = async (name: string) => writeFileSync(join(folder, name), await goodPhoto(n++));
  for (const name of ODD_NAMES) await put(name);
  await put('folder.jpg/inside.jpg');
  await put('grows.jpg');
  await put('locked.jpg');
  chmodSync(join(folder, 'locked.jpg'), 0);
  symlinkSync(folder, join(folder, 'loop'));
  symlinkSync('/dev/zero', join(folder, 'device.jpg'));
  execFileSync('mkfifo', [join(folder, 'pipe.jpg')]);
  const renditions = startRenditionProcess(() => startNodeWorker('renditions'));
  try {
    const grow = () => appendFileSync(join(folder, 'grows.jpg'), 'more');
    const results = await importAll(folder, join(root, 'data'), renditions, grow);
    return Object.fromEntries(
      results.map((one) => [basename(one.file), one.outcome === 'skipped' ? one.reason : one.outcome]),
    );
  } finally {
    renditions.close();
    await rm(root, { recursive: true, force: true });
  }
}

/** Names that a file system takes; none takes a NUL. The last has 255 bytes. */
export const ODD_NAMES = ['new\nline.jpg', 'turned\u202egpj.exe', '\u200b', `${'长'.repeat(83)}xx.jpg`];

/** `onLook` is called for each file after it was read and before it is copied. */
async function importAll(
  folder: string,
  data: string,
  renditions: ReturnType<typeof startRenditionProcess>,
  onLook: () => void = () => undefined,
): Promise<({ file: string } & FileOutcome)[]> {
  const knownAs = () => {
    onLook();
    return undefined;
  };
  const results = [];
  for await (const one of importPhotos(folder, photoFiles(data), renditions, knownAs)) results.push(one);
  return results;
}

/** Each number is another photo. */
function goodPhoto(n: number): Promise<Buffer> {
  return plainJpeg(60, 40, `#${(n * 97 + 0x100000).toString(16).padStart(6, '0')}`);
}
