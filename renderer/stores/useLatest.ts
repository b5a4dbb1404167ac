import { shallowRef, watch, type ShallowRef } from 'vue';
import { CallRefused } from '../../src/api/client.ts';
import { useKioskStore } from './kiosk-store.ts';

/**
 * What `ask` answered to the newest `key`; undefined until the first answer. Asks again whenever the key
 * changes, and drops an answer that a later question has overtaken.
 */
export function useLatest<Key, Result>(
  key: () => Key,
  ask: (key: Key) => Promise<Result>,
): ShallowRef<Result | undefined> {
  const kiosk = useKioskStore();
  const latest = shallowRef<Result>();
  let turn = 0;

  watch(
    key,
    async (question) => {
      const mine = ++turn;
      try {
        const answer = await ask(question);
        if (mine === turn) latest.value = answer;
      } catch (error) {
        console.error(error);
        if (!(error instanceof CallRefused)) kiosk.lost();
      }
    },
    { immediate: true },
  );
  return latest;
}
