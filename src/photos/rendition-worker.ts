/*
 * Child process that decodes photos, one at a time, so that a hostile or broken file can at worst end this process. One
 * decode and one encode for each rendition: baseline JPEG in sRGB, quality 80, 4:2:0. Nothing of the original's
 * metadata is kept.
 */
import { setPriority } from 'node:os';
import sharp from 'sharp';
import type { Photo, Turn } from '../domain/photo.ts';
import { answerRequests } from '../processes/answer-requests.ts';
import { captureTime } from './capture-time.ts';
import { decodePicture, TooLarge } from './decode-picture.ts';
import { describePixels, type PictureDescription } from './describe-pixels.ts';
import { findFocus } from './find-focus.ts';
import { FORMAT_LIMITS, MEMORY_LIMIT } from './format-limits.ts';
import { startDecoderGuard } from './guard-decoder.ts';
import { lookAtHead, readHead } from './look-at-head.ts';
import type { RenditionEdge } from './photo-files.ts';

/** One photo to make renditions of. */
export interface RenditionRequest {
  source: string;
  /** How far it is turned clockwise, on top of its EXIF orientation. */
  turned: Turn;
  /** The long edges that are wanted and the files to write them to. */
  targets: { edge: RenditionEdge; path: string }[];
}

/** Size after orientation and what else is known of the picture. */
export type RenditionDescription = Pick<Photo, 'width' | 'height' | 'takenAt' | 'focus'> & PictureDescription;

/** What a picture is, or why there is none. */
export type RenditionReply =
  ({ ok: true } & RenditionDescription) | { ok: false; reason: 'damaged' | 'too-large'; detail: string };

/** The reply, and what the decoder's process holds afterwards, in bytes. */
export interface DecoderReply {
  made: RenditionReply;
  memory: number;
}

const LOADERS = ['JpegFile', 'PngFile', 'WebpFile', 'HeifFile', 'NsgifFile', 'TiffFile', 'TiffBuffer'];
const JPEG = { quality: 80, chromaSubsampling: '4:2:0', progressive: false } as const;

sharp.concurrency(1);
sharp.cache(false);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS.map((loader) => `VipsForeignLoad${loader}`) });
// Below the kiosk, so that a tap at the gate comes first.
setPriority(10);

const guard = startDecoderGuard(MEMORY_LIMIT);

answerRequests(async (request: RenditionRequest): Promise<DecoderReply> => {
  const made = await makeRenditions(request).catch(asReply);
  guard.end();
  return { made, memory: process.memoryUsage.rss() };
});

async function makeRenditions({ source, turned, targets }: RenditionRequest): Promise<RenditionReply> {
  const looked = lookAtHead(await readHead(source));
  if ('reason' in looked) throw new Error(`it is ${looked.reason}`);
  const { format } = looked;
  guard.begin(FORMAT_LIMITS[format].seconds);
  const largestFirst = targets.toSorted((a, b) => b.edge - a.edge);
  const { data, raw, width, height, exif } = await decodePicture(
    source,
    format,
    turned,
    largestFirst[0]!.edge,
  );
  for (const { edge, path } of largestFirst) {
    await sharp(data, { raw })
      .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
      .jpeg(JPEG)
      .toFile(path);
  }
  const takenAt = captureTime(exif, new Date());
  const focus = await findFocus(data, raw);
  return {
    ok: true,
    width,
    height,
    ...(takenAt !== undefined && { takenAt }),
    ...(focus && { focus }),
    ...(await describePixels(data, raw)),
  };
}

function asReply(error: unknown): RenditionReply {
  const detail = error instanceof Error ? error.message : String(error);
  return { ok: false, reason: error instanceof TooLarge ? 'too-large' : 'damaged', detail };
}
