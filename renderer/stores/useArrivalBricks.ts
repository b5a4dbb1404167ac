import { computed } from 'vue';
import { useWords } from '../composables/useWords.ts';
import { useKioskClock } from '../composables/kiosk-clock.ts';
import { useKioskStore } from './kiosk-store.ts';

/** How long a sign-in keeps its brick of the photo wall, and how many do at once. */
const SHOWN_FOR = 90_000;
const AT_ONCE = 3;

/** The latest sign-ins as bricks for the photo wall, newest first. */
export function useArrivalBricks() {
  const kiosk = useKioskStore();
  const { t, words } = useWords();
  const now = useKioskClock();

  return computed(() =>
    (kiosk.view?.arrivals ?? [])
      .filter(({ signedInAt }) => now.value.getTime() - Date.parse(signedInAt) < SHOWN_FOR)
      .slice(0, AT_ONCE)
      .map(({ visitId, name, postName }) => {
        const post = postName ? words(postName) : '';
        // Where no names are shown, the brick says what came to which post.
        return {
          key: visitId,
          name: name || post || t('gateVisit.somebody'),
          note: [name && post, t('wall.justNow')].filter(Boolean).join('\n'),
        };
      }),
  );
}
