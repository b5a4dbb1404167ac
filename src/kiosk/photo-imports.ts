import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ReadableStream } from 'node:stream/web';
import { LEFT_OUT_LIMIT, type PhotoImportView } from '../api/photos-api.ts';
import { CallError } from '../api/call-error.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import { Problem } from '../domain/problem.ts';
import { SKIP_WORDS } from '../photos/skip-reasons.ts';
import { atMostEvery } from './at-most-every.ts';
import type { ImportReport, PhotoImport } from './import-photos.ts';
import { importNotes, type NotedImport } from './photo-import-notes.ts';
import { photoPace, type PhotoPace } from './photo-pace.ts';
import { importUnknown, openPhotoUpload, type PhotoUpload } from './photo-upload.ts';

/** Photos that come in through the office: one import at a time, the others wait. */
export interface PhotoImports {
  /** Imports a folder; resolves when the import is noted on disk, the work goes on. @throws Problem `target-unwritable`. */
  startFolder(path: string, albumName: string): Promise<string>;
  /** Imports files of a folder that is looked after by itself; resolves with how it ended. */
  importFiles(path: string, only: readonly string[], albumName: string): Promise<PhotoImportView>;
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
  /** Somebody has read how an import ended: it need not be shown any more. @throws CallError `import-under-way`. */
  read(importId: string): Promise<void>;
  /** Begins again what a restart has cut off. */
  resume(): void;
  /** Does other work with the library in its turn, so that no two imports run at a time. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Newest first. */
  list(): PhotoImportView[];
  /** Stops what is under way and waits for it. */
  close(): Promise<void>;
}

interface Job {
  view: PhotoImportView;
  stop: AbortController;
  /** What is imported; null while files are still being sent. */
  path: string | null;
  /** Files below the path that are meant; without them all are. */
  only?: readonly string[];
  upload?: PhotoUpload;
  pace?: PhotoPace;
}

/** Where the imports of a kiosk keep what they need, and whom they tell. */
export interface ImportsOptions {
  /** For files that browsers send. */
  uploads: string;
  /** A small file with what a restart must not forget. */
  notes: string;
  /** Throws where the disk has no room for photos. */
  requireRoom(): Promise<void>;
  /** Called when there is news. */
  onChange(): void;
  onFault(error: unknown): void;
}

/** Imports that are listed, though nobody need read them any more. */
const REMEMBERED = 20;
/** Imports that are listed until somebody has read them. */
const MOST_UNREAD = 100;
/** Screens are told of progress at most this often, in milliseconds. */
const TELL_EVERY = 250;

