import { basename } from 'node:path';
import type { Input } from '../../api/contract.ts';
import { makeExport, saveExport, type Downloads } from '../exports.ts';
import { findPlaces, folderInPlaces } from '../places.ts';
import { activityById } from './activity-view.ts';
import { attendanceSheet } from './attendance-sheet.ts';
import type { HandlersOf, Parts } from './parts.ts';
import { refuseUnwritable } from './refuse-unwritable.ts';

/** Answers `exports.*`. */
export function exportHandlers(
  { ledger, clock, startWorker }: Parts,
  downloads: Downloads,
): HandlersOf<'exports'> {
  async function make({ activityId, takingPlace, format }: Input<'exports.prepare'>) {
    const activity = activityById(ledger.state, activityId);
    const sheet = attendanceSheet(ledger.state, activity, clock.now(), takingPlace);
    return { file: await makeExport(sheet, format, startWorker), rows: sheet.rows.length };
  }
  return {
    async 'exports.save'(input) {
      const folder = await folderInPlaces(input.folder, await findPlaces());
      const { file, rows } = await make(input);
      const path = await saveExport(file, folder).catch(refuseUnwritable);
      return { path, fileName: basename(path), rows };
    },
    async 'exports.prepare'(input) {
      const { file, rows } = await make(input);
      return { url: `/exports/${downloads.keep(file)}`, fileName: file.fileName, rows };
    },
  };
}
