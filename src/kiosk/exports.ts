import { randomBytes } from 'node:crypto';
import type { AttendanceSheet } from '../api/attendance-api.ts';
import type { ExportFormat } from '../api/exports-api.ts';
import { attendanceCsv } from '../export/attendance-csv.ts';
import { attendanceXlsx } from '../export/attendance-xlsx.ts';
import { writeNew } from '../files/write-new.ts';
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
      ? new TextEncoder().encode(attendanceCsv(sheet))
      : new Uint8Array(await attendanceXlsx(sheet, startWorker));
  return { bytes, fileName: fileNameOf(sheet, format), type: TYPES[format] };
}

/** Writes a file into a folder, over nothing that is there. @throws Problem `target-unwritable`. */
export function saveExport({ bytes, fileName }: Download, folder: string): Promise<string> {
  return writeNew(folder, fileName, bytes);
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
