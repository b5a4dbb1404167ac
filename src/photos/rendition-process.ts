import { askedWorker, type Asked, type AskedWorker } from '../processes/asked-worker.ts';
import type { Worker } from '../processes/worker.ts';
import type { RenditionReply, RenditionRequest } from './rendition-worker.ts';

/** What became of a photo; one that breaks the decoder by itself is damaged. */
export type RenditionOutcome = RenditionReply | { ok: false; reason: 'too-slow'; detail: string };

/** Decodes photos in a process of their own. */
export interface RenditionProcess {
  make(request: RenditionRequest): Promise<RenditionOutcome>;
  close(): void;
}

type Decoder = AskedWorker<RenditionRequest, RenditionReply>;

/** Longest time one photo may take. */
const TIME_LIMIT = 30_000;

/**
 * Starts the worker when it is first needed, and again after it died. What was under way by then is tried once
 * more in a decoder of its own, so that a photo suffers for nobody but itself.
 */
export function startRenditionProcess(startWorker: () => Worker): RenditionProcess {
  const running = new Set<Decoder>();
  let shared: Decoder | undefined;
  let closed = false;

  function start(): Decoder {
    const decoder: Decoder = askedWorker(startWorker(), TIME_LIMIT, {
      onEnd() {
        running.delete(decoder);
        if (shared === decoder) shared = undefined;
      },
    });
    running.add(decoder);
    return decoder;
  }

  async function makeAlone(request: RenditionRequest): Promise<Asked<RenditionReply>> {
    const decoder = start();
    const asked = await decoder.ask(request);
    decoder.end('done');
    return asked;
  }

  return {
    async make(request) {
      if (closed) return { ok: false, reason: 'damaged', detail: 'the decoder is closed' };
      shared ??= start();
      let asked = await shared.ask(request);
      if ('ended' in asked && asked.ended === 'gone' && !closed) asked = await makeAlone(request);
      if ('reply' in asked) return asked.reply;
      const reason = asked.ended === 'too-slow' ? 'too-slow' : 'damaged';
      return { ok: false, reason, detail: asked.how };
    },
    close() {
      closed = true;
      for (const decoder of running) decoder.end('the decoder is closed');
    },
  };
}
