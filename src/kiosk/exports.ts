import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttendanceSheet } from '../api/attendance-api.ts';
import type { ExportFormat } from '../api/exports-api.ts';
import { attendanceCsv } from '../export/attendance-csv.ts';
import { attendanceXlsx } from '../export/attendance-xlsx.ts';
import { targetUnwritable } from '../files/target-unwritable.ts';
import { writeWhole } from '../files/write-whole.ts';
import type { StartWorker } from '../processes/worker.ts';
import type { Download } from '../web/export-responder.ts';

/** How long a prepared file waits for its download, in milliseconds, and how many do. */
const KEPT_FOR = 5 * 60_000;
const MOST_KEPT = 10;

const TYPES: Record<ExportFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** The sheet as a file with the name it should get: date, title, format. */
export async function makeExport(
  sheet: AttendanceSheet,
  format: ExportFormat,
  startWorker: StartWorker,
): Promise<Download> {
  const bytes =
    format === 'csv'
      ? new TextEncoder().encode(attendanceCsv(sheet.rows))
      : new Uint8Array(await attendanceXlsx(sheet, startWorker));
  return { bytes, fileName: fileNameOf(sheet, format), type: TYPES[format] };
}

/**
 * Writes a file into a folder under its name, or under the next free one: nothing there is replaced.
 * @throws Problem `target-unwritable`; nothing half written stays behind.
 */
export async function saveExport({ bytes, fileName }: Download, folder: string): Promise<string> {
  const path = await takeFreePath(folder, fileName);
  try {
    await writeWhole(path, bytes);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return path;
}

/** Files that were made and wait for their download. */
export interface Downloads {
  /** Keeps a file and gives the ticket for it. */
  keep(download: Download): string;
  find(ticket: string): Download | undefined;
}

/** Starts with no file; `monotonic` gives milliseconds. */
export function openDownloads(monotonic: () => number): Downloads {
  const kept = new Map<string, { download: Download; until: number }>();
  const dropOld = () => {
    for (const [ticket, { until }] of kept) if (until < monotonic()) kept.delete(ticket);
    for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest);
  };
  return {
    keep(download) {
      const ticket = randomBytes(24).toString('base64url');
      kept.set(ticket, { download, until: monotonic() + KEPT_FOR });
      dropOld();
      return ticket;
    },
    find(ticket) {
      dropOld();
      return kept.get(ticket)?.download;
    },
  };
}

/** "2026-11-22 志愿服务之夜 签到表.xlsx": what an office looks for in a folder. */
function fileNameOf({ activity }: AttendanceSheet, format: ExportFormat): string {
  const title = activity.title.zh.replaceAll(/[\p{Cc}<>:"/\\|?*]/gu, ' ').trim();
  return `${activity.startsAt.slice(0, 10)} ${[...title].slice(0, 60).join('')} 签到表.${format}`;
}

/** Makes an empty file under the next free name, so that nobody else takes it meanwhile. */
async function takeFreePath(folder: string, fileName: string): Promise<string> {
  const dot = fileName.lastIndexOf('.');
  for (let number = 1; ; number++) {
    const name = number === 1 ? fileName : `${fileName.slice(0, dot)} (${number})${fileName.slice(dot)}`;
    const path = join(folder, name);
    try {
      await (await open(path, 'wx', 0o600)).close();
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw targetUnwritable(path, error);
    }
  }
}
