import { open } from 'node:fs/promises';
import { sniffFormat } from './image-format.ts';
import type { ImageFormat } from './photo-files.ts';
import type { SkipReason } from './skip-reasons.ts';

/** How many bytes from its beginning tell what a file is. */
export const HEAD_BYTES = 4096;

/** What the first bytes of a file say: the format of a photo that is taken, or why it is none. */
export function lookAtHead(head: Buffer): { format: ImageFormat } | { reason: SkipReason } {
  return head.length === 0 ? { reason: 'empty' } : sniffFormat(head);
}

/** Does a file with these first bytes hold others, as a zip file does? */
export function isZipHead(head: Buffer): boolean {
  return ['504b0304', '504b0506'].includes(head.toString('hex', 0, 4));
}

/** The first bytes of a file, as many as tell what it is. */
export async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
