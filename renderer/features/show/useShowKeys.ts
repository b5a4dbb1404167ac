import { onScopeDispose } from 'vue';

/** What keys of a keyboard or a presenter can ask of a show. */
export interface ShowActions {
  next: () => void;
  back: () => void;
  first: () => void;
  pause: () => void;
  leave: () => void;
}

const KEYS: Record<string, keyof ShowActions> = {
  ArrowRight: 'next',
  ArrowDown: 'next',
  PageDown: 'next',
  ArrowLeft: 'back',
  ArrowUp: 'back',
  PageUp: 'back',
  Home: 'first',
  ' ': 'pause',
  Escape: 'leave',
};

/** Calls the action of each key, once a press; a button that has the focus keeps the space bar for itself. */
export function useShowKeys(actions: ShowActions): void {
  function onKey(event: KeyboardEvent): void {
    const action = KEYS[event.key];
    const isOther = event.ctrlKey || event.altKey || event.metaKey;
    const isPressing = event.key === ' ' && event.target instanceof HTMLButtonElement;
    if (!action || isOther || isPressing) return;
    event.preventDefault();
    if (!event.repeat) actions[action]();
  }
  window.addEventListener('keydown', onKey);
  onScopeDispose(() => window.removeEventListener('keydown', onKey));
}
