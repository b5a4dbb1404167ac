import sharp, { type Raw } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type { Photo } from '../domain/photo.ts';

/** What is told from a picture's pixels. */
export type PictureDescription = Required<Pick<Photo, 'thumbhash' | 'colour'>>;

/** Largest edge that a thumbhash is made of, in pixels (thumbhash's own limit). */
const HASH_EDGE = 100;

/** Describes a picture by its pixels, sRGB, three channels. */
export async function describePixels(data: Buffer, raw: Raw): Promise<PictureDescription> {
  const { data: rgba, info } = await sharp(data, { raw })
    .resize({ width: HASH_EDGE, height: HASH_EDGE, fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { dominant } = await sharp(rgba, {
    raw: { width: info.width, height: info.height, channels: 4 },
  })
    .removeAlpha()
    .stats();
  return {
    thumbhash: Buffer.from(rgbaToThumbHash(info.width, info.height, rgba)).toString('base64'),
    colour: `#${[dominant.r, dominant.g, dominant.b].map((part) => part.toString(16).padStart(2, '0')).join('')}`,
  };
}
