import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ReadableStream } from 'node:stream/web';
import { LEFT_OUT_LIMIT, type PhotoImportView } from '../api/photos-api.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';
import { SKIP_WORDS } from '../photos/skip-reasons.ts';
import { atMostEvery } from './at-most-every.ts';
import type { ImportReport, PhotoImport } from './import-photos.ts';
import { importUnknown, openPhotoUpload, type PhotoUpload } from './photo-upload.ts';

/** Photos that come in through the office: one import at a time, the others wait. */
export interface PhotoImports {
  /** Imports a folder; resolves at once, the work goes on. */
  startFolder(path: string, albumName: string): string;
  /**
   * Opens an import whose files are sent one by one, by whoever has the ticket; `files`: how many will come. It
   * ends by `endUpload`, by `cancel`, or when nobody sends for five minutes.
   * @throws Problem `target-unwritable`.
   */
  beginUpload(albumName: string, files?: number): Promise<{ importId: string; ticket: string }>;
  /** Takes one file of an open upload. @throws as `PhotoUpload.take`. */
  takeFile(ticket: string, name: string, body: ReadableStream): Promise<void>;
  /** Nothing more comes: what has arrived is imported. @throws CallError `import-unknown`. */
  endUpload(ticket: string): void;
  /** Stops the sending, if that is what is under way, and imports what has arrived; else the import. */
  cancel(importId: string): void;
  /** Newest first. */
  list(): PhotoImportView[];
  /** Stops what is under way and waits for it. */
  close(): Promise<void>;
}

interface Job {
  view: Omit<PhotoImportView, 'sent'>;
  stop: AbortController;
  upload?: PhotoUpload & { files: number | null };
}

/** Imports that are remembered. */
const REMEMBERED = 20;
/** Screens are told of progress at most this often, in milliseconds. */
const TELL_EVERY = 250;

/**
 * Runs imports one after the other. `run` does the work, `uploads` is the folder for files that browsers send
 * (emptied here, once), `onChange` is called when there is news.
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

  function add(job: Job): void {
    jobs.set(job.view.importId, job);
    const over = [...jobs.values()].filter(({ view }) => isOver(view));
    for (const old of over.slice(0, Math.max(0, jobs.size - REMEMBERED))) jobs.delete(old.view.importId);
    tell();
  }

  function enqueue(job: Job, path: string): void {
    turn = turn.then(() => work(job, path)).catch(onFault);
  }

  async function work(job: Job, path: string): Promise<void> {
    const { view, stop, upload } = job;
    let soFar: Readonly<ImportReport> | undefined;
    try {
      await upload?.end();
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
            Object.assign(view, { done, added, doubles });
            for (const file of skipped.slice(view.leftOut)) leaveOut(job, path, file);
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
      view.trouble = troubleOf(error, upload !== undefined);
      if (!(error instanceof Problem)) onFault(error);
    } finally {
      if (upload) await rm(upload.folder, { recursive: true, force: true });
      tell();
    }
  }

  function endSending(job: Job & { upload: PhotoUpload }): void {
    job.upload.end().catch(onFault);
    enqueue(job, job.upload.folder);
    tell();
  }

  function openUpload(ticket: string): Job & { upload: PhotoUpload } {
    const job = [...jobs.values()].find(({ upload }) => upload?.ticket === ticket);
    if (!isSending(job)) throw importUnknown();
    return job;
  }

  return {
    startFolder(path, albumName) {
      const job = newJob(albumName);
      add(job);
      enqueue(job, path);
      return job.view.importId;
    },
    async beginUpload(albumName, files) {
      const job = newJob(albumName);
      const { importId } = job.view;
      const onIdle = () => isSending(job) && endSending(job);
      const upload = await openPhotoUpload(join(uploads, importId), tell, onIdle);
      job.upload = Object.assign(upload, { files: files ?? null });
      add(job);
      return { importId, ticket: upload.ticket };
    },
    async takeFile(ticket, name, body) {
      await openUpload(ticket).upload.take(name, body);
    },
    endUpload: (ticket) => endSending(openUpload(ticket)),
    cancel(importId) {
      const job = jobs.get(importId);
      if (!job) throw importUnknown();
      if (isSending(job)) endSending(job);
      else if (!isOver(job.view)) job.stop.abort();
    },
    list: () => Array.from(jobs.values(), viewOf).reverse(),
    async close() {
      for (const { stop } of jobs.values()) stop.abort();
      await Promise.all(Array.from(jobs.values(), ({ upload }) => upload?.end()));
      await turn;
    },
  };
}

function newJob(albumName: string): Job {
  return {
    view: {
      importId: randomUUID(),
      albumName,
      state: 'waiting',
      done: 0,
      total: null,
      added: 0,
      doubles: 0,
      skipped: [],
      leftOut: 0,
      trouble: null,
    },
    stop: new AbortController(),
  };
}

function viewOf({ view, upload }: Job): PhotoImportView {
  const { arrived, files, over } = upload ?? {};
  const sent = upload ? { arrived: arrived!, files: files!, over: over! } : null;
  return { ...view, skipped: [...view.skipped], sent };
}

function isSending(job: Job | undefined): job is Job & { upload: PhotoUpload } {
  return job?.upload?.over === false;
}

/** Counts a left-out file, and lists the first ones: by their place below the folder, or what was sent by its name. */
function leaveOut(
  { view, upload }: Job,
  path: string,
  { file, reason }: ImportReport['skipped'][number],
): void {
  view.leftOut++;
  if (view.skipped.length >= LEFT_OUT_LIMIT) return;
  // Not by `relative`: a name in a zip file may have any number of "..".
  const below = file.startsWith(path) ? file.slice(path.length + 1) : file;
  // Each file that was sent lies in a folder of its own.
  const shown = upload ? below.slice(below.search(/[\\/]/) + 1) : below || basename(file);
  view.skipped.push({ file: shown, words: SKIP_WORDS[reason] });
}

/** What was sent lies inside the kiosk: no words about sticks and paths are of use to whoever sent it. */
function troubleOf(error: unknown, wasSent: boolean): Bilingual {
  if (!(error instanceof Problem)) return brokenOff;
  return wasSent && error.code.startsWith('import-') ? sentFilesGone : error.words;
}

const brokenOff: Bilingual = {
  en: 'The import broke off: something went wrong inside the kiosk. What was imported by then is kept; please start it again.',
  zh: '导入中断：程序内部出错。此前导入的照片已保存，请重新导入。',
};
const sentFilesGone: Bilingual = {
  en: "The files that were sent can no longer be read from the kiosk's disk. What was imported by then is kept; please have the disk checked and send the files again.",
  zh: '无法从主机磁盘读取已上传的文件。此前导入的照片已保存，请检查磁盘后重新上传。',
};

function isOver({ state }: Pick<PhotoImportView, 'state'>): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed';
}
