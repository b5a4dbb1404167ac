import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import type { Topic } from '../../../../src/api/contract.ts';
import { useClient } from '../../../api/connect.ts';
import { useTell } from './useTell.ts';

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
  const tell = useTell();
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
      if (!tell(error)) timer = setTimeout(() => void refresh(), ASK_AGAIN_AFTER);
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
