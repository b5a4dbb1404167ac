import type { Moment } from '../../support/memory-disk.ts';
import { MemoryFileSystem, type Image } from '../../support/memory-file-system.ts';
import { WatchedFileSystem } from '../../support/watched-file-system.ts';
import { crashStates, keyOf } from './crash-states.ts';
import { Day } from './day.ts';
import { newDisk, type Script } from './days.ts';
import { goOn, start, startAndGoOn } from './judge.ts';
import type { Tally } from './tally.ts';
import { Told } from './told.ts';

/** A day as it went: every change of the disk, and what a power cut behind it may leave. */
export interface Recording {
  told: Told;
  moments: { change: string; moment: Moment }[];
  /** What the store answered instead of doing it. */
  refusals: unknown[];
}

/** Lets the day happen on a disk in memory. */
export async function record(script: Script): Promise<Recording> {
  const disk = newDisk(script);
  const moments = watchChanges(disk);
  const told = new Told(() => moments.length);
  const watched = new WatchedFileSystem(disk);
  const day = new Day(watched, told);
  await script.run(day, watched, disk);
  return { told, moments, refusals: day.refusals };
}

/** How closely is looked. */
export interface Closeness {
  /** Writes are cut at a few places only. */
  coarse: boolean;
  /** Of the states in which a start had something to mend, one of so many gets a second power cut while it does. */
  secondCuts: number;
}

/**
 * Cuts the power behind every change of the day, in every way that a disk allows, and starts the store on what is
 * left. States are counted once, by their content.
 */
export async function cutPower(
  script: Script,
  tally: Tally,
  { coarse, secondCuts }: Closeness,
): Promise<void> {
  const { told, moments } = await record(script);
  const known = new Map<string, ArrayLike<number>>();
  let mended = 0;
  for (const [index, { change, moment }] of moments.entries()) {
    const at = index + 1;
    const where = `${script.name}, ${change}`;
    const killed = MemoryFileSystem.at(moment);
    tally.add(`${where}, killed and started, then a power cut`, await startAndGoOn(killed, told, at));
    tally.count('killed and started again, then a power cut');
    for (const { kind, image } of crashStates(moment, coarse)) {
      const key = keyOf(image);
      const before = known.get(key);
      if (before) {
        // The disk holds the same as before, but more has been promised since.
        tally.add(`${where}, ${kind}`, { ...NOTHING, lost: told.lostIn(before, at) });
        continue;
      }
      const fs = MemoryFileSystem.of(image);
      const mending = watchChanges(fs);
      const started = await start(fs, told, at);
      const cutAgain = mending.some(isMending) && mended++ % secondCuts === 0 ? [...mending] : [];
      known.set(key, started.found);
      tally.count(kind);
      tally.add(`${where}, ${kind}`, await goOn(started));
      for (const { where: second, image } of statesOf(cutAgain)) {
        const key = keyOf(image);
        if (known.has(key)) continue;
        const { verdict, found } = await start(MemoryFileSystem.of(image), told, at);
        known.set(key, found);
        tally.count('power cut again while mending');
        tally.add(`${where}, ${kind}, then ${second}`, verdict);
      }
    }
  }
}

/** What a second power cut may leave. */
function* statesOf(moments: Recording['moments']): Generator<{ where: string; image: Image }> {
  for (const { change, moment } of moments) {
    for (const { kind, image } of crashStates(moment, true)) yield { where: `${change}, ${kind}`, image };
  }
}

const NOTHING = { lost: 0, doubled: 0, silent: 0, faults: [] };

/** The states of the disk behind every change from now on. */
export function watchChanges(fs: MemoryFileSystem): Recording['moments'] {
  const moments: Recording['moments'] = [];
  fs.onChange = (change) => moments.push({ change, moment: fs.moment() });
  return moments;
}

function isMending({ change }: { change: string }): boolean {
  return !/^(datasync|syncFolder|rewrite)/.test(change);
}
