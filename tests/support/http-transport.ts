import { WebSocket } from 'ws';
import type { Answer } from '../../src/api/answer.ts';
import type { Transport } from '../../src/api/client.ts';
import type { Topic } from '../../src/api/contract.ts';

/** The plainest transport over HTTP and WebSocket: what the host promises, without the renderer's patience. */
export function plainHttpTransport(address: string): Transport {
  return {
    async call(operation, input) {
      const url = `${address}/api/${encodeURIComponent(operation)}`;
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(input) });
      return (await response.json()) as Answer;
    },
    subscribe(topics, onChange) {
      const socket = new WebSocket(`${address.replace('http', 'ws')}/api/push`);
      let stopped = false;
      socket.on('open', () => socket.send(JSON.stringify({ subscribe: topics })));
      socket.on('message', (message) => {
        if (!stopped) onChange((JSON.parse(String(message)) as { topic: Topic }).topic);
      });
      return () => {
        stopped = true;
        socket.terminate();
      };
    },
  };
}