/** Runs imports one after the other; `run` does the work. What a restart cut off waits for `resume`. */
export async function openPhotoImports(
  run: (request: PhotoImport) => Promise<ImportReport>,
  { uploads, notes, requireRoom, onChange, onFault }: ImportsOptions,
): Promise<PhotoImports> {
  const noted = importNotes(notes, onFault);
  const jobs = new Map<string, Job>();
  for (const { view, path } of await noted.read()) jobs.set(view.importId, jobAgain(view, path));
  await clearUploads(uploads, jobs);
  const tell = atMostEvery(TELL_EVERY, onChange);
  /** Cut off by a restart, and not yet begun again. */
  const cutOff = new Set([...jobs.values()].filter(({ view }) => view.resumed && !isOver(view)));
  let turn: Promise<unknown> = Promise.resolve();
  let closing = false;

  async function note(): Promise<void> {
    // What closing has stopped is begun again with the next start.
    if (closing) return;
    const kept = [...jobs.values()].filter(isKept);
    await noted.write(
      kept.map((job): NotedImport => ({ view: { ...viewOf(job), pace: null }, path: job.path })),
    );
  }

  async function add(job: Job): Promise<void> {
    jobs.set(job.view.importId, job);
    const over = [...jobs.values()].filter(({ view }) => isOver(view));
    for (const [most, old] of [
      [REMEMBERED, over.filter(({ view }) => !isToBeRead(view))],
      [MOST_UNREAD, over.filter(({ view }) => isToBeRead(view))],
    ] as const)
      for (const { view } of old.slice(0, Math.max(0, old.length - most))) jobs.delete(view.importId);
    tell();
    await note();
  }

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  function enqueue(job: Job, path: string): Promise<void> {
    return inTurn(() => work(job, path)).catch(onFault);
  }

  async function work(job: Job, path: string): Promise<void> {
    const { view, stop, upload, only } = job;
    let soFar: Readonly<ImportReport> | undefined;
    try {
      await upload?.end();
      if (!stop.signal.aborted) {
        view.state = 'running';
        tell();
        const report = await run({
          path,
          ...(only && { only }),
          albumName: view.albumName,
          signal: stop.signal,
          onFound(files) {
            view.total = files;
            job.pace ??= photoPace();
          },
          onFile(done, _file, report) {
            soFar = report;
            const { added, doubles, skipped } = report;
            Object.assign(view, { done, added, doubles });
            job.pace?.step(done);
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
      view.trouble = troubleOf(error, view.sent !== null);
      if (!(error instanceof Problem)) onFault(error);
    } finally {
      if (view.sent && !closing) await rm(path, { recursive: true, force: true });
      tell();
      await note();
    }
  }

  function endSending(job: Job & { upload: PhotoUpload }): void {
    job.upload.end().then(note).catch(onFault);
    job.path = job.upload.folder;
    void enqueue(job, job.path);
    tell();
  }

  function openUpload(ticket: string): Job & { upload: PhotoUpload } {
    const job = [...jobs.values()].find(({ upload }) => upload?.ticket === ticket);
    if (!isSending(job)) throw importUnknown();
    return job;
  }

  function known(importId: string): Job {
    const job = jobs.get(importId);
    if (!job) throw importUnknown();
    return job;
  }

  return {
    async startFolder(path, albumName) {
      const job = newJob(albumName, path);
      await add(job);
      void enqueue(job, path);
      return job.view.importId;
    },
    async importFiles(path, only, albumName) {
      const job: Job = { ...newJob(albumName, path), only };
      await add(job);
      await enqueue(job, path);
      return viewOf(job);
    },
    async beginUpload(albumName, files) {
      const job = newJob(albumName, null);
      const { importId } = job.view;
      const onIdle = () => isSending(job) && endSending(job);
      job.upload = await openPhotoUpload(join(uploads, importId), { onArrived: tell, onIdle, requireRoom });
      job.view.sent = { arrived: 0, files: files ?? null, over: false };
      await add(job);
      return { importId, ticket: job.upload.ticket };
    },
    async takeFile(ticket, name, body) {
      await openUpload(ticket).upload.take(name, body);
    },
    endUpload: (ticket) => endSending(openUpload(ticket)),
    cancel(importId) {
      const job = known(importId);
      if (isSending(job)) endSending(job);
      else if (!isOver(job.view)) job.stop.abort();
      // One that was not begun again is over at once.
      if (cutOff.delete(job)) void enqueue(job, job.path!);
    },
    async read(importId) {
      const { view } = known(importId);
      if (!isOver(view)) throw importUnderWay();
      view.read = true;
      tell();
      await note();
    },
    resume() {
      for (const job of jobs.values())
        if (job.path !== null && job.view.resumed && job.view.state === 'waiting')
          void enqueue(job, job.path);
    },
    inTurn,
    list: () => Array.from(jobs.values(), viewOf).reverse(),
    async close() {
      closing = true;
      for (const { stop } of jobs.values()) stop.abort();
      await Promise.all(Array.from(jobs.values(), ({ upload }) => upload?.end()));
      await turn;
    },
  };
}

function newJob(albumName: string, path: string | null): Job {
  return {
    view: {
      importId: randomUUID(),
      albumName,
      state: 'waiting',
      done: 0,
      total: null,
      pace: null,
      added: 0,
      doubles: 0,
      skipped: [],
      leftOut: 0,
      sent: null,
      trouble: null,
      resumed: false,
      read: false,
    },
    stop: new AbortController(),
    path,
  };
}

/** A noted import after a restart: one that was under way begins again, unless its files never came. */
function jobAgain(view: PhotoImportView, path: string | null): Job {
  if (isOver(view)) return { view, stop: new AbortController(), path };
  const job = newJob(view.albumName, path);
  const { importId, sent } = view;
  Object.assign(job.view, { importId, sent, resumed: true });
  if (path === null) Object.assign(job.view, { state: 'failed', trouble: sendingCutOff });
  return job;
}

/** Removes what browsers had sent, but for whole uploads whose import is still to come. */
async function clearUploads(uploads: string, jobs: ReadonlyMap<string, Job>): Promise<void> {
  const isWanted = (name: string) =>
    jobs.get(name)?.path === join(uploads, name) && !isOver(jobs.get(name)!.view);
  let names: string[];
  try {
    names = await readdir(uploads);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (!names.some(isWanted)) return rm(uploads, { recursive: true, force: true });
  for (const name of names)
    if (!isWanted(name)) await rm(join(uploads, name), { recursive: true, force: true });
}

function viewOf({ view, upload, pace }: Job): PhotoImportView {
  const { done, total, state, sent } = view;
  return {
    ...view,
    skipped: [...view.skipped],
    pace: state === 'running' ? (pace?.of(done, total) ?? null) : null,
    sent: sent && upload ? { ...sent, arrived: upload.arrived, over: upload.over } : sent,
  };
}

/** What a restart must not forget: what is to be done, and what is to be read. Watched files are found again anyway. */
function isKept({ view, only }: Job): boolean {
  return isOver(view) ? isToBeRead(view) : only === undefined;
}

function isToBeRead({ leftOut, state, read }: PhotoImportView): boolean {
  return !read && (leftOut > 0 || state === 'failed');
}

function isSending(job: Job | undefined): job is Job & { upload: PhotoUpload } {
  return job?.upload?.over === false;
}

/** Counts a left-out file, and lists the first ones: by their place below the folder, or what was sent by its name. */
function leaveOut({ view }: Job, path: string, { file, reason }: ImportReport['skipped'][number]): void {
  view.leftOut++;
  if (view.skipped.length >= LEFT_OUT_LIMIT) return;
  // Not by `relative`: a name in a zip file may have any number of "..".
  const below = file.startsWith(path) ? file.slice(path.length + 1) : file;
  // Each file that was sent lies in a folder of its own.
  const shown = view.sent ? below.slice(below.search(/[\\/]/) + 1) : below || basename(file);
  view.skipped.push({ file: shown, reason, words: SKIP_WORDS[reason] });
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
const sendingCutOff: Bilingual = {
  en: 'The kiosk was restarted before all files had arrived, and nothing was imported. Please send them again.',
  zh: '文件尚未全部到达时主机重启，未导入任何照片。请重新上传。',
};

function importUnderWay(): CallError {
  return new CallError('refused', 'import-under-way', {
    en: 'This import is still under way. Please wait until it has ended, or stop it.',
    zh: '导入仍在进行，请等待结束或先停止。',
  });
}

function isOver({ state }: Pick<PhotoImportView, 'state'>): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed';
}
