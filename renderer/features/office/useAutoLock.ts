import { onBeforeUnmount, onMounted } from 'vue';

/** An office that nobody touches for so long locks itself, in milliseconds. */
const LOCK_AFTER = 5 * 60_000;

/** Calls `lock` when nobody has touched this window for five minutes; files that are being sent go on. */
export function useAutoLock(lock: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(lock, LOCK_AFTER);
  };
  const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
  onMounted(() => {
    again();
    for (const sign of signs) window.addEventListener(sign, again, { passive: true });
  });
  onBeforeUnmount(() => {
    clearTimeout(timer);
    for (const sign of signs) window.removeEventListener(sign, again);
  });
}
