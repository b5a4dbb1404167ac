import { onBeforeUnmount, onMounted, watch, type Ref } from 'vue';

/** So long after a page has turned, in milliseconds, nobody has read it yet. */
const SOON = 600;
/** Taps of one nervous finger are so close in place, in rem (one target). */
const NEAR = 11.2;

/**
 * Swallows the second tap of a double tap when the first one has turned the page, however long the kiosk took for that:
 * it was meant for what stood under the finger before, never for what has just come there. `page` names the present
 * page.
 */
export function useDoubleTapGuard(element: Ref<HTMLElement | null>, page: () => string): void {
  let last: { x: number; y: number; page: string } | undefined;
  /** When the page turned, or a tap on it was swallowed. */
  let quietSince = -Infinity;

  function onClick(event: MouseEvent): void {
    // Keys and screen readers click without a place.
    if (event.detail === 0) return;
    const { clientX: x, clientY: y, timeStamp: now } = event;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const repeated =
      last !== undefined &&
      last.page !== page() &&
      now - quietSince < SOON &&
      Math.hypot(x - last.x, y - last.y) < NEAR * rem;
    if (repeated) {
      event.stopPropagation();
      event.preventDefault();
      quietSince = now;
    } else {
      last = { x, y, page: page() };
    }
  }

  // By the clock of events, which a tap goes by as well.
  watch(page, () => (quietSince = new Event('turned').timeStamp), { flush: 'post' });
  onMounted(() => element.value?.addEventListener('click', onClick, { capture: true }));
  onBeforeUnmount(() => element.value?.removeEventListener('click', onClick, { capture: true }));
}
