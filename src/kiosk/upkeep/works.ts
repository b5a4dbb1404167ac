import { randomUUID } from 'node:crypto';
import { CallError } from '../../api/call-error.ts';
import type { UpkeepKind, UpkeepWork } from '../../api/upkeep-api.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import { Problem } from '../../domain/problem.ts';
import { atMostEvery } from '../at-most-every.ts';
import { kioskClosing } from '../kiosk-closing.ts';
import { cancelled } from './cancelled.ts';

/** Where a piece of work says how far it is, and hears that it is to stop. */
export interface Telling {
  signal: AbortSignal;
  /** In bytes. */
  progress(done: number, total: number): void;
  /** Something is not as it should be, and the work goes on. */
  problem(words: Bilingual): void;
  /** The file that it is about, where that is known only now. */
  about(path: string): void;
}

/** What a piece of work ends with. */
export interface Ended {
  /** What came of it. */
  words: Bilingual;
}

/** A piece of work that has begun. */
export interface Started<Result> {
  workId: string;
  /** Rejects with what the work threw. */
  result: Promise<Result>;
}

/** The long work of looking after the data: one piece at a time, each remembered for a while. */
export interface Works {
  /** Begins a piece of work, `path` being the file it is about. @throws CallError `upkeep-busy`. */
  start<Result extends Ended>(
    kind: UpkeepKind,
    path: string | null,
    run: (telling: Telling) => Promise<Result>,
  ): Started<Result>;
  /** @throws CallError `upkeep-busy` while something is under way. */
  requireIdle(): void;
  readonly current: UpkeepWork | null;
  /** What has ended, newest first. */
  readonly ended: UpkeepWork[];
  /** Stops what is under way; nothing happens where it is over. @throws CallError `work-unknown`. */
  cancel(workId: string): void;
  /** Nothing begins any more. */
  readonly closed: boolean;
  /** Stops what is under way and waits for it. */
  close(): Promise<void>;
}

/** Pieces of work that are remembered. */
const REMEMBERED = 20;
/** Screens are told of progress at most this often, in milliseconds. */
const TELL_EVERY = 250;

interface Job {
  view: UpkeepWork;
  stop: AbortController;
  over: Promise<unknown>;
}

/** Begins with nothing under way. `now` gives ISO times; `onChange` is called when there is news. */
export function openWorks(now: () => string, onChange: () => void, onFault: (error: unknown) => void): Works {
  const tell = atMostEvery(TELL_EVERY, onChange);
  const ended: UpkeepWork[] = [];
  let job: Job | undefined;
  let closed = false;

  async function toEnd<Result extends Ended>(
    { view, stop }: Omit<Job, 'over'>,
    run: (telling: Telling) => Promise<Result>,
  ): Promise<Result> {
    try {
      const result = await run({
        signal: stop.signal,
        progress(done, total) {
          Object.assign(view, { done, total });
          tell();
        },
        problem: (words) => void view.problems.push(words),
        about: (path) => void (view.path = path),
      });
      Object.assign(view, { state: 'done', words: result.words, done: view.total ?? view.done });
      return result;
    } catch (error) {
      const stopped = stop.signal.aborted && error === stop.signal.reason;
      Object.assign(view, { state: stopped ? 'cancelled' : 'failed', words: wordsOf(error, stopped) });
      if (!stopped && !(error instanceof Problem)) onFault(error);
      throw error;
    } finally {
      ended.unshift(view);
      ended.length = Math.min(ended.length, REMEMBERED);
      job = undefined;
      tell();
    }
  }

  function requireIdle(): void {
    if (closed) throw kioskClosing();
    if (job) throw busy();
  }

  return {
    start(kind, path, run) {
      requireIdle();
      const starting = { view: newView(kind, path, now()), stop: new AbortController() };
      // In a step of its own, so that whatever it does it is under way before it is over.
      const result = Promise.resolve().then(() => toEnd(starting, run));
      job = { ...starting, over: result.catch(() => undefined) };
      tell();
      return { workId: starting.view.workId, result };
    },
    requireIdle,
    get current() {
      return job ? viewOf(job.view) : null;
    },
    get ended() {
      return ended.map(viewOf);
    },
    cancel(workId) {
      if (job?.view.workId === workId) job.stop.abort(cancelled());
      else if (!ended.some((view) => view.workId === workId)) throw workUnknown();
    },
    get closed() {
      return closed;
    },
    async close() {
      closed = true;
      job?.stop.abort(cancelled());
      await job?.over;
    },
  };
}

function newView(kind: UpkeepKind, path: string | null, startedAt: string): UpkeepWork {
  return {
    workId: randomUUID(),
    kind,
    state: 'running',
    startedAt,
    done: 0,
    total: null,
    words: null,
    problems: [],
    path,
  };
}

function viewOf(view: UpkeepWork): UpkeepWork {
  return { ...view, problems: [...view.problems] };
}

function wordsOf(error: unknown, stopped: boolean): Bilingual {
  if (error instanceof Problem) return error.words;
  return stopped ? cancelled().words : brokenOff;
}

function busy(): CallError {
  return new CallError('refused', 'upkeep-busy', {
    en: 'A backup, a check or other work on the data is under way. Please wait until it is done, or stop it in the office under "Health".',
    zh: '正在进行备份、检查或其他数据维护。请等待完成，或在管理页面“运行状况”中停止。',
  });
}

function workUnknown(): CallError {
  return new CallError('refused', 'work-unknown', {
    en: 'This work is no longer known: it ended long ago, or the kiosk was restarted.',
    zh: '已没有这项维护的记录：早已结束，或主机已重启。',
  });
}

const brokenOff: Bilingual = {
  en: 'It broke off: something went wrong inside the kiosk. Please try again; if that does not help, have the disk checked.',
  zh: '已中断：程序内部出错。请重试；如仍失败，请检查磁盘。',
};
