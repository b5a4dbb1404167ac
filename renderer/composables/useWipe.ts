import { readonly, ref } from 'vue';

/** So long a screen takes no touch while it is wiped, in seconds. */
const WIPE_SECONDS = 30;

/** What fingers, keyboards and badge readers do. */
const KINDS = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'keydown', 'keyup'] as const;

const secondsLeft = ref(0);
let timer: ReturnType<typeof setInterval> | undefined;

/** The seconds for which this window takes no touch, 0 when it does, and `wipe` to begin that anew. */
export function useWipe() {
  return { secondsLeft: readonly(secondsLeft), wipe };
}

/**
 * Keeps touches, keys and badges from every screen while this window is wiped. Call it once, before any screen is
 * there: of those who listen to a window, the first one is told first.
 */
export function shutOutWhileWiped(): void {
  for (const kind of KINDS) window.addEventListener(kind, shutOut, { capture: true });
}

function shutOut(event: Event): void {
  if (secondsLeft.value === 0) return;
  event.stopImmediatePropagation();
  event.preventDefault();
}

function wipe(): void {
  clearInterval(timer);
  const until = performance.now() + WIPE_SECONDS * 1000;
  secondsLeft.value = WIPE_SECONDS;
  timer = setInterval(() => {
    secondsLeft.value = Math.max(0, Math.ceil((until - performance.now()) / 1000));
    if (secondsLeft.value === 0) clearInterval(timer);
  }, 250);
}
