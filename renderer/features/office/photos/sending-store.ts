import { defineStore } from 'pinia';
import { ref } from 'vue';
import { CallRefused } from '../../../../src/api/client.ts';
import type { Result } from '../../../../src/api/contract.ts';
import type { Bilingual } from '../../../../src/domain/bilingual.ts';
import { endUpload, uploadPhoto } from '../../../api/upload.ts';
import { useKioskStore } from '../../../stores/kiosk-store.ts';

/** Files on their way from this window to an import of the kiosk. */
export interface Sending {
  total: number;
  /** Sent or left out so far. */
  done: number;
  /** Files that the kiosk did not take; without words where it gave no answer. */
  leftOut: { file: string; words?: Bilingual }[];
}

/** Files sent at a time: one on its way while the other is written. */
const AT_ONCE = 2;

/**
 * What this window sends, by import. It outlives the office: the sending goes on when somebody locks it or turns to
 * the gate.
 */
export const useSendingStore = defineStore('sending', () => {
  const kiosk = useKioskStore();
  const sendings = ref<Record<string, Sending>>({});

  /**
   * Sends files to an import that was begun; a file that is not taken never stops the next one. Resolves when the
   * import goes on without this window, whether all were sent or something stopped it.
   */
  async function send(begun: Result<'photos.beginUpload'>, files: readonly File[]): Promise<void> {
    sendings.value[begun.importId] = { total: files.length, done: 0, leftOut: [] };
    const sending = sendings.value[begun.importId]!;
    const waiting = [...files];
    const work = async () => {
      for (let file = waiting.shift(); file; file = waiting.shift()) {
        try {
          await sendOne(sending, begun.uploadUrl, file);
        } catch (error) {
          waiting.length = 0;
          throw error;
        }
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
    for (const one of ended) if (one.status === 'rejected') notTaken(one.reason);
    // Also when something stopped it: what has arrived is imported.
    await endUpload(begun.uploadUrl).catch(notTaken);
  }

  async function sendOne(sending: Sending, url: string, file: File): Promise<void> {
    try {
      await uploadPhoto(url, file);
    } catch (error) {
      if (endsAll(error)) throw error;
      if (error instanceof CallRefused) {
        sending.leftOut.push({ file: file.name, words: error.refusal.message });
      } else {
        console.error(error);
        sending.leftOut.push({ file: file.name });
      }
    }
    sending.done++;
  }

  function notTaken(error: unknown): void {
    // Stopped by somebody, or by the kiosk: the import says what arrived.
    if (error instanceof CallRefused && error.refusal.code === 'import-unknown') return;
    console.error(error);
    if (!(error instanceof CallRefused)) kiosk.lost();
  }

  return { sendings, send };
});

/** Does it hold for every further file: the sending was stopped, the disk is low, or the kiosk is silent? */
function endsAll(error: unknown): boolean {
  if (error instanceof CallRefused) return ['import-unknown', 'disk-low'].includes(error.refusal.code);
  return error instanceof DOMException && error.name === 'TimeoutError';
}
