import type { Answer } from '../../src/api/answer.ts';
import type { Bridge } from '../../src/api/channels.ts';
import type { Transport } from '../../src/api/client.ts';
import type { Topic } from '../../src/api/contract.ts';
import { GIVE_UP_AFTER } from './give-up-after.ts';

/**
 * Calls and changes over Electron's bridge. Every topic is named once when a subscription begins, as over HTTP;
 * there is no cut to recover from, since the page lives and dies with its kiosk.
 */
export function ipcTransport(bridge: Bridge): Transport {
  return {
    call: (operation, input, token) =>
      withinTime(bridge.call(operation, input, token) as Promise<Answer>, operation),
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

function withinTime(answer: Promise<Answer>, operation: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${operation}: no answer for ${GIVE_UP_AFTER / 1000} s`)),
      GIVE_UP_AFTER,
    );
    void answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
