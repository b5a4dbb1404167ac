import { nextTick, onScopeDispose } from 'vue';
import { createBurst } from './badge-burst.ts';

/** The same badge again so soon, in milliseconds, was held a little longer. */
const SAME_FOR = 3000;
/** So long after the last key, in milliseconds, a burst without Enter is over. */
const PAUSE = 120;
/** Keys that end a badge, by name and by place: an input method keeps the name to itself. */
const ENDS = new Set(['Enter', 'NumpadEnter', 'Tab']);
/** The signs of other places than letters and digits. */
const SIGNS: Record<string, string> = {
  Minus: '-',
  NumpadSubtract: '-',
  Slash: '/',
  NumpadDivide: '/',
  Period: '.',
  NumpadDecimal: '.',
  NumpadAdd: '+',
  NumpadMultiply: '*',
  Equal: '=',
  Semicolon: ';',
  Space: ' ',
};

/** Remembers what is typed so far, and returns what brings that back. */
type Remember = () => () => void;
const typed = new Set<Remember>();

/** What the calling page has typed into it is brought back as `remember` says, where a badge is ignored. */
export function useTypedBefore(remember: Remember): void {
  typed.add(remember);
  onScopeDispose(() => typed.delete(remember));
}

/**
 * Listens for a badge or QR reader that types like a keyboard, whatever has the focus, and calls `onBadge` with what it
 * read. Keys are looked at before anything else gets them, and left alone: what was typed into a field meanwhile is the
 * caller's to clear; where the badge is ignored, what stood there before comes back (`useTypedBefore`). Only the key that ends a badge is taken, so that it presses no button.
 */
export function useBadgeReader(onBadge: (badge: string) => void): void {
  const burst = createBurst();
  let last: { badge: string; at: number } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let bringBack: (() => void)[] = [];

  function read(badge: string): void {
    const now = performance.now();
    if (last?.badge === badge.toUpperCase() && now - last.at < SAME_FOR) {
      const bringing = bringBack;
      // What the last key typed is on the page only then.
      void nextTick(() => bringing.forEach((bring) => bring()));
      return;
    }
    last = { badge: badge.toUpperCase(), at: now };
    onBadge(badge);
  }

  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    clearTimeout(timer);
    if (ENDS.has(event.key) || ENDS.has(event.code)) {
      const badge = burst.end(event.timeStamp);
      if (badge === undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      read(badge);
      return;
    }
    const key = characterOf(event);
    if (key !== undefined) {
      const goesOn = burst.type(key, event.timeStamp);
      if (!goesOn) bringBack = [...typed].map((remember) => remember());
      // A space inside a badge presses no button either.
      else if (key === ' ') event.preventDefault();
    }
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
  return SIGNS[code] ?? /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/.exec(code)?.slice(1).find(Boolean);
}
