import { onScopeDispose, watch } from 'vue';

const TICK = 250;

/**
 * Calls `onOver` when what `stands` names has stood for `seconds()`. Time does not run while `holds()` says so or
 * nobody can see the page.
 */
export function useSlideTimer(
  stands: () => string | undefined,
  seconds: () => number,
  holds: () => boolean,
  onOver: () => void,
): void {
  let stood = 0;
  watch(stands, () => (stood = 0));
  const timer = setInterval(() => {
    if (holds() || document.visibilityState === 'hidden') return;
    stood += TICK;
    if (stood >= seconds() * 1000) onOver();
  }, TICK);
  onScopeDispose(() => clearInterval(timer));
}
