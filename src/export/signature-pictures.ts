import sharp from 'sharp';
import type { Image } from 'write-excel-file/node';
import type { AttendanceRow } from '../api/attendance-api.ts';
import type { Signature } from '../domain/evidence.ts';

/** The most room a signature has, in pixels of the sheet (96 an inch), and how many are printed for each. */
const WIDTH = 96;
const HEIGHT = 38;
const SHARPNESS = 4;
/** Width of the pen, in pixels of the sheet. */
const PEN = 1.2;
/** From the edge of the cell, in pixels of the sheet. */
const MARGIN = 3;

/** The signatures of the rows, each in its cell: the first row of the sheet that holds them, and the column, from 1. */
export async function signaturePictures(
  rows: readonly AttendanceRow[],
  { firstRow, column }: { firstRow: number; column: number },
): Promise<Image[]> {
  const pictures: Image[] = [];
  for (const [index, { signature, name }] of rows.entries()) {
    if (!signature) continue;
    const { width, height } = sizeOf(signature);
    pictures.push({
      content: await pngOf(signature, { width, height }),
      contentType: 'image/png',
      width,
      height,
      dpi: 96,
      anchor: { row: firstRow + index, column },
      offsetX: MARGIN,
      offsetY: MARGIN,
      title: name,
    });
  }
  return pictures;
}

/** As large as fits the cell, in the shape of its box. */
function sizeOf({ width, height }: Signature): { width: number; height: number } {
  const scale = Math.min(WIDTH / width, HEIGHT / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function pngOf(signature: Signature, { width, height }: { width: number; height: number }): Promise<Buffer> {
  const pen = (PEN * signature.width) / width;
  const lines = signature.strokes.map(
    (points) =>
      `<polyline points="${points.join(' ')}${points.length === 2 ? ` ${points.join(' ')}` : ''}"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width * SHARPNESS}" height="${height * SHARPNESS}" viewBox="0 0 ${signature.width} ${signature.height}" preserveAspectRatio="none" fill="none" stroke="#1a1a1a" stroke-width="${pen}" stroke-linecap="round" stroke-linejoin="round">${lines.join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
