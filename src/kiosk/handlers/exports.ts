import { basename } from 'node:path';
import { CallError } from '../../api/call-error.ts';
import type { Input } from '../../api/contract.ts';
import { Problem } from '../../domain/problem.ts';
import { makeExport, saveExport, type Downloads } from '../exports.ts';
import { findPlaces, folderInPlaces } from '../places.ts';
import { activityById } from './activity-view.ts';
import { attendanceSheet } from './attendance.ts';
import type { HandlersOf, Parts } from './parts.ts';

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
      const path = await saveExport(file, folder).catch(refuse);
      return { path, fileName: basename(path), rows };
    },
    async 'exports.prepare'(input) {
      const { file, rows } = await make(input);
      return { url: `/exports/${downloads.keep(file)}`, fileName: file.fileName, rows };
    },
  };
}

/** A stick that is full or protected is a "no" to whoever chose it, no fault of the kiosk. */
function refuse(error: unknown): never {
  if (!(error instanceof Problem) || error.code !== 'target-unwritable') throw error;
  throw new CallError('refused', error.code, error.words);
}
