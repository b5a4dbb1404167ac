import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { no } from '../api/answer.ts';
import type { Caller, Dispatch } from '../api/dispatcher.ts';
import { CALL_TOO_LARGE, MAX_CALL_BYTES } from '../api/limits.ts';
import { Problem } from '../domain/problem.ts';
import { answerResponse, dispatchedResponse } from '../web/answer-response.ts';
import { bearerToken } from '../web/upload-responder.ts';
import { isOwnHost, isOwnOrigin } from './access-control.ts';

/** What the HTTP host serves: calls to the dispatcher, everything else to the web handler. */
export interface HttpSources {
  dispatch: Dispatch;
  callerOf: (token: string | undefined) => Caller;
  respond: (request: Request) => Promise<Response>;
}

/** The listening server and its port. */
export interface HttpHost {
  server: Server;
  port: number;
  close(): Promise<void>;
}

/**
 * Serves the kiosk on loopback. Every request must name this host; where a browser says from which page it
 * comes, that page must be ours. Callers have the role `screen`, with a token in `authorization` that of its owner.
 * @throws Problem `port-in-use`.
 */
export async function listen(sources: HttpSources, port: number): Promise<HttpHost> {
  let actualPort = port;
  const app = createApp(sources, () => actualPort);
  const server = await new Promise<Server>((resolve, reject) => {
    const started = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (info) => {
      actualPort = info.port;
      resolve(started as Server);
    });
    started.once('error', (error) => reject(listenProblem(error, port)));
  });
  return {
    server,
    port: actualPort,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function createApp({ dispatch, callerOf, respond }: HttpSources, port: () => number): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    if (!isOwnHost(context.req.header('host'), port())) {
      return answerResponse(
        no('host-wrong', 'This kiosk does not answer to that host name.', '本机不接受该主机名的请求。'),
        421,
      );
    }
    if (!isOwnOrigin(context.req.header('origin'), port())) {
      return answerResponse(
        no('origin-wrong', 'Calls from other pages are not accepted.', '不接受来自其他网页的请求。'),
        403,
      );
    }
    return next();
  });
  const limit = bodyLimit({
    maxSize: MAX_CALL_BYTES,
    onError: () => answerResponse(CALL_TOO_LARGE, 413),
  });
  app.post('/api/:operation', limit, async (context) => {
    const body = await readJson(context.req.raw);
    if (!body) {
      return answerResponse(
        no(
          'body-not-json',
          'The body is no JSON. Please send one JSON object.',
          '请求内容不是 JSON，请发送一个 JSON 对象。',
        ),
        400,
      );
    }
    const caller = callerOf(bearerToken(context.req.header('authorization')));
    const answer = await dispatch(context.req.param('operation'), body.value, caller);
    return dispatchedResponse(answer);
  });
  app.all('/api/*', () =>
    answerResponse(
      no(
        'operation-unknown',
        'Operations are called with POST /api/<operation>.',
        '请用 POST /api/<操作> 调用。',
      ),
      404,
    ),
  );
  app.all('*', (context) => respond(context.req.raw));
  return app;
}

/** The body's JSON value; undefined when it is none. */
async function readJson(request: Request): Promise<{ value: unknown } | undefined> {
  const bytes = await request.arrayBuffer();
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function listenProblem(cause: NodeJS.ErrnoException, port: number): unknown {
  if (cause.code !== 'EADDRINUSE' && cause.code !== 'EACCES') return cause;
  return new Problem(
    'port-in-use',
    {
      en: `Port ${port} cannot be used (${cause.code}): another program may have it. Please name another with --port, or 0 for any free one.`,
      zh: `无法使用端口 ${port}（${cause.code}），可能已被其他程序占用。请用 --port 指定其他端口，0 表示任意空闲端口。`,
    },
    { cause },
  );
}
