import type { Answer } from '../../src/api/answer.ts';
import type { Transport } from '../../src/api/client.ts';
import type { Topic } from '../../src/api/contract.ts';
import { withPatience } from './with-patience.ts';

/** Waits between attempts to listen again, in milliseconds: soon at first, then every five seconds. */
const RETRY_AFTER = [250, 500, 1000, 2000, 5000];

/**
 * Calls over HTTP, changes over WebSocket. Whenever a subscription stands, at first and after a cut, the kiosk names
 * every topic once, so that screens ask for what they may have missed.
 */
export function httpTransport(address: string): Transport {
  return {
    call: withPatience(async (operation, input, token, signal) => {
      const response = await fetch(new URL(`/api/${encodeURIComponent(operation)}`, address), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(input),
        signal,
      });
      return (await response.json()) as Answer;
    }),
    subscribe: (topics, onChange) => listen(address, topics, onChange),
  };
}

function listen(address: string, topics: readonly Topic[], onChange: (topic: Topic) => void): () => void {
  const url = new URL('/api/push', address);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  let socket: WebSocket;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cuts = 0;
  let stopped = false;

  function open(): void {
    socket = new WebSocket(url);
    socket.onopen = () => {
      socket.send(JSON.stringify({ subscribe: topics }));
      cuts = 0;
    };
    socket.onmessage = ({ data }) => onChange((JSON.parse(String(data)) as { topic: Topic }).topic);
    socket.onclose = () => {
      if (stopped) return;
      timer = setTimeout(open, RETRY_AFTER[Math.min(cuts, RETRY_AFTER.length - 1)]);
      cuts++;
    };
  }

  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    socket.close();
  };
}
