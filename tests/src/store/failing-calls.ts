import type { WatchedFileSystem } from '../../support/watched-file-system.ts';

/**
 * How the disk fails at one call, counted from 1: before it has done anything, when it has done it all the same, or
 * from then on for good, as when the power is cut. Nothing fails while files are closed: they are when a process dies.
 */
export const WAYS_TO_FAIL = ['not done', 'done all the same', 'and everything after'] as const;

export type WayToFail = (typeof WAYS_TO_FAIL)[number];

/** Lets the disk fail at its call number `at`; tells by `reached` whether it came to that. */
export function failAt(fs: WatchedFileSystem, at: number, way: WayToFail): { reached(): boolean } {
  let calls = 0;
  fs.before = (call) => {
    if (call.startsWith('close')) return;
    calls++;
    const error = Object.assign(new Error(`EIO: the disk failed on purpose at ${call}`), { code: 'EIO' });
    if (calls === at && way === 'done all the same') return { error };
    if (calls === at || (calls > at && way === 'and everything after')) throw error;
  };
  return { reached: () => calls >= at };
}
