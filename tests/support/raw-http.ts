import { connect } from 'node:net';

/** What a server said to bytes sent as they are. */
export interface RawAnswer {
  /** 0 when the connection ended without an answer. */
  status: number;
  text: string;
}

/** Sends bytes as no well-behaved client would, and collects what comes back until the server ends it. */
export function sendRaw(port: number, ...chunks: (string | Buffer)[]): Promise<RawAnswer> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const chunk of chunks) socket.write(chunk);
    });
    socket.on('data', (data) => (text += data.toString('latin1')));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve({ status: Number(/^HTTP\/1\.\d (\d{3})/.exec(text)?.[1] ?? 0), text }));
  });
}

/** A request's head and body as text; `connection: close` so that the answer ends. */
export function request(line: string, headers: Record<string, string>, body = ''): string {
  const head = Object.entries({ connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `${line} HTTP/1.1\r\n${head.join('')}\r\n${body}`;
}
