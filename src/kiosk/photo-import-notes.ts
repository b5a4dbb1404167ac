import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PhotoImportView } from '../api/photos-api.ts';
import { isNotThere } from '../files/is-there.ts';
import { writeWhole } from '../files/write-whole.ts';

/** An import as it is kept over a restart. */
export interface NotedImport {
  view: PhotoImportView;
  /** What it imports; null while files are still being sent. */
  path: string | null;
}

/** The imports that a restart must not forget. */
export interface ImportNotes {
  read(): Promise<NotedImport[]>;
  /** Resolves when the disk has it; of several at once the last counts. @throws Problem `target-unwritable`. */
  write(noted: readonly NotedImport[]): Promise<void>;
}

/** Keeps them in a small file. One that is damaged is told to `onFault` and begun anew: no photo is lost with it. */
export function importNotes(file: string, onFault: (error: unknown) => void): ImportNotes {
  let turn: Promise<void> = Promise.resolve();
  return {
    async read() {
      try {
        const value: unknown = JSON.parse(await readFile(file, 'utf8'));
        if (Array.isArray(value) && value.every(isNoted)) return value;
        throw new Error(`${file} is no list of imports`);
      } catch (error) {
        if (!isNotThere(error)) onFault(error);
        return [];
      }
    },
    write(noted) {
      const text = `${JSON.stringify(noted, undefined, 1)}\n`;
      const mine = turn.then(async () => {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await writeWhole(file, text);
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

function isNoted(value: unknown): value is NotedImport {
  if (typeof value !== 'object' || value === null) return false;
  const { view, path } = value as Partial<NotedImport>;
  const isView = typeof view?.importId === 'string' && Array.isArray(view.skipped);
  return isView && (path === null || typeof path === 'string');
}
