import { join } from 'node:path';
import { createFile, removeIfThere, type FileSystem } from './file-system.ts';
import { isFull, isUnwritable } from './problems.ts';

/** How much room the disk has: below `low` imports and backups stop, below `critical` all but sign-ins. */
export type SpaceLevel = 'ample' | 'low' | 'critical';

/** The room on the disk of the store. */
export interface Space {
  freeBytes: number;
  level: SpaceLevel;
  /** Is the reserve for the last sign-ins there? */
  ballast: boolean;
}

const MIB = 1024 * 1024;
/** The marks of reliability-anchors rule 15 (1 GiB, 64 MiB), on a small disk a share of it. */
const LOW = { bytes: 1024 * MIB, share: 0.1 };
const CRITICAL = { bytes: 64 * MIB, share: 0.05 };
/** Some ten thousand sign-ins. */
const BALLAST = { bytes: 4 * MIB, share: 0.02 };

const NAME = 'ballast';

/** Free bytes below which a disk of `total` bytes is low, and below which it is critical. */
export function spaceMarks(total: number): { low: number; critical: number } {
  const markOf = ({ bytes, share }: typeof LOW) => Math.min(bytes, total * share);
  return { low: markOf(LOW), critical: markOf(CRITICAL) };
}

/** A file that is given up when the disk is full, so that the last sign-ins still go through. */
export class Ballast {
  readonly #fs: FileSystem;
  readonly #folder: string;
  #isThere: boolean;

  constructor(fs: FileSystem, folder: string, names: readonly string[]) {
    this.#fs = fs;
    this.#folder = folder;
    this.#isThere = names.includes(NAME);
  }

  /** Looks at the disk, and takes the reserve again where there is ample room. */
  async look(): Promise<Space> {
    const { free, total } = await this.#fs.space(this.#folder);
    const { low, critical } = spaceMarks(total);
    const level = free < critical ? 'critical' : free < low ? 'low' : 'ample';
    if (level === 'ample' && !this.#isThere) await this.#take(Math.min(BALLAST.bytes, total * BALLAST.share));
    return { freeBytes: free, level, ballast: this.#isThere };
  }

  /** Gives the reserve up. Resolves with whether there is more room now. */
  async giveUp(): Promise<boolean> {
    if (!this.#isThere) return false;
    try {
      await removeIfThere(this.#fs, join(this.#folder, NAME));
    } catch (error) {
      // Some disks need room to remove a file.
      if (isFull(error)) return false;
      throw error;
    }
    this.#isThere = false;
    return true;
  }

  async #take(bytes: number): Promise<void> {
    const path = join(this.#folder, NAME);
    try {
      await createFile(this.#fs, path, pieces(Math.floor(bytes)));
      this.#isThere = true;
    } catch (error) {
      // Two that look at the same time both take it: one is there first.
      this.#isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
      if (!this.#isThere && !isUnwritable(error) && !isFull(error)) throw error;
    }
  }
}

/** Bytes that no file system keeps as a hole. */
function* pieces(bytes: number): Generator<Buffer> {
  const piece = Buffer.alloc(64 * 1024, '#');
  for (let left = bytes; left > 0; left -= piece.length)
    yield piece.subarray(0, Math.min(left, piece.length));
}
