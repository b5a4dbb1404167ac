import { askedWorker } from '../../src/processes/asked-worker.ts';
import { forkWorker } from '../../src/processes/node-worker.ts';
import type { Batch, ContenderName, Request, Start } from './store-worker.ts';

/** A contender in its process. */
export interface Child {
  fill(folder: string, events: number): Promise<void>;
  open(folder: string): Promise<void>;
  /** Each of the callers appends `each` sign-ins; one caller alone stops after so many seconds. */
  append(how: { callers: number; each: number; seconds: number }): Promise<Batch>;
  close(): Promise<void>;
  load(folder: string): Promise<Start>;
  end(): void;
}

/** No request takes longer, in milliseconds: conf has 64 callers write 64 times all it holds. */
const TIME_LIMIT = 10 * 60_000;

/** Starts a process for the contender. @throws Error whenever the process ends before it has answered. */
export async function startChild(name: ContenderName): Promise<Child> {
  const worker = askedWorker<Request, Batch | Start | 'done'>(
    forkWorker(new URL('store-worker.ts', import.meta.url)),
    TIME_LIMIT,
  );
  async function ask<Reply = void>(request: Request): Promise<Reply> {
    const asked = await worker.ask(request);
    if ('ended' in asked) throw new Error(`${name} did not ${request.ask}: ${asked.how}`);
    return asked.reply as Reply;
  }
  await ask({ ask: 'contend', name });
  return {
    fill: (folder, events) => ask({ ask: 'fill', folder, events }),
    open: (folder) => ask({ ask: 'open', folder }),
    append: (how) => ask<Batch>({ ask: 'append', ...how }),
    close: () => ask({ ask: 'close' }),
    load: (folder) => ask<Start>({ ask: 'load', folder }),
    end: () => worker.end('the benchmark has finished'),
  };
}
