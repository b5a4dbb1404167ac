import { fork, type ChildProcess } from 'node:child_process';
import type { RenditionReply, RenditionRequest } from './rendition-worker.ts';

/** What became of a photo; a crashed or stuck worker counts as the photo's fault. */
export type RenditionOutcome = RenditionReply | { ok: false; reason: 'too-slow'; detail: string };

/** Decodes photos in a process of their own. */
export interface RenditionProcess {
  make(request: RenditionRequest): Promise<RenditionOutcome>;
  close(): void;
}

/** Longest time one photo may take. */
const TIME_LIMIT = 30_000;

/** Starts the worker when it is first needed, and again after it died. */
export function startRenditionProcess(
  worker: URL = new URL('./rendition-worker.ts', import.meta.url),
): RenditionProcess {
  const waiting = new Map<number, (outcome: RenditionOutcome) => void>();
  let child: ChildProcess | undefined;
  let lastId = 0;

  function start(): ChildProcess {
    const started = fork(worker, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    started.on('message', ({ id, reply }: { id: number; reply: RenditionReply }) => {
      waiting.get(id)?.(reply);
    });
    started.on('exit', (code, signal) => {
      if (child === started) child = undefined;
      const detail = `the decoder ended (${signal ?? code})`;
      for (const answer of [...waiting.values()]) answer({ ok: false, reason: 'damaged', detail });
    });
    return started;
  }

  return {
    make(request) {
      child ??= start();
      const id = ++lastId;
      const worked = child;
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          answer({ ok: false, reason: 'too-slow', detail: `over ${TIME_LIMIT / 1000} s` });
          worked.kill('SIGKILL');
        }, TIME_LIMIT);
        const answer = (outcome: RenditionOutcome) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(outcome);
        };
        waiting.set(id, answer);
        worked.send({ id, request });
      });
    },
    close() {
      child?.kill();
      child = undefined;
    },
  };
}
