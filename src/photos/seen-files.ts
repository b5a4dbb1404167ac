import type { BigIntStats } from 'node:fs';

/** Which photo a file holds, as long as it is as it was: so that a file that was imported is not read again. */
export interface SeenFiles {
  /** The photo's id; undefined where the file is new, or not as it was. */
  find(path: string, info: BigIntStats): string | undefined;
  remember(path: string, info: BigIntStats, photoId: string): void;
}

/** Remembers nothing. */
export const nothingSeen: SeenFiles = { find: () => undefined, remember: () => undefined };
