import { onTestFinished } from 'vitest';
import { mountDisk, NoMount } from './mounted-disk.ts';

/**
 * Puts a disk of 256 kB of its own at `folder` until the test has finished; the test is skipped, with the reason,
 * where the machine lets nobody mount one.
 */
export function mountSmallDisk(folder: string, skip: (note: string) => never): void {
  try {
    const { unmount } = mountDisk(folder, '256k');
    onTestFinished(unmount);
  } catch (error) {
    if (!(error instanceof NoMount)) throw error;
    skip(error.message);
  }
}
