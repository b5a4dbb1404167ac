import { respondWithPage } from './page-responder.ts';
import { respondWithPhoto, type FindRendition } from './photo-responder.ts';
import { SAFE_HEADERS } from './content-policy.ts';

/** What the handler serves from. */
export interface WebSources {
  /** Folder of the built renderer. */
  rendererFolder: string;
  findRendition: FindRendition;
}

/**
 * Pages and pictures as one web-standard function, mounted by every host. Never throws; a disk error is
 * reported and answered with 500.
 */
export function createWebHandler(
  { rendererFolder, findRendition }: WebSources,
  onFault: (error: unknown) => void = console.error,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response('只接受 GET。 Only GET.\n', {
        status: 405,
        headers: { ...SAFE_HEADERS, allow: 'GET, HEAD' },
      });
    }
    const { pathname } = new URL(request.url);
    try {
      return pathname.startsWith('/photos/')
        ? await respondWithPhoto(request, pathname, findRendition)
        : await respondWithPage(pathname, rendererFolder);
    } catch (error) {
      onFault(error);
      return new Response('主机无法从磁盘读取。 The kiosk could not read this from its disk.\n', {
        status: 500,
        headers: SAFE_HEADERS,
      });
    }
  };
}
