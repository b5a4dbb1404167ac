import { CallRefused } from '../../../../src/api/client.ts';
import type { Result } from '../../../../src/api/contract.ts';
import { useClient } from '../../../api/connect.ts';
import { upload } from '../../../api/upload.ts';
import { useWords } from '../../../composables/useWords.ts';
import { useKioskStore } from '../../../stores/kiosk-store.ts';
import { useSessionStore } from '../../../stores/session-store.ts';
import { useNoticeStore } from '../parts/notice-store.ts';
import { useSendingStore, type Sending } from './sending-store.ts';

/** Files sent at a time: one on its way while the other is written. */
const AT_ONCE = 2;
/** A "no" that holds for every further file: the import was cancelled, or the office was locked. */
const ENDS_ALL = ['import-unknown', 'role-missing'];

/** Sends files to an import that was begun; a file that is not taken never stops the next one. */
export function useSending() {
  const client = useClient();
  const { t, words } = useWords();
  const kiosk = useKioskStore();
  const session = useSessionStore();
  const notices = useNoticeStore();
  const store = useSendingStore();

  /** Resolves when all are sent and the import goes on without this window, or when it was stopped. */
  async function send(begun: Result<'photos.beginUpload'>, files: readonly File[]): Promise<void> {
    const sending = store.begin(begun.importId, files.length);
    const waiting = [...files];
    const work = async () => {
      for (let file = waiting.shift(); file; file = waiting.shift()) {
        await sendOne(sending, begun.uploadUrl, file);
        sending.done++;
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      await client.call('photos.endUpload', { importId: begun.importId });
    } catch (error) {
      waiting.length = 0;
      tell(error);
    } finally {
      sending.over = true;
    }
  }

  async function sendOne(sending: Sending, url: string, file: File): Promise<void> {
    try {
      await upload(url, file);
    } catch (error) {
      if (!(error instanceof CallRefused)) {
        console.error(error);
        sending.leftOut.push({ file: file.name });
      } else if (ENDS_ALL.includes(error.refusal.code)) throw error;
      else sending.leftOut.push({ file: file.name, words: error.refusal.message });
    }
  }

  function tell(error: unknown): void {
    if (!(error instanceof CallRefused)) {
      console.error(error);
      notices.complain(t('office.unreachable'));
      kiosk.lost();
    } else if (error.refusal.code === 'role-missing') session.end();
    // Cancelled: whoever did that knows, and the import says so.
    else if (error.refusal.code !== 'import-unknown') notices.complain(words(error.refusal.message));
  }

  return { send };
}
