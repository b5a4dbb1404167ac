import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { TOPICS } from '../../../src/api/contract.ts';
import { request, sendRaw } from '../../support/raw-http.ts';
import { serveTestKiosk, type ServedTestKiosk } from '../../support/served-kiosk.ts';

const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

async function nextMessage(socket: WebSocket): Promise<unknown> {
  const [message] = (await once(socket, 'message')) as [Buffer];
  return JSON.parse(String(message));
}

/** A listener whose subscription to slogans stands: it has been told to ask once. */
async function listener(served: ServedTestKiosk) {
  const socket = new WebSocket(`ws://127.0.0.1:${served.port}/api/push`);
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  const told = nextMessage(socket);
  socket.send(JSON.stringify({ subscribe: ['slogans'] }));
  expect(await told).toEqual({ topic: 'slogans' });
  return { socket, heard: nextMessage(socket) };
}

async function saveSlogan({ asStaff }: ServedTestKiosk): Promise<void> {
  await asStaff('slogans.save', { gestureId: 'slogan', slogan: { text: { en: 'Quality', zh: '质量' } } });
}

describe('who may listen', () => {
  test.each([
    ['another host name', { host: 'evil.example:PORT' }],
    ['a subdomain trick', { host: '127.0.0.1.evil.example:PORT' }],
    ['another port', { host: '127.0.0.1:1' }],
    ['a page of another origin', { origin: 'http://evil.example' }],
    ['a page without an origin of its own', { origin: 'null' }],
    ['a page on another port', { origin: 'http://127.0.0.1:1' }],
  ])('not from %s', async (_what, headers) => {
    const { port } = await serveTestKiosk();
    const all = { host: `127.0.0.1:${port}`, ...UPGRADE, ...headers };
    all.host = all.host.replace('PORT', String(port));
    const { status, text } = await sendRaw(port, request('GET /api/push', all));
    expect([status, text]).toEqual([403, expect.not.stringContaining('101')]);
  });

  test.each(['/', '/api/pushes', '/api/push/', '/api/push?x=1', '/api/activities.list', '/api/../api/push'])(
    'not at %s',
    async (path) => {
      const { port } = await serveTestKiosk();
      const headers = { host: `127.0.0.1:${port}`, ...UPGRADE };
      expect((await sendRaw(port, request(`GET ${path}`, headers))).status).toBe(403);
    },
  );

  test('from our own page', async () => {
    const { port } = await serveTestKiosk();
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/push`, { origin: `http://localhost:${port}` });
    onTestFinished(() => socket.terminate());
    await once(socket, 'open');
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  test('the fifty-first listener is refused and the fifty go on', async () => {
    const served = await serveTestKiosk();
    const listeners = await Promise.all(Array.from({ length: 50 }, () => listener(served)));
    const headers = { host: `127.0.0.1:${served.port}`, ...UPGRADE };
    expect((await sendRaw(served.port, request('GET /api/push', headers))).status).toBe(403);
    await saveSlogan(served);
    const heard = await Promise.all(listeners.map((one) => one.heard));
    expect(heard).toEqual(Array(50).fill({ topic: 'slogans', seq: 1 }));
  });
});

describe('a bad message closes that listener only', () => {
  test.each<[string, string | Buffer, number]>([
    ['no JSON', 'subscribe', 1008],
    ['no subscription', '{}', 1008],
    ['an unknown topic', '{"subscribe":["secrets"]}', 1008],
    ['a topic by the name of __proto__', '{"subscribe":["__proto__"]}', 1008],
    ['an extra key', '{"subscribe":[],"more":1}', 1008],
    [
      'more topics than there are',
      JSON.stringify({ subscribe: Array(TOPICS.length + 1).fill('people') }),
      1008,
    ],
    ['null', 'null', 1008],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00]), 1008],
    ['more than 4 kB', ' '.repeat(4097), 1009],
  ])('%s', async (_what, message, code) => {
    const served = await serveTestKiosk();
    const good = await listener(served);
    const bad = await listener(served);
    bad.heard.catch(() => undefined);
    bad.socket.on('error', () => undefined);
    bad.socket.send(message);
    const [closedWith] = (await once(bad.socket, 'close')) as [number];
    // An oversized message may end the connection before the close frame is out.
    expect([code, 1006]).toContain(closedWith);
    await saveSlogan(served);
    expect(await good.heard).toEqual({ topic: 'slogans', seq: 1 });
  });
});

describe('rude ends', () => {
  test('a refused listener that resets its connection leaves the kiosk answering', async () => {
    const { port, address } = await serveTestKiosk();
    const headers = { host: 'evil.example', ...UPGRADE };
    for (let n = 0; n < 20; n++) {
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(request('GET /api/push', headers), () => socket.resetAndDestroy());
        });
        socket.on('error', () => socket.destroy());
        socket.on('close', () => resolve());
      });
    }
    expect((await fetch(`${address}/`)).status).toBe(200);
  });

  test('closing ends listeners, idle connections, refused listeners and half requests', async () => {
    const served = await serveTestKiosk();
    const { port } = served;
    const { socket } = await listener(served);
    const idle = await opened(port);
    const half = await opened(port, `POST /api/activities.list HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n`);
    const refused = await opened(port, request('GET /api/push', { host: 'evil.example', ...UPGRADE }));
    await once(refused, 'data');
    const ends = [once(socket, 'close'), ...[idle, half].map((one) => once(one.resume(), 'end'))];
    await served.stopServing();
    await Promise.all(ends);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  test('the kiosk goes on when nobody serves it any more', async () => {
    const served = await serveTestKiosk();
    await listener(served);
    await served.stopServing();
    await saveSlogan(served);
    expect(served.kiosk.state.slogans.size).toBe(1);
  });
});

/** A raw connection that has sent `text` and keeps its own end open, whatever the server does. */
async function opened(port: number, text = ''): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => socket.destroy());
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  if (text) socket.write(text);
  return socket;
}
