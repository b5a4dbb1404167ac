import type { AttendanceSheet } from '../api/attendance-api.ts';
import { attendanceCsv } from '../export/attendance-csv.ts';
import { attendanceXlsx } from '../export/attendance-xlsx.ts';
import { writeWhole } from '../files/write-whole.ts';
import { startNodeWorker } from '../processes/node-worker.ts';
import { host } from './host.ts';
import { withClient } from './kiosk-access.ts';
import { allowOnly, allowWords, ANYWHERE, required, type Options } from './options.ts';
import { say, type Outcome } from './output.ts';
import { UsageError } from './usage.ts';

/** How each format is made. */
const FORMATS: Record<string, (sheet: AttendanceSheet) => string | Promise<Uint8Array>> = {
  csv: attendanceCsv,
  xlsx: (sheet) => attendanceXlsx(sheet, host.startWorker ?? startNodeWorker),
  json: (sheet) => `${JSON.stringify(sheet, null, 2)}\n`,
};

/**
 * `muster export ACTIVITY --format csv|xlsx|json --out FILE [--date DATE]`: the attendance of one activity; of a
 * daily one today's, or that of the date.
 */
export async function exportAttendance(words: string[], options: Options): Promise<Outcome> {
  allowOnly(options, [...ANYWHERE, 'format', 'out', 'date']);
  allowWords(words, 1);
  const activityId = required(words[0], 'ACTIVITY');
  const out = required(options.out, '--out');
  const format = required(options.format, '--format');
  if (!Object.hasOwn(FORMATS, format)) throw new UsageError(`--format ${format} is none of csv, xlsx, json`);
  const takingPlace = options.date !== undefined && { takingPlace: options.date };
  const sheet = await withClient(options, (client) =>
    client.call('attendance.sheet', { activityId, ...takingPlace }),
  );
  await writeWhole(out, await FORMATS[format]!(sheet));
  const rows = sheet.rows.length;
  const missing = sheet.missing.length;
  return {
    exitCode: 0,
    text: say({
      en: `Written to ${out}: ${rows} sign-ins, ${missing} people on leave or absent.`,
      zh: `已写入 ${out}：签到 ${rows} 条，请假或未到 ${missing} 人。`,
    }),
    json: { rows, missing, out },
  };
}
