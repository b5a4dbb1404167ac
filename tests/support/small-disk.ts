import { execFileSync } from 'node:child_process';
import { onTestFinished } from 'vitest';

/**
 * Puts a disk of 256 kB of its own at `folder` until the test has finished; the test is skipped, with the reason,
 * where the machine lets nobody mount one.
 */
export function mountSmallDisk(folder: string, skip: (note: string) => never): void {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'muster-test', folder], { stdio: 'pipe' });
  } catch (error) {
    skip(`no disk could be mounted: ${String(error)}`);
  }
  onTestFinished(() => void execFileSync('umount', [folder]));
}
