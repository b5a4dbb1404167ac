import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { connect, type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Dispatched } from '../../../src/api/answer.ts';
import type { Caller, Dispatch } from '../../../src/api/dispatcher.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { MAX_CALL_BYTES } from '../../../src/api/limits.ts';
import { listen } from '../../../src/server/http-host.ts';
import { serveKiosk } from '../../../src/server/serve-kiosk.ts';
import { request, sendRaw } from '../../support/raw-http.ts';
import { openTestKiosk, prepareEvening, serveTestKiosk } from '../../support/served-kiosk.ts';

const post = (address: string, operation: string, body: BodyInit) =>
  fetch(`${address}/api/${operation}`, { method: 'POST', body });

describe('the status says what kind of answer it is', () => {
  test('200 for a result', async () => {
    const { address } = await serveTestKiosk();
    const response = await post(address, 'activities.list', '{}');
    expect([response.status, await response.json()]).toEqual([200, { ok: true, result: { activities: [] } }]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('400 for input that does not fit', async () => {
    const { address } = await serveTestKiosk();
    expect((await post(address, 'people.find', '{}')).status).toBe(400);
  });

  test('401 for what only staff may do', async () => {
    const { address } = await serveTestKiosk();
    expect((await post(address, 'sample.remove', '{"gestureId":"g"}')).status).toBe(401);
  });

  test.each(['no.such', '__proto__', 'constructor', '%00', '%', '%ff', 'a%2fb'])(
    '404 for the operation "%s"',
    async (operation) => {
      const { address } = await serveTestKiosk();
      expect((await post(address, operation, '{}')).status).toBe(404);
    },
  );

  test.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('404 for %s, which changes nothing', async (method) => {
    const { address } = await serveTestKiosk();
    expect((await fetch(`${address}/api/activities.list`, { method })).status).toBe(404);
  });

  test('409 for a refusal, with what explains it and without inner words', async () => {
    const served = await serveTestKiosk();
    const { activityId, wang } = await prepareEvening(served);
    const signIn = () =>
      post(
        served.address,
        'attendance.signIn',
        JSON.stringify({ gestureId: randomUUID(), activityId, personId: wang }),
      );
    expect((await signIn()).status).toBe(200);
    const second = await signIn();
    expect(second.status).toBe(409);
    const body = (await second.json()) as Record<string, unknown>;
    expect(Object.keys(body).sort()).toEqual(['ok', 'refusal']);
    expect(body.refusal).toMatchObject({ code: 'already-signed-in', signedInAt: expect.any(String) });
  });

  test('500 for a fault', async () => {
    const broken: Dispatched = {
      ok: false,
      kind: 'fault',
      refusal: { code: 'fault', message: { en: 'Broken.', zh: '出错。' } },
    };
    const host = await listen({ dispatch: () => Promise.resolve(broken), callerOf, respond }, 0);
    onTestFinished(() => host.close());
    expect((await post(`http://127.0.0.1:${host.port}`, 'x', '{}')).status).toBe(500);
  });
});

describe('bodies', () => {
  /** A call that takes any body; the kiosk's own operations are stricter. */
  async function echo() {
    const seen: unknown[] = [];
    const dispatch: Dispatch = (_name, input) => {
      seen.push(input);
      return Promise.resolve({ ok: true, result: {} });
    };
    const host = await listen({ dispatch, callerOf, respond }, 0);
    onTestFinished(() => host.close());
    return { seen, port: host.port, address: `http://127.0.0.1:${host.port}` };
  }

  const ofSize = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`;

  test('exactly 64 kB is taken', async () => {
    const { address, seen } = await echo();
    expect((await post(address, 'x', ofSize(MAX_CALL_BYTES))).status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  test('one byte more is 413, and nothing is called', async () => {
    const { address, seen } = await echo();
    const response = await post(address, 'x', ofSize(MAX_CALL_BYTES + 1));
    expect(response.status).toBe(413);
    expect(((await response.json()) as { refusal: { code: string } }).refusal.code).toBe('body-too-large');
    expect(seen).toEqual([]);
  });

  test.each([
    ['exactly 64 kB', MAX_CALL_BYTES, 200, 1],
    ['one byte more', MAX_CALL_BYTES + 1, 413, 0],
    ['a megabyte', 1024 * 1024, 413, 0],
  ])('chunked, without a length: %s', async (_what, size, status, calls) => {
    const { port, seen } = await echo();
    const head = request('POST /api/x', { host: `127.0.0.1:${port}`, 'transfer-encoding': 'chunked' });
    const body = ofSize(size);
    const chunks: string[] = [];
    for (let at = 0; at < size; at += 8192) {
      const part = body.slice(at, at + 8192);
      chunks.push(`${part.length.toString(16)}\r\n${part}\r\n`);
    }
    expect((await sendRaw(port, head, ...chunks, '0\r\n\r\n')).status).toBe(status);
    expect(seen).toHaveLength(calls);
  });

  test('a length that lies about a huge body is 413 before the body comes', async () => {
    const { port, seen } = await echo();
    const headers = { host: `127.0.0.1:${port}`, 'content-length': '999999999' };
    expect((await sendRaw(port, request('POST /api/x', headers))).status).toBe(413);
    expect(seen).toEqual([]);
  });

  test.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ['nothing', ''],
    ['half an object', '{"a":'],
    ['a form', 'gestureId=1&personId=2'],
    ['invalid UTF-8 inside a string', new Uint8Array([0x22, 0xc3, 0x28, 0x22])],
    ['a lone surrogate in UTF-8', new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['two objects', '{}{}'],
    ['NaN', 'NaN'],
    ['a NUL', '{}\0'],
  ])('%s is 400 body-not-json', async (_what, body) => {
    const { address, seen } = await echo();
    const response = await post(address, 'x', body);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { refusal: { code: string } }).refusal.code).toBe('body-not-json');
    expect(seen).toEqual([]);
  });

  test('64 kB of open brackets is an answer, not a crash', async () => {
    const { address } = await serveTestKiosk();
    const depth = 32_000;
    const nested = `{"query":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect((await post(address, 'people.find', nested)).status).toBe(400);
    expect((await post(address, 'activities.list', '{}')).status).toBe(200);
  });

  test('a screen that is switched off in mid-call leaves the kiosk answering', async () => {
    const { port, address } = await serveTestKiosk();
    const headers = { host: `127.0.0.1:${port}`, 'content-length': '500' };
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(request('POST /api/activities.list', headers, '{"half'), () => socket.resetAndDestroy());
      });
      socket.on('close', () => resolve());
    });
    expect((await post(address, 'activities.list', '{}')).status).toBe(200);
  });
});

