/** A TIFF structure in memory, as EXIF is one: where its numbers lie is given by its first bytes. */
export interface TiffReader {
  /** Where the first directory lies. */
  first: number;
  /** The values of some entries of the directory at `at`, by tag; what cannot be read is left out. */
  entriesAt(at: number, tags: readonly number[]): Map<number, TiffValue>;
}

/** Text, or numbers; fractions are worked out. */
export type TiffValue = string | number[];

const SIZES: Partial<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8, 13: 4 };
/** Longest value that is read, in bytes: times and places are short. */
const LONGEST = 256;
/** Entries that a directory may have: cameras write under a hundred. */
const MOST_ENTRIES = 1000;

/**
 * Reads `bytes` as a TIFF structure; undefined where they are none. Whatever they say, nothing beyond them is read, and no
 * directory is followed from here: loops in them lead nowhere.
 */
export function readTiff(bytes: Buffer): TiffReader | undefined {
  const order = bytes.toString('latin1', 0, 2);
  if (bytes.length < 8 || (order !== 'II' && order !== 'MM')) return undefined;
  const isLittle = order === 'II';
  const u16 = (at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const i32 = (at: number) => (isLittle ? bytes.readInt32LE(at) : bytes.readInt32BE(at));
  if (u16(2) !== 42) return undefined;

  function valueAt(entry: number): TiffValue | undefined {
    const type = u16(entry + 2);
    const count = u32(entry + 4);
    const size = SIZES[type];
    if (size === undefined || count === 0 || count * size > LONGEST) return undefined;
    const at = count * size <= 4 ? entry + 8 : u32(entry + 8);
    if (at + count * size > bytes.length) return undefined;
    if (type === 2) return bytes.toString('latin1', at, at + count);
    return Array.from({ length: count }, (_, n) => numberAt(type, at + n * size));
  }

  function numberAt(type: number, at: number): number {
    if (type === 3) return u16(at);
    if (type === 4 || type === 13) return u32(at);
    if (type === 5) return u32(at) / u32(at + 4);
    if (type === 9) return i32(at);
    if (type === 10) return i32(at) / i32(at + 4);
    return bytes.readUInt8(at);
  }

  return {
    first: u32(4),
    entriesAt(at, tags) {
      const found = new Map<number, TiffValue>();
      if (at < 8 || at + 2 > bytes.length) return found;
      const count = Math.min(u16(at), MOST_ENTRIES);
      for (let n = 0; n < count; n++) {
        const entry = at + 2 + n * 12;
        if (entry + 12 > bytes.length) break;
        const tag = u16(entry);
        const value = tags.includes(tag) && !found.has(tag) ? valueAt(entry) : undefined;
        if (value !== undefined) found.set(tag, value);
      }
      return found;
    },
  };
}
