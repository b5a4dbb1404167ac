import type { AttendanceSheet } from '../api/attendance-api.ts';
import { askedWorker } from '../processes/asked-worker.ts';
import type { StartWorker } from '../processes/worker.ts';
import type { AttendanceXlsxReply, AttendanceXlsxRequest } from './attendance-xlsx-worker.ts';

/** Longest time one sheet may take, in milliseconds: ten times what 100,000 rows take on two idle cores. */
const TIME_LIMIT = 300_000;

/**
 * The attendance sheet as an Excel workbook (.xlsx), written in a process of its own: to be handed in and printed,
 * every text as text and every time as a real one, as it was at the gate.
 * @throws Error when the process cannot be started, breaks or is too slow: a fault, nobody's mistake.
 */
export async function attendanceXlsx(sheet: AttendanceSheet, startWorker: StartWorker): Promise<Uint8Array> {
  const worker = askedWorker<AttendanceXlsxRequest, AttendanceXlsxReply>(
    startWorker('attendance-xlsx'),
    TIME_LIMIT,
  );
  const asked = await worker.ask({ sheet });
  worker.end('done');
  if ('ended' in asked) throw new Error(`the attendance sheet could not be written: ${asked.how}`);
  if (!asked.reply.ok) throw new Error(`the attendance sheet could not be written: ${asked.reply.detail}`);
  return asked.reply.bytes;
}
