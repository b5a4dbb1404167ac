import { fileURLToPath } from 'node:url';
import type { Kiosk } from '../kiosk/open-kiosk.ts';
import { createWebHandler } from '../web/web-handler.ts';
import { listen } from './http-host.ts';
import { pushChanges } from './push-host.ts';

/** Where the build puts the renderer. */
const RENDERER_FOLDER = fileURLToPath(new URL('../../dist/renderer/', import.meta.url));

/** A kiosk that browsers can open. */
export interface ServedKiosk {
  /** For example `http://127.0.0.1:6878`. */
  address: string;
  close(): Promise<void>;
}

/**
 * Serves an open kiosk to browsers on this machine. Closing stops the server; the kiosk stays open.
 * @throws Problem `port-in-use`.
 */
export async function serveKiosk(
  kiosk: Pick<Kiosk, 'dispatch' | 'callerOf' | 'subscribe' | 'web'>,
  port: number,
  rendererFolder: string = RENDERER_FOLDER,
): Promise<ServedKiosk> {
  const respond = createWebHandler({ rendererFolder, ...kiosk.web });
  const host = await listen({ dispatch: kiosk.dispatch, callerOf: kiosk.callerOf, respond }, port);
  const stopPushing = pushChanges(host.server, host.port, kiosk.subscribe);
  return {
    address: `http://127.0.0.1:${host.port}`,
    async close() {
      stopPushing();
      await host.close();
    },
  };
}
