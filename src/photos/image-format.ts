import type { ImageFormat } from './photo-files.ts';

/** What the first bytes of a file say it is. Names and endings are not asked. */
export function sniffFormat(head: Buffer): ImageFormat | 'other-picture' | undefined {
  const ascii = (from: number, to: number) => head.toString('latin1', from, to);
  if (head.length < 12) return undefined;
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpg';
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'webp';
  const isGif = /^GIF8[79]a/.test(ascii(0, 6));
  const isTiff = ascii(0, 4) === 'II*\0' || ascii(0, 4) === 'MM\0*';
  const isHeifOrAvif = ascii(4, 8) === 'ftyp' && /hei|hev|mif1|msf1|avi/.test(ascii(8, 12));
  return isGif || isTiff || isHeifOrAvif ? 'other-picture' : undefined;
}
