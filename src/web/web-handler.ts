import { respondWithPage } from './page-responder.ts';
import { respondWithPhoto, type FindRendition } from './photo-responder.ts';
import { SAFE_HEADERS } from './content-policy.ts';
import { respondWithExport, type Download } from './export-responder.ts';
import { respondToUpload, type Uploads } from './upload-responder.ts';

/** What the handler serves from. */
export interface WebSources {
  /** Folder of the built renderer. */
  rendererFolder: string;
  findRendition: FindRendition;
  /** A file that `exports.prepare` has made. */
  findDownload(ticket: string): Download | undefined;
  uploads: Uploads;
}

/**
 * Pages, pictures, uploads and downloads as one web-standard function, mounted by every host. Never throws; a disk error is
 * reported and answered with 500.
 */
export function createWebHandler(
  { rendererFolder, findRendition, findDownload, uploads }: WebSources,
  onFault: (error: unknown) => void = console.error,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname } = new URL(request.url);
    const isUpload = pathname.startsWith('/uploads/');
    const allowed = isUpload ? ['POST'] : ['GET', 'HEAD'];
    if (!allowed.includes(request.method)) {
      const allow = allowed.join(', ');
      return new Response(`只接受 ${allow}。 Only ${allow}.\n`, {
        status: 405,
        headers: { ...SAFE_HEADERS, allow },
      });
    }
    try {
      if (isUpload) return await respondToUpload(request, uploads);
      if (pathname.startsWith('/exports/')) return respondWithExport(pathname, findDownload);
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
