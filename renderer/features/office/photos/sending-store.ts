import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { Bilingual } from '../../../../src/domain/bilingual.ts';

/** Files on their way from this window to an import of the kiosk. */
export interface Sending {
  total: number;
  /** Sent or left out so far. */
  done: number;
  /** Files that the kiosk did not take; without words where it gave no answer. */
  leftOut: { file: string; words?: Bilingual }[];
  over: boolean;
}

/** What this window sends, by import, and which imports it need not show any more. It outlives the section. */
export const useSendingStore = defineStore('sending', () => {
  const sendings = ref<Record<string, Sending>>({});
  const closed = ref<string[]>([]);

  function begin(importId: string, total: number): Sending {
    sendings.value[importId] = { total, done: 0, leftOut: [], over: false };
    return sendings.value[importId];
  }

  function close(importId: string): void {
    closed.value.push(importId);
  }

  return { sendings, closed, begin, close };
});
