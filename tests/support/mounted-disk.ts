import { execFileSync } from 'node:child_process';

/** A small disk of its own. */
export interface MountedDisk {
  /** Makes it one that may only be read, or that may be written again. */
  remount(options: 'ro' | 'rw'): void;
  unmount(): void;
}

/** The machine lets nobody mount a disk. */
export class NoMount extends Error {}

/** Puts a disk of that size ("256k") at `folder`. @throws NoMount with the reason. */
export function mountDisk(folder: string, size: string): MountedDisk {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'muster-test', folder], { stdio: 'pipe' });
  } catch (error) {
    throw new NoMount(`no disk could be mounted: ${String(error)}`);
  }
  return {
    remount: (options) => void execFileSync('mount', ['-o', `remount,${options}`, folder]),
    unmount: () => void execFileSync('umount', [folder]),
  };
}
