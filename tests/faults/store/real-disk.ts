import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFileSystem } from '../../../src/store/node-file-system.ts';
import { mountDisk, NoMount, type MountedDisk } from '../../support/mounted-disk.ts';
import { Day } from './day.ts';
import { look } from './judge.ts';
import type { Tally } from './tally.ts';
import { Told } from './told.ts';

const PAGE = 4096;
const DISK = '1024k';

/**
 * A real disk that is full at so many different places, and one that may only be read.
 * Resolves with why nothing was tried, where the machine lets nobody mount a disk.
 */
export async function fillDisk(levels: number, tally: Tally): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-disk-'));
  let disk: MountedDisk | undefined;
  try {
    disk = mountDisk(folder, DISK);
    for (let level = 0; level < levels; level++) await fillOnce(folder, level, tally);
    await readOnly(folder, disk, tally);
    return undefined;
  } catch (error) {
    if (error instanceof NoMount) return error.message;
    throw error;
  } finally {
    disk?.unmount();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Fills the disk but for so many pages, signs in until it is full, starts again, makes room and goes on. */
async function fillOnce(folder: string, pages: number, tally: Tally): Promise<void> {
  const [data, rest] = [join(folder, 'data'), join(folder, 'rest')];
  const told = new Told();
  const day = new Day(nodeFileSystem, told, data);
  const faults: string[] = [];
  await day.open();
  await day.append(3);
  await day.look();
  const { bavail, bsize } = await statfs(folder);
  await writeFile(rest, Buffer.alloc(bavail * bsize - pages * PAGE, '#'));
  for (let queue = 0; queue < 200 && day.refusals.length === 0; queue++)
    await day.append(5, 'x'.repeat(1000));
  if (day.refusals.length === 0) faults.push('the disk was never full');
  await day.snapshot();
  await day.restart();
  await day.append(1);
  await rm(rest);
  await day.restart();
  const last = told.attempts.length;
  await day.append(1);
  if (!told.attempts[last]?.acknowledged) faults.push('nothing is taken though there is room again');
  await day.close();
  const verdict = await look(data, told);
  tally.count('a full disk');
  tally.add(`a disk with ${pages} pages left`, {
    ...verdict,
    faults: [...faults, ...day.faults, ...verdict.faults],
  });
  await rm(data, { recursive: true });
}

/** Starts on a disk that may only be read: everything is shown, nothing is taken, and it says why. */
async function readOnly(folder: string, disk: MountedDisk, tally: Tally): Promise<void> {
  const data = join(folder, 'data');
  const told = new Told();
  const day = new Day(nodeFileSystem, told, data);
  await day.open();
  await day.append(3);
  await day.close();
  disk.remount('ro');
  await day.open();
  const faults = day.store?.failed?.code === 'store-not-writable' ? [] : ['a read-only disk was not noticed'];
  if (day.store?.lastSeq !== 3) faults.push('on a read-only disk not everything is shown');
  await day.append(1);
  if (told.attempts.at(-1)?.acknowledged) faults.push('a read-only disk took an event');
  await day.close();
  disk.remount('rw');
  await day.open();
  await day.append(1);
  await day.close();
  const verdict = await look(data, told);
  tally.count('a read-only disk');
  tally.add('a read-only disk', { ...verdict, faults: [...faults, ...day.faults, ...verdict.faults] });
}
