import { dirname, join } from 'node:path/posix';
import { seqInName, segmentName, snapshotName } from '../../../src/store/journal-format.ts';
import { diskError, MemoryFileSystem } from '../../support/memory-file-system.ts';
import type { WatchedFileSystem } from '../../support/watched-file-system.ts';
import { DATA, type Day } from './day.ts';

/** What happens on one day, and what its disk does. */
export interface Script {
  name: string;
  /** Is there a data folder at the beginning? */
  folder?: false;
  run(day: Day, watched: WatchedFileSystem, disk: MemoryFileSystem): Promise<void>;
}

/** An evening as it goes: starts, queues, snapshots that drop older ones, restarts. */
export const ORDINARY: Script = {
  name: 'an ordinary day',
  async run(day) {
    await day.open();
    await day.append(1);
    await day.append(3);
    await day.append(12);
    await day.restart();
    await day.append(2);
    await day.snapshot();
    await day.append(5);
    await day.snapshot(4);
    await day.append(1);
    await day.restart();
    await day.append(2);
    await day.snapshot();
    await day.append(1);
    await day.restart();
    await day.append(1);
    await day.close();
  },
};

const LARGE: Script = {
  name: 'an event larger than a write takes',
  async run(day) {
    await day.open();
    await day.append(1);
    await day.append(1, '名册'.repeat(12_000));
    await day.append(2);
    await day.restart();
    await day.append(1);
    await day.close();
  },
};

const SHORT_WRITES: Script = {
  name: 'a disk that takes few bytes at a time',
  async run(day, watched) {
    watched.shortWrites = 90;
    await day.open();
    await day.append(2);
    await day.append(6);
    await day.snapshot();
    await day.append(3);
    await day.close();
  },
};

export const FAILED_SYNC: Script = {
  name: 'a sync fails and the day goes on in a new segment',
  async run(day, watched, disk) {
    await day.open();
    await day.append(3);
    failSyncs(watched, disk, 1);
    await day.append(6);
    await day.append(2);
    await day.snapshot(2);
    await day.append(1);
    await day.restart();
    await day.append(2);
    await day.close();
  },
};

const FAILED_SYNC_AT_ONCE: Script = {
  name: 'the sync of a segment without events fails',
  async run(day, watched, disk) {
    await day.open();
    failSyncs(watched, disk, 1);
    await day.append(4);
    await day.append(1);
    await day.snapshot();
    await day.append(1);
    await day.restart();
    await day.append(1);
    await day.close();
  },
};

const FAILED_TWICE: Script = {
  name: 'a sync fails again: the store stops, and is opened again in the running kiosk',
  async run(day, watched, disk) {
    await day.open();
    await day.append(2);
    failSyncs(watched, disk, 1);
    await day.append(3);
    await day.append(1);
    failSyncs(watched, disk, 1);
    await day.append(3);
    await day.append(1);
    await day.reopen();
    await day.append(2);
    await day.restart();
    await day.append(1);
    await day.close();
  },
};

const KILLED_AFTER_FAILED_SYNC: Script = {
  name: 'a sync fails twice and the kiosk is started again',
  async run(day, watched, disk) {
    await day.open();
    await day.append(2);
    failSyncs(watched, disk, 2);
    await day.append(3);
    await day.restart();
    await day.append(2);
    await day.append(1);
    await day.close();
  },
};

const FULL: Script = {
  name: 'the disk is full, the reserve is given up, and room is made',
  async run(day, _watched, disk) {
    disk.capacity = 60_000;
    await day.open();
    await day.append(2);
    await day.look();
    // So little that the next queue takes it, and that the reserve holds some more.
    disk.capacity = disk.used + 700;
    for (let queue = 0; queue < 8; queue++) await day.append(3);
    await day.snapshot();
    disk.capacity = 60_000;
    await day.append(3);
    await day.look();
    await day.append(1);
    await day.restart();
    await day.append(1);
    await day.close();
  },
};

const ERASURE: Script = {
  name: 'everything is written again without what was erased',
  async run(day) {
    await day.open();
    await day.append(3);
    await day.snapshot();
    await day.append(2);
    await day.snapshot();
    await day.append(2);
    await day.erase();
    await day.append(2);
    await day.restart();
    await day.append(1);
    await day.close();
  },
};

const MENDING: Script = {
  name: 'starts that have to mend what a power cut left',
  async run(day, _watched, disk) {
    await day.open();
    await day.append(3);
    await day.snapshot();
    await day.append(2);
    await day.close();
    // A fault has kept the store from being made at all: there is nothing to mend.
    if (!(await disk.list(DATA)).includes('store')) return;
    await leave(disk, await lastSegment(disk), '{"crc":"0000');
    await leave(disk, `${snapshotName(5)}.new`, '{"format":"muster-snap');
    await day.open();
    await day.append(2);
    const next = segmentName((day.store?.lastSeq ?? 0) + 1);
    await day.close();
    if ((await lastSegment(disk)) < next) await leave(disk, next, '');
    await day.open();
    await day.append(1);
    await day.snapshot();
    await day.close();
  },
};

const FIRST_START: Script = {
  name: 'the first start, where there is no folder yet',
  folder: false,
  async run(day) {
    await day.open();
    await day.append(2);
    await day.close();
  },
};

export const SCRIPTS: Script[] = [
  ORDINARY,
  LARGE,
  SHORT_WRITES,
  FAILED_SYNC,
  FAILED_SYNC_AT_ONCE,
  FAILED_TWICE,
  KILLED_AFTER_FAILED_SYNC,
  FULL,
  ERASURE,
  MENDING,
  FIRST_START,
];

/** A disk on which the day may begin. */
export function newDisk({ folder }: Script): MemoryFileSystem {
  return MemoryFileSystem.of(new Map([[folder === false ? dirname(DATA) : DATA, undefined]]));
}

/** Puts bytes at the end of a file of the store, as somebody else than the store. */
async function leave(disk: MemoryFileSystem, name: string, text: string): Promise<void> {
  const file = await disk.openForAppend(join(DATA, 'store', name), { exclusive: false });
  if (text !== '') await file.write(Buffer.from(text), 0);
  await file.datasync();
  await file.close();
  await disk.syncFolder(join(DATA, 'store'));
}

async function lastSegment(disk: MemoryFileSystem): Promise<string> {
  const names = (await disk.list(join(DATA, 'store'))).sort();
  return names.findLast((name) => seqInName(name, 'journal') !== undefined) ?? segmentName(1);
}

/** The next syncs of a journal file fail, and what they should have written may be on the disk or not. */
function failSyncs(watched: WatchedFileSystem, disk: MemoryFileSystem, times: number): void {
  let left = times;
  watched.before = (call, path) => {
    if (left === 0 || !call.startsWith('datasync journal-')) return;
    left--;
    disk.failSync(path);
    throw diskError('EIO', path);
  };
}
