import { posix, win32 } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import type { Client } from '../api/client.ts';
import type { UpkeepWork } from '../api/upkeep-api.ts';
import { Problem } from '../domain/problem.ts';
import { cancelled } from '../kiosk/upkeep/cancelled.ts';
import type { Options } from './options.ts';
import { stayer } from './stayer.ts';
import { UsageError } from './usage.ts';

/** How often a kiosk is asked how far it is, in milliseconds. */
const ASK_EVERY = 250;

/** Told how far a long work is, in bytes. */
export type OnProgress = (done: number, total: number) => void;

/** Shows how far a long work is, to people at a terminal only; `end` clears the line. */
export function progressLine({ json }: Options): { progress: OnProgress; end(): void } {
  const isShown = !json && process.stderr.isTTY;
  let shown = '';
  return {
    progress(done, total) {
      const now = `\r${total === 0 ? 100 : Math.floor((100 * done) / total)} % …`;
      if (isShown && now !== shown) process.stderr.write(now);
      shown = now;
    },
    end() {
      if (isShown && shown !== '') process.stderr.write('\r        \r');
    },
  };
}

/** Calls `stop` when the terminal or the system asks the command to end; the function ends the listening. */
export function onStopAsked(stop: () => void): () => void {
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return () => {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  };
}

/** Does work that can be stopped, until the command is asked to end. */
export async function untilStopped<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const stop = new AbortController();
  const listening = onStopAsked(() => stop.abort(cancelled()));
  try {
    return await work(stop.signal);
  } finally {
    listening();
  }
}

/**
 * Asks a kiosk at an address until the work is over; stops the work when the command is asked to end.
 * @throws Problem with the words of the kiosk where the work failed or was stopped.
 */
export async function workOver(client: Client, workId: string, progress: OnProgress): Promise<UpkeepWork> {
  const stay = stayer(client);
  let stopping: Promise<unknown> = Promise.resolve();
  const listening = onStopAsked(() => {
    stopping = client.call('upkeep.cancel', { workId });
  });
  try {
    for (;;) {
      await stopping;
      await stay();
      const { current, ended } = await client.call('upkeep.state', {});
      const work = [current, ...ended].find((one) => one?.workId === workId);
      if (!work) throw workGone();
      if (work.state === 'done') return work;
      if (work.state !== 'running') throw new Problem(`${work.kind}-${work.state}`, work.words!);
      if (work.total !== null) progress(work.done, work.total);
      await later(ASK_EVERY);
    }
  } finally {
    listening();
  }
}

/** The path of a file on the machine of a kiosk at an address, whatever system that has. @throws UsageError */
export function pathThere(file: string): string {
  if (posix.isAbsolute(file) || win32.isAbsolute(file)) return file;
  throw new UsageError(`with --url FILE is a whole path on the kiosk's own machine, and ${file} is none`);
}

function workGone(): Problem {
  return new Problem('work-unknown', {
    en: 'The kiosk does not know this work any more: it was restarted. Please start it again.',
    zh: '主机已没有这项工作的记录：主机已重启。请重新开始。',
  });
}
