import type { ImageFormat } from './photo-files.ts';
import { isRawTiff } from './raw-tiff.ts';
import type { SkipReason } from './skip-reasons.ts';

/** What is not taken by what it is. */
type Refused = Extract<SkipReason, 'clip' | 'raw' | 'format-not-supported' | 'not-a-photo'>;

/** Brands of the files that hold a picture or a film in boxes (ISO 14496-12), by what is in them. */
const HEVC_BRANDS = ['heic', 'heix', 'hevc', 'hevx'];
const AV1_BRANDS = ['avif', 'avis'];
const PICTURE_BRANDS = ['mif1', 'msf1', 'mif2', 'miaf', 'heim', 'heis', 'hevm', 'hevs', 'jpeg', 'j2ki'];

/** Beginnings of pictures that no camera or phone makes, or that few do: they can be saved as another kind. */
const OTHER_PICTURES = [
  'BM',
  '8BPS',
  '\xff\x0a',
  '\0\0\0\x0cJXL ',
  '\0\0\0\x0cjP  ',
  'qoif',
  '\0\0\x01\0',
  'v/1\x01',
];
const RAWS = ['FUJIFILMCCD-RAW', 'IIRO', 'IIRS', 'MMOR', 'IIU\0', 'FOVb', '\0MRM'];
const CLIPS = ['\x1aE\xdf\xa3', '0&\xb2u\x8ef\xcf\x11', 'FLV\x01', '\0\0\x01\xba', '\0\0\x01\xb3'];
/** Boxes that old QuickTime films begin with. */
const FILM_BOXES = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];

/**
 * What the first bytes of a file say it is: a format that is taken, or why it is not. Names and endings are not
 * asked.
 */
export function sniffFormat(head: Buffer): { format: ImageFormat } | { reason: Refused } {
  const format = formatOf(head);
  return format === undefined ? { reason: refusedOf(head) } : { format };
}

function formatOf(head: Buffer): ImageFormat | undefined {
  if (begins(head, '\xff\xd8\xff')) return 'jpg';
  if (begins(head, '\x89PNG\r\n\x1a\n')) return 'png';
  if (begins(head, 'RIFF') && textOf(head, 8, 12) === 'WEBP') return 'webp';
  if (begins(head, 'GIF87a') || begins(head, 'GIF89a')) return 'gif';
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].some((mark) => begins(head, mark)))
    return isRawTiff(head) ? undefined : 'tif';
  const brands = brandsOf(head);
  if (HEVC_BRANDS.includes(brands[0]!)) return 'heic';
  if (AV1_BRANDS.includes(brands[0]!)) return 'avif';
  // Which codec is in a plain picture file is said by the brands that it fits, too.
  if (!['mif1', 'msf1', 'miaf'].includes(brands[0]!)) return undefined;
  if (brands.some((brand) => AV1_BRANDS.includes(brand))) return 'avif';
  return brands.some((brand) => HEVC_BRANDS.includes(brand)) ? 'heic' : undefined;
}

function refusedOf(head: Buffer): Refused {
  const [brand] = brandsOf(head);
  const box = textOf(head, 4, 8);
  if (brand === 'crx ') return 'raw';
  if (brand !== undefined) return PICTURE_BRANDS.includes(brand) ? 'format-not-supported' : 'clip';
  if (isRawTiff(head) || RAWS.some((mark) => begins(head, mark))) return 'raw';
  if (textOf(head, 6, 14) === 'HEAPCCDR') return 'raw';
  if (CLIPS.some((mark) => begins(head, mark)) || FILM_BOXES.includes(box)) return 'clip';
  if (begins(head, 'RIFF') && textOf(head, 8, 12) === 'AVI ') return 'clip';
  return OTHER_PICTURES.some((mark) => begins(head, mark)) ? 'format-not-supported' : 'not-a-photo';
}

/** The brands in an `ftyp` box, the major one first; none where there is no such box. */
function brandsOf(head: Buffer): string[] {
  if (head.length < 12 || textOf(head, 4, 8) !== 'ftyp') return [];
  const end = Math.min(head.readUInt32BE(0), head.length);
  const brands = [textOf(head, 8, 12)];
  // Between the major brand and the others stands a version.
  for (let at = 16; at + 4 <= end; at += 4) brands.push(textOf(head, at, at + 4));
  return brands;
}

function begins(head: Buffer, mark: string): boolean {
  return textOf(head, 0, mark.length) === mark;
}

function textOf(head: Buffer, from: number, to: number): string {
  return head.toString('latin1', from, to);
}
