import type { Answer } from '../../src/api/answer.ts';
import { CallRefused } from '../../src/api/client.ts';
import { currentToken } from './session.ts';

/** Longest time a photo may take, in milliseconds: 60 MB at 4 Mbit/s. */
const GIVE_UP_AFTER = 120_000;
/** The same pace for larger files: bytes a millisecond. */
const SLOWEST = 500;
/** How long to wait before a file that got no answer is sent once more, in milliseconds. */
const AGAIN_AFTER = 1000;

/**
 * Sends a file to one of the kiosk's upload addresses as the office and resolves with the result. Without an answer
 * it is sent once more.
 * @throws CallRefused with the reason when it is not taken; DOMException `TimeoutError` when twice nothing came back
 * for two minutes (of a large zip file: as long as 4 Mbit/s take); TypeError when the file cannot be read or the kiosk not be reached.
 */
export function upload<Result>(path: string, file: File): Promise<Result> {
  const token = currentToken();
  return sendTwice(named(path, file), file, token === undefined ? {} : { authorization: `Bearer ${token}` });
}

/** As `upload`, to an address that is itself the right to send. */
export async function uploadPhoto(uploadUrl: string, file: File): Promise<void> {
  await sendTwice(named(uploadUrl, file), file);
}

/** Tells the kiosk that nothing more comes. @throws as `upload`. */
export async function endUpload(uploadUrl: string): Promise<void> {
  await sendTwice(new URL(`${uploadUrl}/end`, location.origin), null);
}

function named(path: string, file: File): URL {
  const url = new URL(path, location.origin);
  url.searchParams.set('name', file.name);
  return url;
}

async function sendTwice<Result>(
  url: URL,
  body: File | null,
  headers: Record<string, string> = {},
): Promise<Result> {
  try {
    return await send(url, body, headers);
  } catch (error) {
    if (error instanceof CallRefused) throw error;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
    return send(url, body, headers);
  }
}

async function send<Result>(url: URL, body: File | null, headers: Record<string, string>): Promise<Result> {
  const signal = AbortSignal.timeout(Math.max(GIVE_UP_AFTER, (body?.size ?? 0) / SLOWEST));
  const response = await fetch(url, { method: 'POST', headers, body, signal });
  const answer = (await response.json()) as Answer<Result>;
  if (!answer.ok) throw new CallRefused(answer.refusal);
  return answer.result;
}
