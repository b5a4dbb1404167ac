import { onScopeDispose, ref, watch, type Ref } from 'vue';

/** Seconds without a touch until the screen asks, and then until it clears (DESIGN.md section 6). */
const ASK_AFTER = 20;
const CLEAR_AFTER = 10;

/**
 * Watches for touches and keys while `active`. Returns the seconds left once nobody has touched the screen for
 * 20 s (undefined before), and `stay` to start over; calls `onGone` when they have run out.
 */
export function useIdle(active: Ref<boolean>, onGone: () => void) {
  const secondsLeft = ref<number>();
  let untouched = 0;

  function stay(): void {
    untouched = 0;
    secondsLeft.value = undefined;
  }

  function onTouch(event: Event): void {
    // A key that lies under something repeats for ever; nobody is there.
    if (event instanceof KeyboardEvent && event.repeat) return;
    if (secondsLeft.value === undefined) stay();
  }

  const timer = setInterval(() => {
    if (!active.value) return;
    untouched++;
    if (untouched < ASK_AFTER) return;
    secondsLeft.value = ASK_AFTER + CLEAR_AFTER - untouched;
    if (secondsLeft.value > 0) return;
    stay();
    onGone();
  }, 1000);
  watch(active, stay);
  window.addEventListener('pointerdown', onTouch);
  window.addEventListener('keydown', onTouch);
  onScopeDispose(() => {
    clearInterval(timer);
    window.removeEventListener('pointerdown', onTouch);
    window.removeEventListener('keydown', onTouch);
  });

  return { secondsLeft, stay };
}
