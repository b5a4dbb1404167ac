/*
 * Child process that decodes photos, so that a hostile or broken file can at worst end this process. One
 * decode and one encode for each rendition: baseline JPEG, quality 80, 4:2:0. Nothing of the original's
 * metadata is kept.
 */
import { setPriority } from 'node:os';
import sharp from 'sharp';
import type { Turn } from '../domain/photo.ts';
import { answerRequests } from '../processes/answer-requests.ts';
import { describePixels, type PictureDescription } from './describe-pixels.ts';
import type { RenditionEdge } from './photo-files.ts';
import { MAX_PIXELS } from './skip-reasons.ts';

/** One photo to make renditions of. */
export interface RenditionRequest {
  source: string;
  /** How far it is turned clockwise, on top of its EXIF orientation. */
  turned: Turn;
  /** The long edges that are wanted and the files to write them to. */
  targets: { edge: RenditionEdge; path: string }[];
}

/** Size after orientation and what else is known of the picture, or why there is none. */
export type RenditionReply =
  | ({ ok: true; width: number; height: number } & PictureDescription)
  | { ok: false; reason: 'damaged' | 'too-large'; detail: string };

const LOADERS = ['VipsForeignLoadJpegFile', 'VipsForeignLoadPngFile', 'VipsForeignLoadWebpFile'];
const JPEG = { quality: 80, chromaSubsampling: '4:2:0', progressive: false } as const;

sharp.concurrency(1);
sharp.cache(false);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS });
// Below the kiosk, so that a tap at the gate comes first.
setPriority(10);

answerRequests((request: RenditionRequest) => makeRenditions(request).catch(asReply));

async function makeRenditions({ source, turned, targets }: RenditionRequest): Promise<RenditionReply> {
  const picture = sharp(source, { limitInputPixels: MAX_PIXELS });
  const { autoOrient } = await picture.metadata();
  const largestFirst = targets.toSorted((a, b) => b.edge - a.edge);
  const largest = largestFirst[0]!.edge;
  const { data, info } = await picture
    .autoOrient()
    .rotate(turned)
    .resize({ width: largest, height: largest, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  for (const { edge, path } of largestFirst) {
    await sharp(data, { raw })
      .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
      .jpeg(JPEG)
      .toFile(path);
  }
  const { width, height } = autoOrient;
  const size = turned % 180 === 0 ? { width, height } : { width: height, height: width };
  return { ok: true, ...size, ...(await describePixels(data, raw)) };
}

function asReply(error: unknown): RenditionReply {
  const detail = error instanceof Error ? error.message : String(error);
  const reason = /pixel limit/i.test(detail) ? 'too-large' : 'damaged';
  return { ok: false, reason, detail };
}
