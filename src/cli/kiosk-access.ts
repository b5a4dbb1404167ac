import type { ReadableStream } from 'node:stream/web';
import type { Answer } from '../api/answer.ts';
import { CallRefused, createClient, type Client, type Transport } from '../api/client.ts';
import { Problem } from '../domain/problem.ts';
import { findDataFolder } from '../kiosk/data-folder.ts';
import { openKiosk } from '../kiosk/open-kiosk.ts';
import { host } from './host.ts';
import { allowPinWithUrlOnly, type Options } from './options.ts';
import { UsageError } from './usage.ts';

/** Works with the kiosk that the options name: its data folder (as staff) or its address (as a screen, with the PIN as staff). */
export async function withTransport<T>(
  options: Options,
  work: (transport: Transport) => Promise<T>,
): Promise<T> {
  if (options.url !== undefined) {
    const { transport } = await openRemote(options.url, options);
    return work(transport);
  }
  allowPinWithUrlOnly(options);
  const kiosk = await openKiosk(findDataFolder(options.data), host);
  try {
    return await work({
      call: (operation, input) => kiosk.dispatch(operation, input, { role: 'admin' }),
      subscribe: (topics, onChange) =>
        kiosk.subscribe((topic) => {
          if (topics.includes(topic)) onChange(topic);
        }),
    });
  } finally {
    await kiosk.close();
  }
}

/** As `withTransport`, with typed calls that throw `CallRefused`. */
export function withClient<T>(options: Options, work: (client: Client) => Promise<T>): Promise<T> {
  return withTransport(options, (transport) => work(createClient(transport)));
}

/** A file on its way: its bytes, or a stream of them where they are many. */
export type FileBody = Uint8Array<ArrayBuffer> | ReadableStream;

/** A kiosk at an address. */
export interface Remote {
  transport: Transport;
  /** Sends a file to one of the kiosk's upload addresses. @throws CallRefused when it is not taken. */
  upload(path: string, body: FileBody, fileName: string): Promise<unknown>;
}

/**
 * Reaches a kiosk that is being served, as staff where there is a PIN: `--pin`, else `MUSTER_PIN`.
 * @throws CallRefused when the PIN is wrong; Problem `kiosk-unreachable`.
 */
export async function openRemote(address: string, { data, pin }: Options): Promise<Remote> {
  if (data !== undefined) throw new UsageError('--data and --url exclude each other');
  const origin = originOf(address);
  const secret = pin ?? process.env.MUSTER_PIN;
  const token = secret
    ? (await createClient(httpTransport(origin)).call('access.unlock', { pin: secret })).token
    : undefined;
  return {
    transport: httpTransport(origin, token),
    async upload(path, body, fileName) {
      const answer = await post(origin, `${path}?name=${encodeURIComponent(fileName)}`, body, token);
      if (!answer.ok) throw new CallRefused(answer.refusal);
      return answer.result;
    },
  };
}

function originOf(address: string): string {
  const url = URL.parse(address);
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new UsageError(`--url ${address} is no address such as http://127.0.0.1:6878`);
}

function httpTransport(origin: string, token?: string): Transport {
  return {
    call: (operation, input) =>
      post(origin, `/api/${encodeURIComponent(operation)}`, JSON.stringify(input), token),
    subscribe() {
      throw new Error('the command line does not listen for changes');
    },
  };
}

async function post(
  origin: string,
  path: string,
  body: string | FileBody,
  token: string | undefined,
): Promise<Answer> {
  try {
    const response = await fetch(new URL(path, origin), {
      method: 'POST',
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      body: body as RequestInit['body'],
      // A stream is sent without waiting for an answer to its beginning.
      duplex: 'half',
    } as RequestInit);
    return (await response.json()) as Answer;
  } catch (cause) {
    throw new Problem(
      'kiosk-unreachable',
      {
        en: `No kiosk answers at ${origin}. Please check the address, or start it with: muster serve`,
        zh: `${origin} 没有响应。请检查地址，或用 muster serve 启动。`,
      },
      { cause },
    );
  }
}
