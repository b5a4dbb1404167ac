import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { tiffOf } from './tiff-of.ts';

/**
 * Decodes a HEIC, which sharp's own libheif cannot: upright, its long edge at most `edge`, in the colours of its `profile`
 * where it has one. @throws when it cannot be decoded.
 */
export async function openHeic(source: string, edge: number, profile: Buffer | undefined): Promise<Sharp> {
  // Three megabytes of code that few imports need.
  const { default: decodeHeic } = await import('heic-decode');
  const pictures = await decodeHeic.all({ buffer: await readFile(source) });
  try {
    const { width, height, data } = await pictures[0]!.decode();
    const small = sharp(data, { raw: { width, height, channels: 4 } })
      .removeAlpha()
      .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true });
    if (!profile) return small;
    const { data: pixels, info } = await small.raw().toBuffer({ resolveWithObject: true });
    return sharp(tiffOf(pixels, info.width, info.height, profile));
  } finally {
    pictures.dispose();
  }
}
