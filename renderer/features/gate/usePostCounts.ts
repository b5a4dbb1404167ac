import { computed, shallowRef, watch } from 'vue';
import type { Client } from '../../../src/api/client.ts';
import type { Counts } from '../../../src/domain/counts.ts';
import { biggestGap as findBiggestGap } from '../../../src/domain/counts.ts';
import { useKioskStore } from '../../stores/kiosk-store.ts';
import { useGateStore } from './gate-store.ts';

/** How many are at each post of the chosen activity, kept up to date, and which posts call for people. */
export function usePostCounts(client: Client) {
  const gate = useGateStore();
  const kiosk = useKioskStore();
  const counts = shallowRef<Counts>();

  watch(
    () => [gate.activity?.activityId, kiosk.view] as const,
    async ([activityId]) => {
      if (activityId === undefined) return;
      try {
        counts.value = await client.call('attendance.counts', { activityId });
      } catch (error) {
        console.error(error);
        kiosk.reachable = false;
      }
    },
    { immediate: true },
  );

  function countOf(postId: string): { present: number; full: boolean } {
    return counts.value?.posts.find((post) => post.postId === postId) ?? { present: 0, full: false };
  }

  /** The posts with the biggest gap, unless all posts lack the same number. */
  const calling = computed(() => {
    const gaps = (counts.value?.posts ?? []).map(({ postId, wanted, present }) => ({
      postId,
      gap: wanted - present,
    }));
    const most = Math.max(0, ...gaps.map(({ gap }) => gap));
    const callers = gaps.filter(({ gap }) => most > 0 && gap === most);
    return new Set(callers.length === gaps.length ? [] : callers.map(({ postId }) => postId));
  });

  const biggestGap = computed(() => counts.value && findBiggestGap(counts.value));
  return { countOf, calling, biggestGap };
}
