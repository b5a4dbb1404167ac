import { readonly, ref } from 'vue';

/** So long a screen takes no touch while it is wiped, in seconds. */
const WIPE_SECONDS = 30;

const secondsLeft = ref(0);
let timer: ReturnType<typeof setInterval> | undefined;

/** The seconds for which this window takes no touch, 0 when it does, and `wipe` to begin that anew. */
export function useWipe() {
  return { secondsLeft: readonly(secondsLeft), wipe };
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
