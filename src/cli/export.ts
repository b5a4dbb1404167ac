import { randomBytes } from 'node:crypto';
import { lstat, open, rename, rm, writeFile } from 'node:fs/promises';
import { attendanceCsv } from '../export/attendance-csv.ts';
import { withClient } from './kiosk-access.ts';
import { allowOnly, allowWords, required, type Options } from './options.ts';
import { say, type Outcome } from './output.ts';
import { UsageError } from './usage.ts';

/** `muster export ACTIVITY --format csv|json --out FILE`: the attendance of one activity. */
export async function exportAttendance(words: string[], options: Options): Promise<Outcome> {
  allowOnly(options, ['format', 'out']);
  allowWords(words, 1);
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

/**
 * Writes the whole file or leaves what was there: beside it first, then renamed over it. What is there and no
 * ordinary file (a link, /dev/stdout) is never replaced, but written to.
 */
async function writeWhole(path: string, text: string): Promise<void> {
  if (await isSpecial(path)) return writeFile(path, text);
  const beside = `${path}.${randomBytes(4).toString('hex')}.new`;
  const file = await open(beside, 'wx', 0o600);
  try {
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function isSpecial(path: string): Promise<boolean> {
  try {
    return !(await lstat(path)).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
