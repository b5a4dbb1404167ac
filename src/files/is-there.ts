import { stat } from 'node:fs/promises';

/** Does an error of the disk say that there is no such file: none of that name, or a file where a folder belongs? */
export function isNotThere(error: unknown): boolean {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

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
