import type { Answer, RefusalView } from '../../src/api/answer.ts';
import type { CallInput, OperationName, Result } from '../../src/api/contract.ts';
import { setCheapPin } from './cheap-pin.ts';
import type { ServedTestKiosk } from './served-kiosk.ts';

/** The PIN of the office in tests. */
export const PIN = '271828';

/** What HTTP said to a call or an upload. */
export interface Reply {
  status: number;
  /** The answer as it came. */
  text: string;
  refusal?: RefusalView;
}

/** The office in a browser that has opened it. */
export interface Office {
  token: string;
  /** Calls with the token; fails the test on a "no". */
  call<Name extends OperationName>(operation: Name, input: CallInput<Name>): Promise<Result<Name>>;
  /** Sends a file with the token. */
  send(path: string, body: string | Uint8Array): Promise<Reply>;
}

/** Sets a PIN and opens the office with it, over HTTP. */
export async function openOffice({ address, dataFolder }: ServedTestKiosk): Promise<Office> {
  await setCheapPin(dataFolder, PIN);
  const opened = await callOver(address, 'access.unlock', { pin: PIN });
  const { token } = resultIn(opened) as { token: string };
  return {
    token,
    async call(operation, input) {
      return resultIn(await callOver(address, operation, input, token)) as Result<typeof operation>;
    },
    send: (path, body) => sendTo(address, path, body, token),
  };
}

/** Calls an operation over HTTP, with a token where there is one. */
export function callOver(address: string, operation: string, input: unknown, token?: string): Promise<Reply> {
  return sendTo(address, `/api/${operation}`, JSON.stringify(input), token);
}

/** Posts a body, with a token where there is one. */
export async function sendTo(
  address: string,
  path: string,
  body: string | Uint8Array,
  token?: string,
): Promise<Reply> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(address + path, { method: 'POST', body: body as BodyInit, headers });
  const text = await response.text();
  const reply = { status: response.status, text };
  if (!response.headers.get('content-type')?.startsWith('application/json')) return reply;
  const answer = JSON.parse(text) as Answer;
  return answer.ok ? reply : { ...reply, refusal: answer.refusal };
}

/** The result in a reply. @throws when it was a "no". */
export function resultIn({ status, text }: Reply): unknown {
  const answer = status === 200 ? (JSON.parse(text) as Answer) : undefined;
  if (!answer?.ok) throw new Error(`${status}: ${text}`);
  return answer.result;
}
