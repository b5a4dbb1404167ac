import { inject, type InjectionKey } from 'vue';
import { createClient, type Client } from '../../src/api/client.ts';
import { httpTransport } from './http-transport.ts';

export const clientKey: InjectionKey<Client> = Symbol('client');

/** The kiosk's client over the transport that this window has. */
export function connect(): Client {
  return createClient(httpTransport(location.origin));
}

/** The client that the app was started with. */
export function useClient(): Client {
  const client = inject(clientKey);
  if (!client) throw new Error('the app was started without a client');
  return client;
}
