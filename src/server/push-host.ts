import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { TOPICS, type Topic } from '../api/contract.ts';
import { isOwnHost, isOwnOrigin } from './access-control.ts';

/** Screens that may listen at the same time. */
const MAX_CLIENTS = 50;
/** A listener that does not answer this often is let go. */
const PING_EVERY = 15_000;

const subscription = z.strictObject({ subscribe: z.array(z.enum(TOPICS)).max(TOPICS.length) });

/** Tells what changed: `onChange` is called with a topic and the event's number. */
export type Subscribe = (onChange: (topic: Topic, seq: number) => void) => () => void;

/**
 * Pushes changes over WebSocket at `/api/push`. A screen sends `{"subscribe":[topics]}`, gets `{"topic"}` for each
 * of them once, so that it asks for what it may have missed, and then `{"topic","seq"}` for each change. Returns a function that ends it.
 */
export function pushChanges(server: Server, port: number, subscribe: Subscribe): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4096, perMessageDeflate: false });
  const topicsOf = new Map<WebSocket, Set<Topic>>();
  const alive = new WeakSet<WebSocket>();

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { host, origin } = request.headers;
    const allowed =
      request.url === '/api/push' &&
      isOwnHost(host, port) &&
      isOwnOrigin(origin, port) &&
      sockets.clients.size < MAX_CLIENTS;
    if (!allowed) {
      refuse(socket);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client));
  });

  sockets.on('connection', (client: WebSocket) => {
    alive.add(client);
    client.on('pong', () => alive.add(client));
    client.on('close', () => topicsOf.delete(client));
    client.on('error', () => client.terminate());
    client.on('message', (message) => {
      const wanted = parseSubscription(String(message));
      if (!wanted) {
        client.close(1008, 'not a subscription');
        return;
      }
      topicsOf.set(client, new Set(wanted));
      for (const topic of wanted) client.send(JSON.stringify({ topic }));
    });
  });

  const stop = subscribe((topic, seq) => {
    const message = JSON.stringify({ topic, seq });
    for (const [client, topics] of topicsOf) if (topics.has(topic)) client.send(message);
  });
  const pinging = setInterval(() => {
    for (const client of sockets.clients) {
      if (!alive.delete(client)) client.terminate();
      else client.ping();
    }
  }, PING_EVERY);

  return () => {
    clearInterval(pinging);
    stop();
    for (const client of sockets.clients) client.terminate();
    sockets.close();
  };
}

/** Ends a connection that Node has handed over for good: its errors and its half-open end are ours now. */
function refuse(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n', () => socket.destroy());
}

function parseSubscription(message: string): Topic[] | undefined {
  try {
    return subscription.safeParse(JSON.parse(message)).data?.subscribe;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
