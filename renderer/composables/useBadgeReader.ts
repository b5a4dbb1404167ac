import { onScopeDispose } from 'vue';
import { createBurst } from './badge-burst.ts';

/** The same badge again so soon, in milliseconds, was held a little longer. */
const SAME_FOR = 3000;
/** So long after the last key, in milliseconds, a burst without Enter is over. */
const PAUSE = 120;

/**
 * Listens for a badge or QR reader that types like a keyboard, whatever has the focus, and calls `onBadge` with what it
 * read. Keys are looked at before anything else gets them, and left alone: what was typed into a field meanwhile is the
 * caller's to clear. Only the key that ends a badge is taken, so that it presses no button.
 */
export function useBadgeReader(onBadge: (badge: string) => void): void {
  const burst = createBurst();
  let last: { badge: string; at: number } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function read(badge: string): void {
    const now = performance.now();
    if (last?.badge === badge.toUpperCase() && now - last.at < SAME_FOR) return;
    last = { badge: badge.toUpperCase(), at: now };
    onBadge(badge);
  }

  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    clearTimeout(timer);
    if (event.key === 'Enter' || event.key === 'Tab') {
      const badge = burst.end(event.timeStamp);
      if (badge === undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      read(badge);
      return;
    }
    const key = characterOf(event);
    if (key === undefined) return;
    // A space inside a badge presses no button either.
    if (burst.type(key, event.timeStamp) && key === ' ') event.preventDefault();
    timer = setTimeout(() => {
      const badge = burst.pause();
      if (badge !== undefined) read(badge);
    }, PAUSE);
  }

  window.addEventListener('keydown', onKey, { capture: true });
  onScopeDispose(() => {
    clearTimeout(timer);
    window.removeEventListener('keydown', onKey, { capture: true });
  });
}

/** The character of a key; while an input method is on, it keeps that to itself, and only the key's place is known. */
function characterOf({ key, code }: KeyboardEvent): string | undefined {
  if ([...key].length === 1) return key;
  if (key !== 'Process' && key !== 'Unidentified') return undefined;
  return /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/.exec(code)?.slice(1).find(Boolean);
}
