import { rename, rm, writeFile } from 'node:fs/promises';
import { attendanceCsv } from '../export/attendance-csv.ts';
import { withClient } from './kiosk-access.ts';
import { allowOnly, required, type Options } from './options.ts';
import { say, type Outcome } from './output.ts';
import { UsageError } from './usage.ts';

/** `muster export ACTIVITY --format csv|json --out FILE`: the attendance of one activity. */
export async function exportAttendance(words: string[], options: Options): Promise<Outcome> {
  allowOnly(options, ['url', 'format', 'out']);
  const activityId = required(words[0], 'ACTIVITY');
  const out = required(options.out, '--out');
  const format = required(options.format, '--format');
  if (format !== 'csv' && format !== 'json')
    throw new UsageError(`--format ${format} is neither csv nor json`);
  const sheet = await withClient(options, (client) => client.call('attendance.sheet', { activityId }));
  await writeWhole(out, format === 'csv' ? attendanceCsv(sheet.rows) : `${JSON.stringify(sheet, null, 2)}\n`);
  const rows = sheet.rows.length;
  return {
    exitCode: 0,
    text: say({ en: `${rows} rows written to ${out}.`, zh: `已将 ${rows} 行写入 ${out}。` }),
    json: { rows, out },
  };
}

/** Writes the whole file or leaves what was there: beside it first, then renamed over it. */
async function writeWhole(path: string, text: string): Promise<void> {
  const beside = `${path}.new`;
  try {
    await writeFile(beside, text, { flush: true });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
