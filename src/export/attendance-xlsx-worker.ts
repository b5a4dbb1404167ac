/*
 * Child process that writes attendance sheets, so that a big one does not stall the kiosk.
 */
import { setPriority } from 'node:os';
import writeXlsxFile, { type Image } from 'write-excel-file/node';
import type { AttendanceSheet } from '../api/attendance-api.ts';
import { answerRequests } from '../processes/answer-requests.ts';
import { attendanceCells, HEADER_ROWS, SIGNATURE_COLUMN, WIDTHS } from './attendance-xlsx-cells.ts';
import { printedOn } from './attendance-xlsx-print.ts';

/** One sheet to write. */
export interface AttendanceXlsxRequest {
  sheet: AttendanceSheet;
}

/** The workbook, or what went wrong. */
export type AttendanceXlsxReply = { ok: true; bytes: Uint8Array } | { ok: false; detail: string };

const NAME = '签到表 Attendance';

// Below the kiosk, so that a tap at the gate comes first.
setPriority(10);

answerRequests(({ sheet }: AttendanceXlsxRequest) => write(sheet).catch(asReply));

async function write(sheet: AttendanceSheet): Promise<AttendanceXlsxReply> {
  const images = await picturesOf(sheet);
  const file = writeXlsxFile(
    attendanceCells(sheet),
    {
      sheet: NAME,
      columns: WIDTHS.map((width) => ({ width })),
      stickyRowsCount: HEADER_ROWS,
      orientation: 'landscape',
      showGridLines: false,
      ...(images.length > 0 && { images }),
    },
    { fontFamily: 'Microsoft YaHei', fontSize: 10, features: [printedOn(NAME, HEADER_ROWS)] },
  );
  return { ok: true, bytes: await file.toBuffer() };
}

/** The signatures; what draws them is loaded only where there are any. */
async function picturesOf({ rows }: AttendanceSheet): Promise<Image[]> {
  if (!rows.some(({ signature }) => signature)) return [];
  const { signaturePictures } = await import('./signature-pictures.ts');
  return signaturePictures(rows, { firstRow: HEADER_ROWS + 1, column: SIGNATURE_COLUMN });
}

function asReply(error: unknown): AttendanceXlsxReply {
  return { ok: false, detail: error instanceof Error ? error.message : String(error) };
}
