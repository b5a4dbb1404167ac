import { ref } from 'vue';
import { useWords } from '../../../composables/useWords.ts';
import { useNoticeStore } from './notice-store.ts';
import { useTell } from './useTell.ts';

/**
 * Runs what a button asks for. `busy` while it does; a "no" is shown in words, a lost office asks for the PIN
 * again. Resolves with the result, or with undefined when there is none.
 */
export function useAction() {
  const { t } = useWords();
  const tell = useTell();
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
      if (!tell(error)) notices.complain(t('office.unreachable'));
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
