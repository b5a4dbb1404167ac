import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import { no, type Answer } from '../../src/api/answer.ts';
import { CALL_CHANNEL, CHANGE_CHANNEL } from '../../src/api/channels.ts';
import { CALL_TOO_LARGE, MAX_CALL_BYTES } from '../../src/api/limits.ts';
import type { Kiosk } from '../../src/kiosk/open-kiosk.ts';
import { isOwnAddress } from './scheme.ts';

/**
 * Takes the calls of our own windows to the kiosk and tells every window what changed. A call must come from a
 * window's main frame on our own address; it is answered with words in any case. Returns a function that ends it.
 */
export function hostOverIpc(kiosk: Pick<Kiosk, 'dispatch' | 'callerOf' | 'subscribe'>): () => void {
  ipcMain.handle(
    CALL_CHANNEL,
    async (event, operation: unknown, input: unknown, token: unknown): Promise<Answer> => {
      if (!isOwnWindow(event)) return NOT_OURS;
      if (typeof operation !== 'string' || !(token === undefined || typeof token === 'string'))
        return NOT_A_CALL;
      const json = asJson(input);
      if (json === undefined) return NOT_A_CALL;
      if (Buffer.byteLength(json) > MAX_CALL_BYTES) return CALL_TOO_LARGE;
      const answer = await kiosk.dispatch(operation, JSON.parse(json), kiosk.callerOf(token));
      return answer.ok ? answer : { ok: false, refusal: answer.refusal };
    },
  );
  const stop = kiosk.subscribe((topic) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(CHANGE_CHANNEL, topic);
  });
  return () => {
    stop();
    ipcMain.removeHandler(CALL_CHANNEL);
  };
}

function isOwnWindow({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
  return (
    senderFrame !== null &&
    senderFrame.parent === null &&
    isOwnAddress(senderFrame.url) &&
    BrowserWindow.fromWebContents(sender) !== null
  );
}

/** Structured clone carries more than JSON does; the dispatcher gets what it would get over HTTP. */
function asJson(input: unknown): string | undefined {
  try {
    return JSON.stringify(input);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

const NOT_OURS = no(
  'sender-wrong',
  'Calls are only accepted from the pages of the kiosk.',
  '只接受本机页面的请求。',
);

const NOT_A_CALL = no(
  'call-invalid',
  'A call is the name of an operation and an input that is JSON.',
  '请求须由操作名称和 JSON 输入组成。',
);
