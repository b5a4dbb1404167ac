import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';

/** Work that this window has started or seen under way, by id: how it ended is shown until somebody closes it. */
export const useSeenWorksStore = defineStore('seen-works', () => {
  const seen = shallowRef<readonly string[]>([]);
  /** What was started here last. */
  const started = ref<string>();

  function see(workId: string): void {
    if (!seen.value.includes(workId)) seen.value = [...seen.value, workId];
  }

  function start(workId: string): void {
    see(workId);
    started.value = workId;
  }

  function close(workId: string): void {
    seen.value = seen.value.filter((one) => one !== workId);
  }

  return { seen, started, see, start, close };
});
