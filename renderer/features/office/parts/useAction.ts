import { ref } from 'vue';
import { CallRefused } from '../../../../src/api/client.ts';
import { useWords } from '../../../composables/useWords.ts';
import { useKioskStore } from '../../../stores/kiosk-store.ts';
import { useSessionStore } from '../../../stores/session-store.ts';
import { useNoticeStore } from './notice-store.ts';

/**
 * Runs what a button asks for. `busy` while it does; a "no" is shown in words, a lost office asks for the PIN
 * again. Resolves with the result, or with undefined when there is none.
 */
export function useAction() {
  const { t, words } = useWords();
  const kiosk = useKioskStore();
  const session = useSessionStore();
  const notices = useNoticeStore();
  const busy = ref(false);

  async function run<T>(work: () => Promise<T>, done?: string): Promise<T | undefined> {
    if (busy.value) return undefined;
    busy.value = true;
    if (notices.notice?.good === false) notices.close();
    try {
      const result = await work();
      if (done !== undefined) notices.say(done);
      return result;
    } catch (error) {
      if (!(error instanceof CallRefused)) {
        console.error(error);
        notices.complain(t('office.unreachable'));
        kiosk.lost();
      } else if (error.refusal.code === 'role-missing') session.end();
      else notices.complain(words(error.refusal.message));
      return undefined;
    } finally {
      busy.value = false;
    }
  }

  return { busy, run };
}

/** A new gesture: every click that changes something has its own. */
export function newGesture(): string {
  return crypto.randomUUID();
}
