import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { CallError } from '../api/call-error.ts';
import type { PhotoImportView } from '../api/photos-api.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';
import { targetUnwritable } from '../files/target-unwritable.ts';
import { MAX_BYTES, SKIP_WORDS } from '../photos/skip-reasons.ts';
import type { ImportReport, PhotoImport } from './import-photos.ts';

/** Photos that come in through the office: one import at a time, the others wait. */
export interface PhotoImports {
  /** Imports a folder; resolves at once, the work goes on. */
  startFolder(path: string, albumName: string): string;
  /** Opens an import whose files are sent one by one. */
  beginUpload(albumName: string): Promise<string>;
  /** Takes one file of an open upload. @throws Problem `import-unknown`, `file-too-large`, `target-unwritable`. */
  takeFile(importId: string, name: string, body: ReadableStream): Promise<void>;
  endUpload(importId: string): void;
  cancel(importId: string): void;
  /** Newest first. */
  list(): PhotoImportView[];
  /** Stops what is under way and waits for it. */
  close(): Promise<void>;
}

interface Job {
  view: PhotoImportView;
  stop: AbortController;
  /** Where the files of an upload are kept until they are imported. */
  uploadFolder?: string;
  /** More files may come. */
  open: boolean;
  uploaded: number;
  /** Files on their way, and what stops them when the upload is over: half a file is none. */
  arriving: Set<Promise<void>>;
  over: AbortController;
}

/** Imports that are remembered. */
const REMEMBERED = 20;
/** Screens are told of progress at most this often, in milliseconds. */
const TELL_EVERY = 250;

/**
 * Runs imports one after the other. `run` does the work, `uploads` is the folder for files that browsers send
 * (emptied here), `onChange` is called when there is news.
 */
export async function openPhotoImports(
  run: (request: PhotoImport) => Promise<ImportReport>,
  uploads: string,
  onChange: () => void,
  onFault: (error: unknown) => void,
): Promise<PhotoImports> {
  await rm(uploads, { recursive: true, force: true });
  const jobs = new Map<string, Job>();
  const tell = atMostEvery(TELL_EVERY, onChange);
  let turn: Promise<void> = Promise.resolve();

  function add(albumName: string): Job {
    const view: PhotoImportView = {
      importId: randomUUID(),
      albumName,
      state: 'waiting',
      done: 0,
      total: null,
      added: 0,
      doubles: 0,
      skipped: [],
      trouble: null,
    };
    const job: Job = {
      view,
      stop: new AbortController(),
      open: false,
      uploaded: 0,
      arriving: new Set(),
      over: new AbortController(),
    };
    jobs.set(view.importId, job);
    const over = [...jobs.values()].filter(({ view }) => isOver(view));
    for (const old of over.slice(0, Math.max(0, jobs.size - REMEMBERED))) jobs.delete(old.view.importId);
    tell();
    return job;
  }

  function enqueue(job: Job, path: string): void {
    turn = turn.then(() => work(job, path)).catch(onFault);
  }

  async function work(job: Job, path: string): Promise<void> {
    const { view, stop, uploadFolder } = job;
    let soFar: Readonly<ImportReport> | undefined;
    try {
      await Promise.allSettled(job.arriving);
      if (!stop.signal.aborted) {
        view.state = 'running';
        tell();
        const report = await run({
          path,
          albumName: view.albumName,
          signal: stop.signal,
          onFound: (files) => (view.total = files),
          onFile(done, _file, report) {
            soFar = report;
            const { added, doubles, skipped } = report;
            Object.assign(view, { done, added, doubles, skipped: leftOut(path, job, skipped) });
            tell();
          },
        });
        Object.assign(view, { added: report.added, doubles: report.doubles });
      }
      view.state = stop.signal.aborted ? 'cancelled' : 'done';
    } catch (error) {
      view.state = 'failed';
      // What was under way when it broke off has been recorded since.
      if (soFar) view.added = soFar.added;
      view.trouble = error instanceof Problem ? error.words : brokenOff;
      if (!(error instanceof Problem)) onFault(error);
    } finally {
      if (uploadFolder !== undefined) await rm(uploadFolder, { recursive: true, force: true });
      tell();
    }
  }

  function openUpload(importId: string): Job & { uploadFolder: string } {
    const job = jobs.get(importId);
    if (job?.uploadFolder === undefined || !job.open) throw importUnknown();
    return job as Job & { uploadFolder: string };
  }

  function endUpload(importId: string): void {
    const job = openUpload(importId);
    job.open = false;
    job.over.abort();
    enqueue(job, job.uploadFolder);
  }

  return {
    startFolder(path, albumName) {
      const job = add(albumName);
      enqueue(job, path);
      return job.view.importId;
    },
    async beginUpload(albumName) {
      const job = add(albumName);
      job.uploadFolder = join(uploads, job.view.importId);
      job.open = true;
      await mkdir(job.uploadFolder, { recursive: true, mode: 0o700 });
      return job.view.importId;
    },
    async takeFile(importId, name, body) {
      const job = openUpload(importId);
      // A folder each: two files of one name are two files.
      const folder = join(job.uploadFolder, String(++job.uploaded).padStart(6, '0'));
      await mkdir(folder, { mode: 0o700 });
      const file = join(folder, safeName(name));
      const arriving = receive(body, file, job.over.signal);
      job.arriving.add(arriving);
      try {
        await arriving;
      } finally {
        job.arriving.delete(arriving);
      }
    },
    endUpload,
    cancel(importId) {
      const job = jobs.get(importId);
      if (!job) throw importUnknown();
      if (isOver(job.view)) return;
      job.stop.abort();
      if (job.open) endUpload(importId);
    },
    list: () => [...jobs.values()].map(({ view }) => ({ ...view })).reverse(),
    async close() {
      for (const { stop, over } of jobs.values()) {
        stop.abort();
        over.abort();
      }
      await Promise.allSettled([...jobs.values()].flatMap(({ arriving }) => [...arriving]));
      await turn;
    },
  };
}

