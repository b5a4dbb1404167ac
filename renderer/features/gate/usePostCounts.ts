import { computed } from 'vue';
import type { Client } from '../../../src/api/client.ts';
import { biggestGap as findBiggestGap } from '../../../src/domain/counts.ts';
import { useKioskStore } from '../../stores/kiosk-store.ts';
import { useLatest } from '../../stores/useLatest.ts';
import { useGateStore } from './gate-store.ts';

/** How many are at each post of the chosen activity, kept up to date, and which posts call for people. */
export function usePostCounts(client: Client) {
  const gate = useGateStore();
  const kiosk = useKioskStore();
  const counts = useLatest(
    () => ({ activityId: gate.activity?.activityId, view: kiosk.view }),
    async ({ activityId }) => activityId && client.call('attendance.counts', { activityId }),
  );

  const posts = computed(() => (counts.value ? counts.value.posts : []));

  function countOf(postId: string): { inside: number; full: boolean } {
    return posts.value.find((post) => post.postId === postId) ?? { inside: 0, full: false };
  }

  /** The posts with the biggest gap, unless all posts lack the same number. */
  const calling = computed(() => {
    const gaps = posts.value.map(({ postId, wanted, inside, full }) => ({
      postId,
      gap: full ? 0 : wanted - inside,
    }));
    const most = Math.max(0, ...gaps.map(({ gap }) => gap));
    const callers = gaps.filter(({ gap }) => most > 0 && gap === most);
    return new Set(callers.length === gaps.length ? [] : callers.map(({ postId }) => postId));
  });

  const biggestGap = computed(() => (counts.value ? findBiggestGap(counts.value) : undefined));
  return { counts, countOf, calling, biggestGap };
}
