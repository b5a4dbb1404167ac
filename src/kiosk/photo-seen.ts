import type { BigIntStats } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isNotThere } from '../files/is-there.ts';
import { writeWhole } from '../files/write-whole.ts';
import type { SeenFiles } from '../photos/seen-files.ts';

/** What is remembered between imports about files that were read. */
export interface SeenNotes {
  /** Reads what is remembered, for one import. */
  open(): Promise<SeenFiles>;
  /** Keeps what the import has added. */
  keep(): Promise<void>;
}

/** Files that are remembered; of more, those that were met longest ago are forgotten. */
const MOST = 20_000;
/** A file that was written so shortly ago may change again within the same tick of its disk's clock (FAT: 2 s). */
const SETTLED_AFTER = 3000;

type Line = [path: string, size: string, mtime: string, ino: string, photoId: string];

/**
 * Remembers in a small file which photo each imported file holds, by its path, size, time and number. It only saves
 * work: where it is lost or damaged (`onFault` is told) files are read again.
 */
export function seenNotes(file: string, onFault: (error: unknown) => void): SeenNotes {
  let lines = new Map<string, Line>();
  let isChanged = false;

  async function read(): Promise<Line[]> {
    try {
      const value: unknown = JSON.parse(await readFile(file, 'utf8'));
      if (Array.isArray(value) && value.every(isLine)) return value;
      throw new Error(`${file} is no list of files that were seen`);
    } catch (error) {
      if (!isNotThere(error)) onFault(error);
      return [];
    }
  }

  return {
    async open() {
      lines = new Map((await read()).map((line) => [line[0], line]));
      isChanged = false;
      return {
        find(path, info) {
          const line = lines.get(path);
          if (!line || !isAs(line, info)) return undefined;
          // The latest last.
          lines.delete(path);
          lines.set(path, line);
          return line[4];
        },
        remember(path, info, photoId) {
          const known = lines.get(path);
          if (known?.[4] === photoId && isAs(known, info)) return;
          if (Date.now() - Number(info.mtimeMs) < SETTLED_AFTER) return;
          lines.delete(path);
          lines.set(path, [path, String(info.size), String(info.mtimeNs), String(info.ino), photoId]);
          isChanged = true;
        },
      };
    },
    async keep() {
      const kept = [...lines.values()].slice(-MOST);
      lines = new Map();
      if (isChanged) await writeWhole(file, `${JSON.stringify(kept)}\n`);
    },
  };
}

function isAs([, size, mtime, ino]: Line, info: BigIntStats): boolean {
  return size === String(info.size) && mtime === String(info.mtimeNs) && ino === String(info.ino);
}

function isLine(value: unknown): value is Line {
  return Array.isArray(value) && value.length === 5 && value.every((part) => typeof part === 'string');
}
