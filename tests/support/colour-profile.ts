/** The white that profiles are told in, D50. */
const WHITE = [0.9642, 1, 0.8249];

/**
 * An ICC profile (version 2) of a screen or camera: `primaries` are what its red, green and blue look like, in XYZ of
 * D50; `gamma` is its curve.
 */
export function matrixProfile(primaries: number[][], gamma: number): Buffer {
  const [red, green, blue] = primaries as [number[], number[], number[]];
  const curve = Buffer.alloc(16);
  curve.write('curv', 'latin1');
  curve.writeUInt32BE(1, 8);
  curve.writeUInt16BE(Math.round(gamma * 256), 12);
  const name = Buffer.alloc(100);
  name.write('desc', 'latin1');
  name.writeUInt32BE(5, 8);
  name.write('test', 12, 'latin1');
  const tags: [string, Buffer][] = [
    ['desc', name],
    ['cprt', Buffer.from('text\0\0\0\0none\0\0\0\0', 'latin1')],
    ['wtpt', xyz(WHITE)],
    ['rXYZ', xyz(red)],
    ['gXYZ', xyz(green)],
    ['bXYZ', xyz(blue)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const head = Buffer.alloc(128 + 4 + tags.length * 12);
  head.writeUInt32BE(0x02400000, 8);
  head.write('mntrRGB XYZ ', 12, 'latin1');
  head.write('acsp', 36, 'latin1');
  for (const [n, part] of WHITE.entries()) head.writeInt32BE(Math.round(part * 65536), 68 + n * 4);
  head.writeUInt32BE(tags.length, 128);
  let end = head.length;
  for (const [n, [tag, data]] of tags.entries()) {
    const at = 132 + n * 12;
    head.write(tag, at, 'latin1');
    head.writeUInt32BE(end, at + 4);
    head.writeUInt32BE(data.length, at + 8);
    end += data.length;
  }
  head.writeUInt32BE(end, 0);
  return Buffer.concat([head, ...tags.map(([, data]) => data)]);
}

function xyz(values: number[]): Buffer {
  const tag = Buffer.alloc(20);
  tag.write('XYZ ', 'latin1');
  for (const [n, value] of values.entries()) tag.writeInt32BE(Math.round(value * 65536), 8 + n * 4);
  return tag;
}
