import { SAFE_HEADERS } from './content-policy.ts';

/** A file that was made to be downloaded. */
export interface Download {
  bytes: Uint8Array<ArrayBuffer>;
  fileName: string;
  type: string;
}

const PATH = /^\/exports\/([A-Za-z0-9_-]{20,200})$/;

/** Answers `/exports/<ticket>`: the prepared file, to be saved; 404 when it is over. */
export function respondWithExport(path: string, find: (ticket: string) => Download | undefined): Response {
  const ticket = PATH.exec(path)?.[1];
  const download = ticket === undefined ? undefined : find(ticket);
  if (!download) {
    return new Response('下载已过期，请重新导出。 This download is over; please export again.\n', {
      status: 404,
      headers: { ...SAFE_HEADERS, 'content-type': 'text/plain; charset=utf-8' },
    });
  }
  return new Response(download.bytes, {
    headers: {
      ...SAFE_HEADERS,
      'content-type': download.type,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(download.fileName)}`,
      'cache-control': 'no-store',
    },
  });
}
