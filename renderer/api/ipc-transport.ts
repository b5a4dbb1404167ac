import type { Answer } from '../../src/api/answer.ts';
import type { Bridge } from '../../src/api/channels.ts';
import type { Transport } from '../../src/api/client.ts';
import type { Topic } from '../../src/api/contract.ts';
import { withPatience } from './with-patience.ts';

/**
 * Calls and changes over Electron's bridge. Every topic is named once when a subscription begins, as over HTTP;
 * there is no cut to recover from, since the page lives and dies with its kiosk.
 */
export function ipcTransport(bridge: Bridge): Transport {
  return {
    call: withPatience((operation, input, token, giveUp) =>
      unlessGivenUp(bridge.call(operation, input, token) as Promise<Answer>, giveUp),
    ),
    subscribe(topics, onChange) {
      let stopped = false;
      const stop = bridge.subscribe((topic) => {
        if (!stopped && topics.includes(topic as Topic)) onChange(topic as Topic);
      });
      queueMicrotask(() => {
        for (const topic of topics) if (!stopped) onChange(topic);
      });
      return () => {
        stopped = true;
        stop();
      };
    },
  };
}

/** A call over the bridge cannot be taken back, only not be waited for. */
function unlessGivenUp(answer: Promise<Answer>, giveUp: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(giveUp.reason as Error);
    giveUp.addEventListener('abort', stop);
    void answer.then(resolve, reject).finally(() => giveUp.removeEventListener('abort', stop));
  });
}
