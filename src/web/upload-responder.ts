import type { ReadableStream } from 'node:stream/web';
import type { Answer } from '../api/answer.ts';
import { SAFE_HEADERS } from './content-policy.ts';

/** Takes files that the office sends; each answers as a call does. `token`: who sends. */
export interface Uploads {
  /** A sheet of people; the result is `{ uploadId }`. */
  takePeopleFile(body: ReadableStream, name: string, token: string | undefined): Promise<Answer>;
  /** One photo of an import that was begun. */
  takePhoto(importId: string, body: ReadableStream, name: string, token: string | undefined): Promise<Answer>;
}

const PHOTO = /^\/uploads\/photos\/([A-Za-z0-9-]{1,80})$/;

/**
 * Answers `POST /uploads/people?name=…` and `POST /uploads/photos/<importId>?name=…`: the body is the file, the
 * header `authorization: Bearer <token>` says who sends it.
 */
export async function respondToUpload(request: Request, uploads: Uploads): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const body = (request.body ?? new Blob([]).stream()) as unknown as ReadableStream;
  const name = searchParams.get('name') ?? '';
  const token = bearerToken(request.headers.get('authorization'));
  if (pathname === '/uploads/people') return answer(await uploads.takePeopleFile(body, name, token));
  const importId = PHOTO.exec(pathname)?.[1];
  if (importId !== undefined) return answer(await uploads.takePhoto(importId, body, name, token));
  return new Response('没有这个地址。 Not found.\n', { status: 404, headers: SAFE_HEADERS });
}

/** The token of an `authorization` header; undefined when it has none. */
export function bearerToken(header: string | null | undefined): string | undefined {
  return /^Bearer ([A-Za-z0-9_-]{1,200})$/.exec(header ?? '')?.[1];
}

function answer(answer: Answer): Response {
  return Response.json(answer, {
    status: answer.ok ? 200 : 400,
    headers: { ...SAFE_HEADERS, 'cache-control': 'no-store' },
  });
}
