import sharp, { type Raw } from 'sharp';
import type { Focus } from '../domain/photo.ts';

/** Edges of the crop that attention is asked for, in pixels: narrower than any picture is, or nothing is cropped. */
const LONG = 160;
const SHORT = 40;

/** A point this near to an edge, as a share of the picture, is a mistake: the middle keeps more (docs/adr/0014). */
const MARGIN = 0.13;

/**
 * What a crop of a picture must keep, by its pixels, sRGB, three channels; undefined where nothing stands out but what lies
 * at the edge.
 */
export async function findFocus(data: Buffer, raw: Raw): Promise<Focus | undefined> {
  const { width, height } = raw;
  const crop = width >= height ? { width: SHORT, height: LONG } : { width: LONG, height: SHORT };
  const { info } = await sharp(data, { raw })
    .resize({ ...crop, fit: 'cover', position: 'attention' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  // The point lies in the picture as it was scaled for the crop, before anything was cut off.
  const scaled = LONG / Math.min(width, height);
  const x = shareOf(info.attentionX!, width * scaled);
  const y = shareOf(info.attentionY!, height * scaled);
  return isInside(x) && isInside(y) ? { x, y, by: 'attention' } : undefined;
}

function isInside(share: number): boolean {
  return share >= MARGIN && share <= 1 - MARGIN;
}

function shareOf(at: number, whole: number): number {
  return Math.round((at / whole) * 1000) / 1000;
}
