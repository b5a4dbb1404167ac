import { readTiff } from './tiff-entries.ts';

const SUBFILE_TYPE = 0x00fe;
const COMPRESSION = 0x0103;
const PHOTOMETRIC = 0x0106;
const SUB_DIRECTORIES = 0x014a;
const DNG_VERSION = 0xc612;
const PENTAX_PREVIEW = 0xc4a5;
const TAGS = [SUBFILE_TYPE, COMPRESSION, PHOTOMETRIC, SUB_DIRECTORIES, DNG_VERSION, PENTAX_PREVIEW];

/** A sensor's own pixels: the colour filter's pattern, or that already resolved. */
const SENSOR_PIXELS = [32803, 34892];
/** Nikon's, Sony's, Kodak's, Pentax' and Samsung's own ways of packing them. */
const SENSOR_PACKING = [34713, 32767, 65000, 65535, 32770];

/**
 * Are these the first bytes of a camera's RAW file that looks like a TIFF (CR2, NEF, ARW, DNG, PEF)? Decoded as one it would
 * give its tiny preview, or nothing.
 */
export function isRawTiff(head: Buffer): boolean {
  const tiff = readTiff(head);
  if (!tiff) return false;
  if (head.toString('latin1', 8, 10) === 'CR') return true;
  const entries = tiff.entriesAt(tiff.first, TAGS);
  const numberOf = (tag: number) => {
    const value = entries.get(tag);
    return Array.isArray(value) ? value[0] : undefined;
  };
  if (entries.has(DNG_VERSION) || entries.has(PENTAX_PREVIEW)) return true;
  if (SENSOR_PIXELS.includes(numberOf(PHOTOMETRIC)!)) return true;
  if (SENSOR_PACKING.includes(numberOf(COMPRESSION)!)) return true;
  // The first picture is a preview, and the true one is hidden in a directory below it.
  return numberOf(SUBFILE_TYPE) === 1 && entries.has(SUB_DIRECTORIES);
}