describe('local service open to the LAN: who may ask', () => {
  const hostileHosts = (port: number) => [
    `evil.example:${port}`,
    `127.0.0.1.evil.example:${port}`,
    `localhost.evil.example:${port}`,
    `evil-localhost:${port}`,
    `localhost.:${port}`,
    `127.0.0.1.:${port}`,
    `127.0.0.1:${port + 1}`,
    `localhost:${port}0`,
    '127.0.0.1',
    'localhost',
    `user@127.0.0.1:${port}`,
    `127.0.0.1:${port}@evil.example`,
    `127.1:${port}`,
    `2130706433:${port}`,
    `0x7f000001:${port}`,
    `127.0.0.1:${port}, evil.example`,
    `127.0.0.1:0${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    `0.0.0.0:${port}`,
    `localhost:${port}/`,
    `localhost\t:${port}`,
  ];

  test('a name that DNS was made to point here is not ours: neither calls nor pages', async () => {
    const { port } = await serveTestKiosk();
    for (const host of hostileHosts(port)) {
      for (const line of ['POST /api/activities.list', 'GET /', 'GET /photos/x/480.jpg']) {
        const { status, text } = await sendRaw(port, request(line, { host, 'content-length': '2' }, '{}'));
        // 400 where Node refuses the name before we see it.
        expect([400, 421], `${line} as ${host}: ${text}`).toContain(status);
        expect(text).not.toContain('Muster');
      }
    }
  });

  test('421 for a foreign name', async () => {
    const { port } = await serveTestKiosk();
    const { status, text } = await sendRaw(port, request('GET /', { host: `evil.example:${port}` }));
    expect([status, text]).toEqual([421, expect.stringContaining('host-wrong')]);
  });

  test('no name at all is refused', async () => {
    const { port } = await serveTestKiosk();
    for (const head of ['GET / HTTP/1.0\r\n\r\n', 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n']) {
      expect([400, 421]).toContain((await sendRaw(port, head)).status);
    }
  });

  test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('%s with the port is ours', async (name) => {
    const { port } = await serveTestKiosk();
    const { status } = await sendRaw(port, request('GET /', { host: `${name}:${port}` }));
    expect(status).toBe(200);
  });

  test('an address in the request line does not replace the name', async () => {
    const { port } = await serveTestKiosk();
    const foreign = request('GET http://127.0.0.1/', { host: 'evil.example' });
    expect([400, 421]).toContain((await sendRaw(port, foreign)).status);
  });

  const hostileOrigins = (port: number) => [
    'http://evil.example',
    `http://evil.example:${port}`,
    `http://127.0.0.1.evil.example:${port}`,
    `http://localhost.evil.example:${port}`,
    `http://evil-localhost:${port}`,
    `http://localhost.:${port}`,
    `http://127.0.0.1.:${port}`,
    `http://127.0.0.1:${port + 1}`,
    'http://127.0.0.1',
    'http://localhost',
    `https://127.0.0.1:${port}`,
    `http://user@127.0.0.1:${port}`,
    `http://127.0.0.1:${port}@evil.example`,
    `http://127.0.0.1:${port}.evil.example`,
    `http://127.0.0.1:${port}/`,
    `http://127.0.0.1:${port} http://evil.example`,
    'null',
    'file://',
    'chrome-extension://abcdef',
    '',
  ];

  test('403 for a call from any other page', async () => {
    const served = await serveTestKiosk();
    const { port } = served;
    const { activityId, wang } = await prepareEvening(served);
    const body = JSON.stringify({ gestureId: 'cross-site', activityId, personId: wang });
    for (const origin of hostileOrigins(port)) {
      const headers = { host: `127.0.0.1:${port}`, origin, 'content-length': String(body.length) };
      const answer = await sendRaw(port, request('POST /api/attendance.signIn', headers, body));
      expect([origin, answer.status]).toEqual([origin, 403]);
    }
    expect(served.kiosk.state.visits.size).toBe(0);
  });

  test.each(['http://127.0.0.1:PORT', 'http://localhost:PORT', 'http://[::1]:PORT'])(
    'a call from our own page at %s is taken',
    async (pattern) => {
      const { port } = await serveTestKiosk();
      const origin = pattern.replace('PORT', String(port));
      const headers = { host: `127.0.0.1:${port}`, origin, 'content-length': '2' };
      expect((await sendRaw(port, request('POST /api/activities.list', headers, '{}'))).status).toBe(200);
    },
  );
});

