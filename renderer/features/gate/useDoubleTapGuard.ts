import { onBeforeUnmount, onMounted, type Ref } from 'vue';

/** Taps of one nervous finger: this close in time, in milliseconds, and in place, in rem (one target). */
const SOON = 600;
const NEAR = 11.2;

/**
 * Swallows the second tap of a double tap when the first one has turned the page: it was meant for what stood
 * under the finger before, never for what stands there now. `page` names the present page.
 */
export function useDoubleTapGuard(element: Ref<HTMLElement | null>, page: () => string): void {
  let last: { x: number; y: number; at: number; page: string } | undefined;

  function onClick(event: MouseEvent): void {
    // Keys and screen readers click without a place.
    if (event.detail === 0) return;
    const { clientX: x, clientY: y, timeStamp: at } = event;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const repeated =
      last !== undefined &&
      last.page !== page() &&
      at - last.at < SOON &&
      Math.hypot(x - last.x, y - last.y) < NEAR * rem;
    if (repeated && last) {
      event.stopPropagation();
      event.preventDefault();
      last.at = at;
    } else {
      last = { x, y, at, page: page() };
    }
  }

  onMounted(() => element.value?.addEventListener('click', onClick, { capture: true }));
  onBeforeUnmount(() => element.value?.removeEventListener('click', onClick, { capture: true }));
}
