import sharp from 'sharp';

/** A plain picture; each colour is another photo to the library. */
export function plainPicture(width: number, height: number, colour = '#a3141b') {
  return sharp({ create: { width, height, channels: 3, background: colour } });
}

export function plainJpeg(width: number, height: number, colour?: string): Promise<Buffer> {
  return plainPicture(width, height, colour).jpeg().toBuffer();
}
