import type { Answer } from '../api/answer.ts';
import { createClient, type Client, type Transport } from '../api/client.ts';
import { Problem } from '../domain/problem.ts';
import { findDataFolder } from '../kiosk/data-folder.ts';
import { openKiosk } from '../kiosk/open-kiosk.ts';
import { host } from './host.ts';
import type { Options } from './options.ts';
import { UsageError } from './usage.ts';

/** Works with the kiosk that the options name: its data folder (as staff) or its address (as a screen). */
export async function withTransport<T>(
  options: Options,
  work: (transport: Transport) => Promise<T>,
): Promise<T> {
  if (options.url !== undefined) {
    if (options.data !== undefined) throw new UsageError('--data and --url exclude each other');
    return work(httpTransport(options.url));
  }
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

function httpTransport(address: string): Transport {
  if (!/^https?:$/.test(URL.parse(address)?.protocol ?? ''))
    throw new UsageError(`--url ${address} is no address such as http://127.0.0.1:6878`);
  return {
    async call(operation, input) {
      const url = new URL(`/api/${encodeURIComponent(operation)}`, address);
      try {
        const response = await fetch(url, { method: 'POST', body: JSON.stringify(input) });
        return (await response.json()) as Answer;
      } catch (cause) {
        throw new Problem(
          'kiosk-unreachable',
          {
            en: `No kiosk answers at ${url.origin}. Please check the address, or start it with: muster serve`,
            zh: `${url.origin} 没有响应。请检查地址，或用 muster serve 启动。`,
          },
          { cause },
        );
      }
    },
    subscribe() {
      throw new Error('the command line does not listen for changes');
    },
  };
}
