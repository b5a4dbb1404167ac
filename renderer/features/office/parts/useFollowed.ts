import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { CallRefused } from '../../../../src/api/client.ts';
import type { Topic } from '../../../../src/api/contract.ts';
import { useClient } from '../../../api/connect.ts';
import { useWords } from '../../../composables/useWords.ts';
import { useKioskStore } from '../../../stores/kiosk-store.ts';
import { useSessionStore } from '../../../stores/session-store.ts';
import { useNoticeStore } from './notice-store.ts';

const ASK_AGAIN_AFTER = 2000;

/**
 * What `ask` answers, asked again whenever one of the topics or the key changes; undefined until the first
 * answer. Of two answers the one to the later question counts.
 */
export function useFollowed<Result>(
  topics: readonly Topic[],
  ask: () => Promise<Result>,
  key: () => unknown = () => undefined,
): { data: ShallowRef<Result | undefined>; refresh: () => Promise<void> } {
  const client = useClient();
  const { words } = useWords();
  const kiosk = useKioskStore();
  const session = useSessionStore();
  const notices = useNoticeStore();
  const data = shallowRef<Result>();
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function refresh(): Promise<void> {
    const mine = ++turn;
    clearTimeout(timer);
    try {
      const answer = await ask();
      if (mine === turn) data.value = answer;
    } catch (error) {
      if (mine !== turn) return;
      if (!(error instanceof CallRefused)) {
        console.error(error);
        kiosk.lost();
        timer = setTimeout(() => void refresh(), ASK_AGAIN_AFTER);
      } else if (error.refusal.code === 'role-missing') session.end();
      else notices.complain(words(error.refusal.message));
    }
  }

  const stop = client.subscribe(topics, () => void refresh());
  watch(key, () => void refresh(), { deep: true });
  void refresh();
  onScopeDispose(() => {
    turn++;
    stop();
    clearTimeout(timer);
  });
  return { data, refresh };
}
