import type { Worker } from './worker.ts';

/** A worker that answers requests, any number at a time. */
export interface AskedWorker<Request, Reply> {
  /** Resolves with the reply, or with how the worker ended before it had one. */
  ask(request: Request): Promise<Asked<Reply>>;
  /** Ends the worker; everybody who waits is answered with `how`. */
  end(how: string): void;
}

/** What became of a request. `too-slow`: it took longer than a limit, and the worker was ended for it. */
export type Asked<Reply> = { reply: Reply } | { ended: 'too-slow' | 'gone'; how: string };

/** What else happens to a worker. */
export interface WorkerCare {
  /** After how many milliseconds with one request it goes on below the kiosk; never where nothing is said. */
  lowerAfter?: number;
  /** Called at once when it can take no more, however that came. */
  onEnd?: () => void;
}

/** Longest time until a worker takes up what it was asked, in milliseconds: a machine with other work starts it late. */
const START_LIMIT = 45_000;

/** A request that is under way. */
interface Waiting<Reply> {
  begin(): void;
  answer(asked: Asked<Reply>): void;
}

/** Asks `worker`, each request for at most `timeLimit` milliseconds from when the worker has taken it up. */
export function askedWorker<Request, Reply>(
  worker: Worker,
  timeLimit: number,
  { lowerAfter = Infinity, onEnd = () => undefined }: WorkerCare = {},
): AskedWorker<Request, Reply> {
  const waiting = new Map<number, Waiting<Reply>>();
  let ended = false;
  let lastId = 0;

  function end(how: string): void {
    if (ended) return;
    ended = true;
    onEnd();
    worker.kill();
    for (const { answer } of [...waiting.values()]) answer({ ended: 'gone', how });
  }

  worker.onMessage((message) => {
    const { id, reply } = message as { id: number; reply?: Reply };
    if (reply === undefined) waiting.get(id)?.begin();
    else waiting.get(id)?.answer({ reply });
  });
  worker.onEnd(end);
  return {
    ask(request) {
      const id = ++lastId;
      return new Promise((resolve) => {
        const waitFor = (limit: number) =>
          setTimeout(() => {
            answer({ ended: 'too-slow', how: `over ${limit / 1000} s` });
            end('another request took too long');
          }, limit);
        let timer = waitFor(START_LIMIT);
        let lowering: ReturnType<typeof setTimeout> | undefined;
        const begin = () => {
          clearTimeout(timer);
          timer = waitFor(timeLimit);
          if (lowerAfter < timeLimit) lowering = setTimeout(() => worker.lower(), lowerAfter);
        };
        const answer = (asked: Asked<Reply>) => {
          clearTimeout(timer);
          clearTimeout(lowering);
          waiting.delete(id);
          resolve(asked);
        };
        waiting.set(id, { begin, answer });
        worker.send({ id, request });
      });
    },
    end,
  };
}
