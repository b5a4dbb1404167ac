import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Client } from '../../src/api/client.ts';
import { CallRefused } from '../../src/api/client.ts';
import type { Result, Topic } from '../../src/api/contract.ts';
import type { Health } from '../../src/api/system-api.ts';
import type { Category } from '../../src/domain/category.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { setKioskClock } from '../composables/kiosk-clock.ts';
import { oneAtATime } from './one-at-a-time.ts';

const TOPICS: Topic[] = ['activities', 'people', 'attendance', 'photos', 'slogans', 'settings', 'health'];
const RETRY_AFTER = 2000;

/** What every screen shows: settings, tonight's activity, counts, arrivals, photos, slogans, as last heard. */
export const useKioskStore = defineStore('kiosk', () => {
  const settings = shallowRef<Settings>();
  const categories = shallowRef<Map<string, Category>>(new Map());
  const view = shallowRef<Result<'wall.view'>>();
  const health = shallowRef<Health>();
  /** False while the kiosk does not answer. */
  const reachable = ref(true);

  const tonight = computed(() => view.value?.activities[0]);
  /** Why nothing can be saved; null while all is well. */
  const trouble = computed(() => health.value?.trouble ?? null);

  /** The slogans; where there are none, the kiosk's own name hangs there. */
  const slogans = computed(() => {
    const own = settings.value && { sloganId: 'kiosk-name', text: settings.value.kioskName };
    return view.value?.slogans.length ? view.value.slogans : own ? [own] : [];
  });

  let askLater: () => void = () => undefined;
  let lookNow: () => void = () => undefined;
  let refreshNow: () => void = () => undefined;

  /** A call got no answer: says so, and asks again until there is one. */
  function lost(): void {
    reachable.value = false;
    askLater();
  }

  /** Asks the kiosk how it is. */
  function look(): void {
    lookNow();
  }

  /** Asks for everything again: it is time for something to have changed by itself. */
  function refresh(): void {
    refreshNow();
  }

  async function orLost(ask: () => Promise<void>): Promise<void> {
    try {
      await ask();
    } catch (error) {
      if (error instanceof CallRefused) console.error(error);
      lost();
    }
  }

  /** Loads everything and keeps it up to date; returns a function that stops that. */
  function follow(client: Client): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;

    const refreshView = oneAtATime(() =>
      orLost(async () => {
        const [newSettings, newView] = await Promise.all([
          client.call('settings.get', {}),
          client.call('wall.view', {}),
        ]);
        setKioskClock(newView.now);
        settings.value = newSettings.settings;
        categories.value = new Map(newSettings.categories.map((one) => [one.categoryId, one]));
        view.value = newView;
        reachable.value = true;
      }),
    );
    const refreshHealth = oneAtATime(() =>
      orLost(async () => void (health.value = await client.call('system.health', {}))),
    );

    function refreshAll(): void {
      clearTimeout(timer);
      void refreshView();
      void refreshHealth();
    }

    refreshNow = refreshAll;
    lookNow = () => void refreshHealth();
    askLater = () => {
      clearTimeout(timer);
      timer = setTimeout(refreshAll, RETRY_AFTER);
    };
    const stop = client.subscribe(TOPICS, (topic) => {
      void (topic === 'health' ? refreshHealth() : refreshView());
    });
    const minutely = setInterval(refreshAll, 60_000);
    refreshAll();
    return () => {
      stop();
      clearTimeout(timer);
      clearInterval(minutely);
    };
  }

  return {
    settings,
    categories,
    view,
    health,
    reachable,
    tonight,
    trouble,
    slogans,
    follow,
    lost,
    look,
    refresh,
  };
});
