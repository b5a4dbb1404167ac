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
        reachable.value = false;
        timer = setTimeout(() => void refresh(), RETRY_AFTER);
      } finally {
        asking = false;
      }
    }

    const stop = client.subscribe(TOPICS, () => void refresh());
    const minutely = setInterval(() => void refresh(), 60_000);
    void refresh();
    return () => {
      stop();
      clearTimeout(timer);
      clearInterval(minutely);
    };
  }

  return { settings, categories, view, reachable, tonight, follow };
});
