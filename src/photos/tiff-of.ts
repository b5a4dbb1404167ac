/** Types of values in a TIFF. */
const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;

const ENTRIES = 11;
const HEAD = 8 + 2 + ENTRIES * 12 + 4;

/** Raw RGB pixels with a colour profile as a TIFF: the one way to tell sharp which colours they are in. */
export function tiffOf(pixels: Buffer, width: number, height: number, profile: Buffer): Buffer {
  const bits = HEAD;
  const profileAt = bits + 6;
  const pixelsAt = profileAt + profile.length + (profile.length % 2);
  const entries = [
    [0x0100, LONG, 1, width],
    [0x0101, LONG, 1, height],
    [0x0102, SHORT, 3, bits],
    [0x0103, SHORT, 1, 1],
    [0x0106, SHORT, 1, 2],
    [0x0111, LONG, 1, pixelsAt],
    [0x0115, SHORT, 1, 3],
    [0x0116, LONG, 1, height],
    [0x0117, LONG, 1, pixels.length],
    [0x011c, SHORT, 1, 1],
    [0x8773, UNDEFINED, profile.length, profileAt],
  ] as const;
  const head = Buffer.alloc(pixelsAt);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(ENTRIES, 8);
  for (const [n, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + n * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    head.writeUInt32LE(value, at + 8);
  }
  for (const n of [0, 1, 2]) head.writeUInt16LE(8, bits + n * 2);
  profile.copy(head, profileAt);
  return Buffer.concat([head, pixels]);
}
