import sharp, { type Metadata, type Raw, type Sharp } from 'sharp';
import type { Turn } from '../domain/photo.ts';
import { FORMAT_LIMITS } from './format-limits.ts';
import { openHeic } from './open-heic.ts';
import type { ImageFormat } from './photo-files.ts';

/** A photo's pixels, upright, three channels of eight bits in sRGB. */
export interface DecodedPicture {
  data: Buffer;
  raw: Raw;
  /** Of the whole photo, upright and turned, in pixels. */
  width: number;
  height: number;
  exif: Buffer | undefined;
}

/** The photo has more pixels than its format may have; said by its head, so nothing was decoded. */
export class TooLarge extends Error {}

/**
 * Decodes the photo at `source`, turned so far clockwise, with a long edge of at most `edge` pixels. @throws TooLarge;
 * another Error when it cannot be decoded to the end.
 */
export async function decodePicture(
  source: string,
  format: ImageFormat,
  turned: Turn,
  edge: number,
): Promise<DecodedPicture> {
  // What may be is our own to say, by format.
  const opened = sharp(source, { limitInputPixels: false });
  const about = await opened.metadata();
  requireFit(about, format);
  const picture = format === 'heic' ? await openHeic(source, edge, about.icc) : opened.autoOrient();
  const { data, info } = await inSrgb(picture, about)
    .rotate(turned)
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = about.autoOrient;
  return {
    data,
    raw: { width: info.width, height: info.height, channels: info.channels },
    ...(turned % 180 === 0 ? { width, height } : { width: height, height: width }),
    exif: about.exif,
  };
}

function requireFit({ width, height, isProgressive }: Metadata, format: ImageFormat): void {
  const { pixels, progressivePixels } = FORMAT_LIMITS[format];
  const limit = isProgressive ? progressivePixels : pixels;
  if (width * height > limit) throw new TooLarge(`${width} x ${height} are more than ${limit} pixels`);
}

/**
 * sharp takes a picture with a profile to sRGB by itself, but one of sixteen bits only to Display P3, and those numbers
 * would be taken for sRGB. Without a profile its numbers are sRGB already.
 */
function inSrgb(picture: Sharp, { depth, icc, space }: Metadata): Sharp {
  const isDeep = depth === 'ushort' && space === 'rgb16' && icc !== undefined;
  return isDeep ? picture.toColourspace('srgb').withIccProfile('srgb') : picture.toColourspace('srgb');
}
