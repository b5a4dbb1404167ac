import { fork } from 'node:child_process';
import type { RenditionReply, RenditionRequest } from './rendition-worker.ts';

/** What became of a photo; one that breaks the decoder by itself is damaged. */
export type RenditionOutcome = RenditionReply | { ok: false; reason: 'too-slow'; detail: string };

/** Decodes photos in a process of their own. */
export interface RenditionProcess {
  make(request: RenditionRequest): Promise<RenditionOutcome>;
  close(): void;
}

/** One child process and whoever waits for it. */
interface Decoder {
  /** Resolves with `detail` alone when the decoder ended before it had answered. */
  ask(request: RenditionRequest): Promise<RenditionOutcome | { detail: string }>;
  end(detail: string): void;
}

/** Longest time one photo may take. */
const TIME_LIMIT = 30_000;

/**
 * Starts the worker when it is first needed, and again after it died. What was under way by then is tried once
 * more in a decoder of its own, so that a photo suffers for nobody but itself.
 */
export function startRenditionProcess(
  worker: URL = new URL('./rendition-worker.ts', import.meta.url),
): RenditionProcess {
  const running = new Set<Decoder>();
  let shared: Decoder | undefined;
  let closed = false;

  function start(): Decoder {
    const decoder = startDecoder(worker, () => {
      running.delete(decoder);
      if (shared === decoder) shared = undefined;
    });
    running.add(decoder);
    return decoder;
  }

  async function makeAlone(request: RenditionRequest) {
    const decoder = start();
    const outcome = await decoder.ask(request);
    decoder.end('done');
    return outcome;
  }

  return {
    async make(request) {
      if (closed) return damaged('the decoder is closed');
      shared ??= start();
      let outcome = await shared.ask(request);
      if (!('ok' in outcome) && !closed) outcome = await makeAlone(request);
      return 'ok' in outcome ? outcome : damaged(outcome.detail);
    },
    close() {
      closed = true;
      for (const decoder of running) decoder.end('the decoder is closed');
    },
  };
}

/** Starts a decoder; `onEnd` is called at once when it can take no more, however that came. */
function startDecoder(worker: URL, onEnd: () => void): Decoder {
  const child = fork(worker, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const waiting = new Map<number, (outcome: RenditionOutcome | { detail: string }) => void>();
  let ended = false;
  let lastId = 0;

  function end(detail: string): void {
    if (ended) return;
    ended = true;
    onEnd();
    child.kill('SIGKILL');
    for (const answer of [...waiting.values()]) answer({ detail });
  }

  child.on('message', ({ id, reply }: { id: number; reply: RenditionReply }) => waiting.get(id)?.(reply));
  child.on('exit', (code, signal) => end(`the decoder ended (${signal ?? code})`));
  child.on('error', (error) => end(`the decoder failed (${error.message})`));
  return {
    ask(request) {
      const id = ++lastId;
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          answer({ ok: false, reason: 'too-slow', detail: `over ${TIME_LIMIT / 1000} s` });
          end('another photo took too long');
        }, TIME_LIMIT);
        const answer = (outcome: RenditionOutcome | { detail: string }) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(outcome);
        };
        waiting.set(id, answer);
        child.send({ id, request });
      });
    },
    end,
  };
}

function damaged(detail: string): RenditionOutcome {
  return { ok: false, reason: 'damaged', detail };
}
