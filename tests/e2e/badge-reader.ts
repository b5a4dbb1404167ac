import type { Page } from 'playwright-core';

/** A key as a reader presses it: its character, or the key and its place where an input method keeps the character. */
export type ReaderKey = string | { key: string; code?: string };

/**
 * Types as a badge reader does: a key every 4 ms, then `end`, to whatever has the focus. In the page and with its own
 * times, because a busy machine hands on keys from a test more slowly than any reader types.
 */
export function readBadge(page: Page, badge: Iterable<ReaderKey>, end: ReaderKey = 'Enter'): Promise<void> {
  return page.evaluate(
    (keys) => {
      const began = performance.now();
      keys.forEach((pressed, index) => {
        const init = typeof pressed === 'string' ? { key: pressed } : pressed;
        const target = document.activeElement ?? document.body;
        const event = new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true });
        Object.defineProperty(event, 'timeStamp', { value: began + 4 * index });
        const isTyped =
          target.dispatchEvent(event) && target instanceof HTMLInputElement && init.key.length === 1;
        if (!isTyped) return;
        target.value += init.key;
        target.dispatchEvent(new InputEvent('input', { bubbles: true }));
      });
    },
    [...badge, ...(end ? [end] : [])],
  );
}