/** Writes a file into a folder of its own; one that does not come whole goes again with its folder. */
async function receive(body: ReadableStream, file: string, signal: AbortSignal): Promise<void> {
  const target = createWriteStream(file, { mode: 0o600 });
  try {
    await pipeline(Readable.fromWeb(body), atMostBytes(MAX_BYTES), target, { signal });
  } catch (error) {
    await rm(dirname(file), { recursive: true, force: true });
    if (signal.aborted) throw importUnknown();
    throw (error as NodeJS.ErrnoException).syscall === 'write' ? targetUnwritable(file, error) : error;
  }
}

/** Left-out files by their place below the folder; what was uploaded by its name alone. */
function leftOut(path: string, job: Job, skipped: ImportReport['skipped']): PhotoImportView['skipped'] {
  return skipped.map(({ file, reason }) => ({
    file: job.uploadFolder === undefined ? relative(path, file) || file : basename(file),
    words: SKIP_WORDS[reason],
  }));
}

const brokenOff: Bilingual = {
  en: 'The import broke off: something went wrong inside the kiosk. What was imported by then is kept; please start it again.',
  zh: '导入中断：程序内部出错。此前导入的照片已保存，请重新导入。',
};

function isOver({ state }: PhotoImportView): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed';
}

/** Longest name of a kept file, in bytes; file systems bear 255. */
const MOST_NAME_BYTES = 200;
/** Names that are devices on Windows, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The last part of a name, without what a file system does not bear. */
function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const kept = last.replaceAll(/[\p{Cc}<>:"|?*]/gu, '').replace(/^\.+/, '');
  const characters = [...kept].slice(-MOST_NAME_BYTES);
  while (Buffer.byteLength(characters.join('')) > MOST_NAME_BYTES) characters.shift();
  const short = characters.join('') || 'photo';
  return DEVICE.test(short) ? `_${short}` : short;
}

function atMostBytes(most: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      seen += chunk.length;
      if (seen > most) next(fileTooLarge(most));
      else next(null, chunk);
    },
  });
}

/** Calls `tell` at once and then no more often than `every` milliseconds; the last call is never lost. */
function atMostEvery(every: number, tell: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  return function told() {
    if (timer) {
      again = true;
      return;
    }
    tell();
    timer = setTimeout(() => {
      timer = undefined;
      if (!again) return;
      again = false;
      told();
    }, every);
    timer.unref();
  };
}

function importUnknown(): CallError {
  return new CallError('refused', 'import-unknown', {
    en: 'This import is over or was never begun. Please start a new one.',
    zh: '该导入已结束或不存在，请重新开始导入。',
  });
}

function fileTooLarge(most: number): CallError {
  const megabytes = most / 1024 / 1024;
  return new CallError('too-large', 'file-too-large', {
    en: `The file has more than ${megabytes} MB. Please save the photo smaller.`,
    zh: `文件超过 ${megabytes} MB，请将照片另存为较小的文件。`,
  });
}
