import { askedWorker, type AskedWorker } from '../processes/asked-worker.ts';
import type { Worker } from '../processes/worker.ts';
import type { DecoderReply, RenditionReply, RenditionRequest } from './rendition-worker.ts';

/**
 * What became of a photo. `unsafe`: it ended its decoder, by breaking it or by taking more of the machine than a photo
 * may.
 */
export type RenditionOutcome = RenditionReply | { ok: false; reason: 'too-slow' | 'unsafe'; detail: string };

/** Decodes photos in processes of their own. */
export interface RenditionProcess {
  /** Any number may be asked for at a time; each has a decoder of its own meanwhile. */
  make(request: RenditionRequest): Promise<RenditionOutcome>;
  close(): void;
}

type Decoder = AskedWorker<RenditionRequest, DecoderReply>;

/** Longest time one photo may take in milliseconds, however busy the machine is: it hangs by then. */
const TIME_LIMIT = 60_000;
/** A decoder that holds more than this after a photo is not used for the next, in bytes: its room is that one's. */
const TIRED = 256 * 1024 * 1024;

/**
 * Starts decoders when they are needed, and again after they died. Each has one photo at a time, so that a photo suffers
 * for nobody but itself, and what it takes of the machine can be measured.
 */
export function startRenditionProcess(startWorker: () => Worker): RenditionProcess {
  const running = new Set<Decoder>();
  const idle = new Set<Decoder>();
  let closed = false;

  function start(): Decoder {
    const decoder: Decoder = askedWorker(startWorker(), TIME_LIMIT, {
      onEnd() {
        running.delete(decoder);
        idle.delete(decoder);
      },
    });
    running.add(decoder);
    return decoder;
  }

  function takeIdle(): Decoder | undefined {
    const [decoder] = idle;
    if (decoder) idle.delete(decoder);
    return decoder;
  }

  return {
    async make(request) {
      if (closed) return { ok: false, reason: 'damaged', detail: 'the decoder is closed' };
      const decoder = takeIdle() ?? start();
      const asked = await decoder.ask(request);
      if ('reply' in asked) {
        if (asked.reply.memory > TIRED) decoder.end('it holds too much memory');
        else if (running.has(decoder)) idle.add(decoder);
        return asked.reply.made;
      }
      return { ok: false, reason: asked.ended === 'too-slow' ? 'too-slow' : 'unsafe', detail: asked.how };
    },
    close() {
      closed = true;
      for (const decoder of running) decoder.end('the decoder is closed');
    },
  };
}
