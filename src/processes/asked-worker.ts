import type { Worker } from './worker.ts';

/** A worker that answers requests, any number at a time. */
export interface AskedWorker<Request, Reply> {
  /** Resolves with the reply, or with how the worker ended before it had one. */
  ask(request: Request): Promise<Asked<Reply>>;
  /** Ends the worker; everybody who waits is answered with `how`. */
  end(how: string): void;
}

/** What became of a request. `too-slow`: it took longer than the limit, and the worker was ended for it. */
export type Asked<Reply> = { reply: Reply } | { ended: 'too-slow' | 'gone'; how: string };

/**
 * Asks `worker`, each request for at most `timeLimit` milliseconds; `onEnd` is called at once when it can take
 * no more, however that came.
 */
export function askedWorker<Request, Reply>(
  worker: Worker,
  timeLimit: number,
  onEnd: () => void = () => undefined,
): AskedWorker<Request, Reply> {
  const waiting = new Map<number, (asked: Asked<Reply>) => void>();
  let ended = false;
  let lastId = 0;

  function end(how: string): void {
    if (ended) return;
    ended = true;
    onEnd();
    worker.kill();
    for (const answer of [...waiting.values()]) answer({ ended: 'gone', how });
  }

  worker.onMessage((message) => {
    const { id, reply } = message as { id: number; reply: Reply };
    waiting.get(id)?.({ reply });
  });
  worker.onEnd(end);
  return {
    ask(request) {
      const id = ++lastId;
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          answer({ ended: 'too-slow', how: `over ${timeLimit / 1000} s` });
          end('another request took too long');
        }, timeLimit);
        const answer = (asked: Asked<Reply>) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(asked);
        };
        waiting.set(id, answer);
        worker.send({ id, request });
      });
    },
    end,
  };
}
