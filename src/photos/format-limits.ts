import type { ImageFormat } from './photo-files.ts';

/** The most that a photo of a format may ask of the decoder. */
export interface FormatLimit {
  pixels: number;
  /** Pixels where the whole picture has to be kept in memory while it is put together: progressive, interlaced. */
  progressivePixels: number;
  /** Seconds of processor time, so that a busy machine refuses no photo. */
  seconds: number;
}

const MILLION = 1_000_000;
/** Room for the photo and the decoder itself, in bytes. */
export const MEMORY_LIMIT = 512 * 1024 * 1024;

/**
 * Measured: a JPEG is scaled while it is read, so that 108 megapixels take 0.7 s and 110 MB; a progressive one takes up to
 * 8 bytes a pixel, AVIF 20, HEIC 19 and a quarter of a second a megapixel.
 */
export const FORMAT_LIMITS: Record<ImageFormat, FormatLimit> = {
  jpg: { pixels: 120 * MILLION, progressivePixels: 36 * MILLION, seconds: 4.5 },
  png: { pixels: 52 * MILLION, progressivePixels: 26 * MILLION, seconds: 4.5 },
  webp: { pixels: 52 * MILLION, progressivePixels: 52 * MILLION, seconds: 4.5 },
  tif: { pixels: 52 * MILLION, progressivePixels: 52 * MILLION, seconds: 4.5 },
  gif: { pixels: 26 * MILLION, progressivePixels: 26 * MILLION, seconds: 4.5 },
  avif: { pixels: 20 * MILLION, progressivePixels: 20 * MILLION, seconds: 4.5 },
  heic: { pixels: 26 * MILLION, progressivePixels: 26 * MILLION, seconds: 12 },
};
