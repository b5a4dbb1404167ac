import { sniffFormat } from './image-format.ts';
import type { ImageFormat } from './photo-files.ts';
import type { SkipReason } from './skip-reasons.ts';

/** How many bytes from its beginning tell what a file is. */
export const HEAD_BYTES = 64;

/** What the first bytes of a file say: the format of a photo that is taken, or why it is none. */
export function lookAtHead(head: Buffer): { format: ImageFormat } | { reason: SkipReason } {
  if (head.length === 0) return { reason: 'empty' };
  const format = sniffFormat(head);
  if (!format) return { reason: 'not-a-photo' };
  return format === 'other-picture' ? { reason: 'format-not-supported' } : { format };
}

/** Does a file with these first bytes hold others, as a zip file does? */
export function isZipHead(head: Buffer): boolean {
  return /^PK(\x03\x04|\x05\x06)/.test(head.toString('latin1', 0, 4));
}
