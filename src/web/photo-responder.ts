import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { SAFE_HEADERS } from './content-policy.ts';

/** Finds the file of a picture that may be seen; with the office's ticket for it, any other, too. */
export type FindRendition = (
  photoId: string,
  edge: number,
  ticket: string | null,
) => Promise<string | undefined>;

const PATH = /^\/photos\/([0-9a-f]{64})\/(\d{1,5})\.jpg$/;

/**
 * Answers `/photos/<photoId>/<long edge>.jpg`: the picture, 304 when the browser has it, 404 when it may not
 * be seen. Browsers ask again each time, so that a photo that was hidden or turned is gone at once.
 */
export async function respondWithPhoto(
  request: Request,
  path: string,
  find: FindRendition,
): Promise<Response> {
  const match = PATH.exec(path);
  const [photoId, edge] = [match?.[1] ?? '', Number(match?.[2])];
  const ticket = new URL(request.url).searchParams.get('ticket');
  const file = match ? await find(photoId, edge, ticket) : undefined;
  if (file === undefined) return notFound();
  const headers = {
    ...SAFE_HEADERS,
    'content-type': 'image/jpeg',
    'cache-control': 'private, no-cache',
    // A turned photo has another file.
    etag: `"${basename(file, '.jpg')}"`,
  };
  if (request.headers.get('if-none-match') === headers.etag)
    return new Response(null, { status: 304, headers });
  return new Response(await readFile(file), { headers });
}

function notFound(): Response {
  return new Response('没有这张照片。 No such photo.\n', { status: 404, headers: SAFE_HEADERS });
}
