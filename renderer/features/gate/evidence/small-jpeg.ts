/** A photo's longer edge in pixels, and most bytes of its file. */
export const MOST_EDGE = 320;
export const MOST_BYTES = 25_000;

const QUALITIES = [0.85, 0.75, 0.65, 0.55, 0.45, 0.35, 0.25];
const HEAD = 'data:image/jpeg;base64,';

/**
 * The picture as a small JPEG in a data URL: of less quality, then smaller, until it fits.
 * @param draw draws the picture on a canvas of that size
 */
export function smallJpeg(
  { width, height }: { width: number; height: number },
  draw: (context: CanvasRenderingContext2D, width: number, height: number) => void,
): string {
  const canvas = document.createElement('canvas');
  for (let edge = MOST_EDGE; ; edge = Math.round(edge * 0.7)) {
    const scale = Math.min(1, edge / Math.max(width, height));
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const context = canvas.getContext('2d');
    if (!context) throw new Error('this screen gives no canvas to draw on');
    draw(context, canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      const url = canvas.toDataURL('image/jpeg', quality);
      if (!url.startsWith(HEAD)) throw new Error('this screen makes no JPEG');
      if (((url.length - HEAD.length) * 3) / 4 <= MOST_BYTES) return url;
    }
  }
}
