import { setImmediate } from 'node:timers/promises';
import { diskError, MemoryFileSystem } from '../../support/memory-file-system.ts';
import { WatchedFileSystem, type Behaviour } from '../../support/watched-file-system.ts';
import { syncedOnly } from './crash-states.ts';
import { Day } from './day.ts';
import { newDisk, type Script } from './days.ts';
import { startAndGoOn } from './judge.ts';
import type { Tally } from './tally.ts';
import { Told } from './told.ts';

export const ERRORS = ['EIO', 'ENOSPC', 'EROFS', 'EDQUOT', 'EMFILE', 'EACCES', 'EINTR'] as const;

/** What the disk does wrong from some call on. */
export interface Fault {
  name: string;
  /** An error instead of the answer; a short write or a late answer otherwise. */
  error?: (typeof ERRORS)[number];
  /** The error comes though the disk did it; of a write, when a part was taken. */
  done?: boolean;
  /** Bytes that a write takes. */
  short?: number;
  late?: boolean;
  /** Once, or from that call on for ever. */
  lasting: boolean;
}

/** Every error, once and for ever, before the disk did anything and after; short writes; late answers. */
export const FAULTS: readonly Fault[] = [false, true].flatMap((lasting): Fault[] => {
  const when = lasting ? 'for ever' : 'once';
  const errors = ERRORS.flatMap((error): Fault[] => [
    { name: `${error} ${when}`, error, lasting },
    { name: `${error} ${when}, though it was done`, error, done: true, lasting },
  ]);
  return [
    ...errors,
    { name: `short writes ${when}`, short: 7, lasting },
    { name: `late answers ${when}`, late: true, lasting },
  ];
});

/** Lets the day happen once and counts the calls that the store makes of its disk. */
export async function callsOf(script: Script): Promise<number> {
  const { calls } = await live(script);
  return calls;
}

/**
 * Lets the day happen with a fault at that call of the disk. Then the disk is well again, and the store is started
 * twice on what there is: as after a kill, and as after a power cut.
 */
export async function tryFault(script: Script, call: number, fault: Fault, tally: Tally): Promise<void> {
  const { disk, told, changes, faults, hit } = await live(script, call, fault);
  const where = `${script.name}, ${fault.name} at call ${call} (${hit})`;
  if (disk.open.size > 0) faults.push(`not closed: ${[...disk.open].join(', ')}`);
  tally.count(`a call fails: ${fault.name}`);
  tally.add(where, { lost: 0, doubled: 0, silent: 0, faults });
  const moment = disk.moment();
  tally.add(`${where}, killed`, await startAndGoOn(MemoryFileSystem.at(moment), told, changes));
  const left = MemoryFileSystem.of(syncedOnly(moment));
  tally.add(`${where}, then a power cut`, await startAndGoOn(left, told, changes));
}

interface Lived {
  disk: MemoryFileSystem;
  told: Told;
  calls: number;
  /** The call that the fault hit first. */
  hit: string;
  changes: number;
  /** What the store said that it should not, or did not say. */
  faults: string[];
}

async function live(script: Script, at = Infinity, fault?: Fault): Promise<Lived> {
  const disk = newDisk(script);
  const lived = { calls: 0, changes: 0, hit: 'never reached' };
  disk.onChange = () => lived.changes++;
  const told = new Told(() => lived.changes);
  const faulty = new WatchedFileSystem(disk);
  let unfinished: string | undefined;
  faulty.before = (call, path) => {
    const index = lived.calls++;
    const isRest = call === unfinished;
    // What the disk has taken is synced before it gets the rest.
    if (!call.startsWith('datasync')) unfinished = undefined;
    if (!fault || (fault.lasting ? index < at : index !== at && !isRest)) return {};
    if (index === at) lived.hit = call;
    // A disk that fails in the middle of a write takes a part first, and answers the rest with the error.
    if (fault.done && call.startsWith('write') && !isRest) {
      unfinished = call;
      return { short: 20 };
    }
    return misbehave(disk, isRest ? { ...fault, done: false } : fault, call, path);
  };
  const watched = new WatchedFileSystem(faulty);
  const day = new Day(watched, told);
  await script.run(day, watched, disk);
  return { disk, told, ...lived, faults: day.faults };
}

async function misbehave(
  disk: MemoryFileSystem,
  { error: code, done, short, late }: Fault,
  call: string,
  path: string,
): Promise<Behaviour> {
  if (late) for (let turn = 0; turn < 3; turn++) await setImmediate();
  if (!code) return short === undefined ? {} : { short };
  const error = diskError(code, path);
  // A file is closed whatever the disk answers.
  if (done || call.startsWith('close')) return { error };
  if (call.startsWith('datasync')) disk.failSync(path);
  throw error;
}
