import { askedWorker } from '../../src/processes/asked-worker.ts';
import { forkWorker } from '../../src/processes/node-worker.ts';
import type { Way } from './finder-contender.ts';
import type { Built, ContenderName, Request, Surnames } from './finder-worker.ts';

/** A contender in its process. */
export interface Child {
  build(size: number): Promise<Built>;
  /** The milliseconds of each keystroke; after so many seconds no more are typed. */
  type(typed: string[], way: Way, seconds: number): Promise<number[]>;
  surnames(): Promise<Surnames>;
  end(): void;
}

/** No request takes longer, in milliseconds. */
const TIME_LIMIT = 2 * 60_000;

/** Starts a process for the contender; each call rejects with an Error when the process ends before its answer. */
export function startChild(name: ContenderName): Child {
  const worker = askedWorker<Request, unknown>(
    forkWorker(new URL('finder-worker.ts', import.meta.url)),
    TIME_LIMIT,
  );
  async function ask<Reply>(request: Request): Promise<Reply> {
    const asked = await worker.ask(request);
    if ('ended' in asked) throw new Error(`${name} did not ${request.ask}: ${asked.how}`);
    return asked.reply as Reply;
  }
  return {
    build: (size) => ask<Built>({ ask: 'build', name, size }),
    type: (typed, way, seconds) => ask<number[]>({ ask: 'type', typed, way, seconds }),
    surnames: () => ask<Surnames>({ ask: 'surnames', name }),
    end: () => worker.end('the benchmark has finished'),
  };
}
