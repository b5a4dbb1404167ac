import sharp, { type Raw } from 'sharp';
import type { Focus } from '../domain/photo.ts';

/** Edges of the crop that attention is asked for, in pixels: narrower than any picture is, or nothing is cropped. */
const LONG = 160;
const SHORT = 40;

/** What a crop of a picture must keep, by its pixels, sRGB, three channels. */
export async function findFocus(data: Buffer, raw: Raw): Promise<Focus> {
  const { width, height } = raw;
  const crop = width >= height ? { width: SHORT, height: LONG } : { width: LONG, height: SHORT };
  const { info } = await sharp(data, { raw })
    .resize({ ...crop, fit: 'cover', position: 'attention' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  // The point lies in the picture as it was scaled for the crop, before anything was cut off.
  const scaled = LONG / Math.min(width, height);
  return {
    x: shareOf(info.attentionX!, width * scaled),
    y: shareOf(info.attentionY!, height * scaled),
    by: 'attention',
  };
}

function shareOf(at: number, whole: number): number {
  return Math.min(1, Math.max(0, Math.round((at / whole) * 1000) / 1000));
}
