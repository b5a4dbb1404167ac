import { inject, type InjectionKey } from 'vue';
import { BRIDGE_NAME, type Bridge } from '../../src/api/channels.ts';
import { createClient, type Client } from '../../src/api/client.ts';
import { httpTransport } from './http-transport.ts';
import { ipcTransport } from './ipc-transport.ts';
import { currentToken } from './session.ts';

export const clientKey: InjectionKey<Client> = Symbol('client');

/** Electron's bridge; a browser has none. */
export const bridge = (window as { [BRIDGE_NAME]?: Bridge })[BRIDGE_NAME];

/** The kiosk's client over the transport that this window has: Electron's bridge, else HTTP. */
export function connect(): Client {
  return createClient(bridge ? ipcTransport(bridge) : httpTransport(location.origin), currentToken);
}

/** The client that the app was started with. */
export function useClient(): Client {
  const client = inject(clientKey);
  if (!client) throw new Error('the app was started without a client');
  return client;
}
