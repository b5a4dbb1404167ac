import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Client } from '../../src/api/client.ts';
import { CallRefused } from '../../src/api/client.ts';
import type { Result, Topic } from '../../src/api/contract.ts';
import type { Category } from '../../src/domain/category.ts';
import type { Settings } from '../../src/domain/settings.ts';

const TOPICS: Topic[] = ['activities', 'people', 'attendance', 'photos', 'slogans', 'settings'];
const RETRY_AFTER = 2000;

/** What every screen shows: settings, tonight's activity, counts, arrivals, photos, slogans, as last heard. */
export const useKioskStore = defineStore('kiosk', () => {
  const settings = shallowRef<Settings>();
  const categories = shallowRef<Map<string, Category>>(new Map());
  const view = shallowRef<Result<'wall.view'>>();
  /** False while the kiosk does not answer. */
  const reachable = ref(true);

  const tonight = computed(() => view.value?.activities[0]);

  /** The slogans; where there are none, the kiosk's own name hangs there. */
  const slogans = computed(() => {
    const own = settings.value && { sloganId: 'kiosk-name', text: settings.value.kioskName };
    return view.value?.slogans.length ? view.value.slogans : own ? [own] : [];
  });

  let askLater: () => void = () => undefined;

  /** A call got no answer: says so, and asks again until there is one. */
  function lost(): void {
    reachable.value = false;
    askLater();
  }

  /** Loads everything and keeps it up to date; returns a function that stops that. */
  function follow(client: Client): () => void {
    let asking = false;
    let askAgain = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function refresh(): Promise<void> {
      if (asking) {
        askAgain = true;
        return;
      }
      asking = true;
      clearTimeout(timer);
      try {
        do {
          askAgain = false;
          const [newSettings, newView] = await Promise.all([
            client.call('settings.get', {}),
            client.call('wall.view', {}),
          ]);
          settings.value = newSettings.settings;
          categories.value = new Map(newSettings.categories.map((one) => [one.categoryId, one]));
          view.value = newView;
          reachable.value = true;
        } while (askAgain);
      } catch (error) {
        if (error instanceof CallRefused) console.error(error);
        lost();
      } finally {
        asking = false;
      }
    }

    askLater = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(), RETRY_AFTER);
    };
    const stop = client.subscribe(TOPICS, () => void refresh());
    const minutely = setInterval(() => void refresh(), 60_000);
    void refresh();
    return () => {
      stop();
      clearTimeout(timer);
      clearInterval(minutely);
    };
  }

  return { settings, categories, view, reachable, tonight, slogans, follow, lost };
});