test('lines no browser sends never bring the kiosk down', async () => {
  const { port, address } = await serveTestKiosk();
  const host = `127.0.0.1:${port}`;
  const lines = [
    'TRACE /',
    'CONNECT 127.0.0.1:80',
    'OPTIONS *',
    'GET //',
    'GET /%',
    'GET /%ff',
    'GET ?',
    'BREW /',
  ];
  for (const line of lines) {
    const { status } = await sendRaw(port, request(line, { host }));
    expect([line, status]).not.toEqual([line, 200]);
  }
  await sendRaw(port, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03');
  expect((await post(address, 'activities.list', '{}')).status).toBe(200);
});

describe('the port', () => {
  test('that another program has is a problem with words, and the kiosk can be served elsewhere', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const { kiosk } = await openTestKiosk();
    const failure = await serveKiosk(kiosk, port).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Problem);
    expect(failure).toMatchObject({
      code: 'port-in-use',
      words: { en: expect.stringContaining(String(port)), zh: expect.stringContaining(String(port)) },
    });
    const served = await serveKiosk(kiosk, 0);
    onTestFinished(() => served.close());
    expect((await post(served.address, 'activities.list', '{}')).status).toBe(200);
  });

  test('local service open to the LAN: it is on loopback only', async () => {
    const host = await listen({ dispatch: () => Promise.reject(new Error('never')), callerOf, respond }, 0);
    onTestFinished(() => host.close());
    expect((host.server.address() as AddressInfo).address).toBe('127.0.0.1');
  });
});

function callerOf(): Caller {
  return { role: 'screen' };
}

function respond(): Promise<Response> {
  return Promise.resolve(new Response('page'));
}
