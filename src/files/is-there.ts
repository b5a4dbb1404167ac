import { stat } from 'node:fs/promises';

/** Is there anything at the path? @throws what the disk answers, other than that there is not. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
