import { computed, readonly, ref, shallowRef, type Ref } from 'vue';

/** Where a show stood when it was left. */
export interface ShowPlace {
  slide: string;
  paused: boolean;
}

/** What the window remembers with its address, a reload included. */
interface Kept {
  /** In the office: the screen that was left for it. */
  left?: { path: string; show?: ShowPlace };
  /** On a show that is come back to. */
  show?: ShowPlace;
}

const OFFICE = '/office';

const path = ref(location.pathname);
const kept = shallowRef(keptHere());
const left = computed(() => kept.value.left?.path);

window.addEventListener('popstate', () => {
  path.value = location.pathname;
  kept.value = keptHere();
});

const WAYS = { go, toOffice, comeBack, takeShowPlace };

/**
 * The path of the screen that this window shows, and `go` to show another: the page itself is never left.
 * Whoever leaves a screen for the office (`toOffice`) has it remembered as `left`; `comeBack` shows it again.
 * `takeShowPlace` tells, once, where the show stood that was come back to.
 */
export function useRoute() {
  return { path: readonly(path) as Readonly<Ref<string>>, left, ...WAYS };
}

function go(to: string): void {
  const stays = isOffice(to) && isOffice(path.value) && kept.value.left;
  show(to, stays ? { left: stays } : {});
}

function toOffice(place?: ShowPlace): void {
  show(OFFICE, { left: { path: path.value, ...(place && { show: place }) } });
}

function comeBack(): void {
  const { left } = kept.value;
  if (left) show(left.path, left.show ? { show: left.show } : {});
}

function takeShowPlace(): ShowPlace | undefined {
  const { show: place } = kept.value;
  if (place) {
    kept.value = {};
    history.replaceState({}, '');
  }
  return place;
}

function show(to: string, state: Kept): void {
  if (to === location.pathname) return;
  history.pushState(state, '', to);
  path.value = to;
  kept.value = state;
}

function isOffice(to: string): boolean {
  return to === OFFICE || to.startsWith(`${OFFICE}/`);
}

function keptHere(): Kept {
  return (history.state as Kept | null) ?? {};
}
