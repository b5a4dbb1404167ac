import type { Answer } from '../../src/api/answer.ts';
import { CallRefused } from '../../src/api/client.ts';
import { currentToken } from './session.ts';

/**
 * Sends a file to one of the kiosk's upload addresses and resolves with the result.
 * @throws CallRefused with the reason when it is not taken.
 */
export async function upload<Result>(path: string, file: File): Promise<Result> {
  const url = new URL(path, location.origin);
  url.searchParams.set('name', file.name);
  const token = currentToken();
  const response = await fetch(url, {
    method: 'POST',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    body: file,
  });
  const answer = (await response.json()) as Answer<Result>;
  if (!answer.ok) throw new CallRefused(answer.refusal);
  return answer.result;
}
