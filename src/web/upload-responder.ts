import type { ReadableStream } from 'node:stream/web';
import type { Dispatched } from '../api/answer.ts';
import { dispatchedResponse } from './answer-response.ts';
import { SAFE_HEADERS } from './content-policy.ts';

/** Takes files that the office sends; each answers as a call does. */
export interface Uploads {
  /** A sheet of people; the result is `{ uploadId }`. `token`: who sends it. */
  takePeopleFile(body: ReadableStream, name: string, token: string | undefined): Promise<Dispatched>;
  /** One photo of an import that was begun; whoever has its ticket may send. */
  takePhoto(ticket: string, body: ReadableStream, name: string): Promise<Dispatched>;
  /** That was the last photo. */
  endPhotos(ticket: string): Promise<Dispatched>;
}

const PHOTOS = /^\/uploads\/photos\/([A-Za-z0-9_-]{1,80})(\/end)?$/;

/**
 * Answers `POST /uploads/people?name=…` and `POST /uploads/photos/<ticket>?name=…`, where the body is the file, and
 * `POST /uploads/photos/<ticket>/end`. Who sends people says the header `authorization: Bearer <token>`; the ticket
 * of photos says it by itself.
 */
export async function respondToUpload(request: Request, uploads: Uploads): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const body = (request.body ?? new Blob([]).stream()) as unknown as ReadableStream;
  const name = searchParams.get('name') ?? '';
  const token = bearerToken(request.headers.get('authorization'));
  if (pathname === '/uploads/people')
    return dispatchedResponse(await uploads.takePeopleFile(body, name, token));
  const [, ticket, end] = PHOTOS.exec(pathname) ?? [];
  if (ticket !== undefined) {
    return dispatchedResponse(
      await (end ? uploads.endPhotos(ticket) : uploads.takePhoto(ticket, body, name)),
    );
  }
  return new Response('没有这个地址。 Not found.\n', { status: 404, headers: SAFE_HEADERS });
}

/** The token of an `authorization` header; undefined when it has none. */
export function bearerToken(header: string | null | undefined): string | undefined {
  return /^Bearer ([A-Za-z0-9_-]{1,200})$/.exec(header ?? '')?.[1];
}
