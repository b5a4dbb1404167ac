/*
 * Child process that decodes photos, so that a hostile or broken file can at worst end this process. One
 * decode and one encode for each rendition: baseline JPEG, quality 80, 4:2:0. Nothing of the original's
 * metadata is kept.
 */
import { setPriority } from 'node:os';
import sharp from 'sharp';
import { RENDITION_EDGES } from '../domain/photo.ts';
import { answerRequests } from '../processes/answer-requests.ts';
import type { RenditionEdge } from './photo-files.ts';
import { MAX_PIXELS } from './skip-reasons.ts';

/** One photo to make renditions of; `targets` are the files to write. */
export interface RenditionRequest {
  source: string;
  targets: Record<RenditionEdge, string>;
}

/** Size after orientation, or why there is none. */
export type RenditionReply =
  | { ok: true; width: number; height: number }
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

async function makeRenditions({ source, targets }: RenditionRequest): Promise<RenditionReply> {
  const picture = sharp(source, { limitInputPixels: MAX_PIXELS });
  const { autoOrient } = await picture.metadata();
  const [small, large] = RENDITION_EDGES;
  const { data, info } = await picture
    .autoOrient()
    .resize({ width: large, height: large, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  await sharp(data, { raw }).jpeg(JPEG).toFile(targets[large]);
  await sharp(data, { raw })
    .resize({ width: small, height: small, fit: 'inside', withoutEnlargement: true })
    .jpeg(JPEG)
    .toFile(targets[small]);
  return { ok: true, width: autoOrient.width, height: autoOrient.height };
}

function asReply(error: unknown): RenditionReply {
  const detail = error instanceof Error ? error.message : String(error);
  const reason = /pixel limit/i.test(detail) ? 'too-large' : 'damaged';
  return { ok: false, reason, detail };
}
