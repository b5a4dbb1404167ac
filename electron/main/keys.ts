import type { Input } from 'electron';

const NAMED = new Set(
  ['Enter', 'Tab', 'Escape', 'Backspace', 'Delete', 'Home', 'End', 'PageUp', 'PageDown'].concat(
    ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Shift', 'CapsLock', 'Control', 'Alt'],
    // What input methods and dead keys send.
    ['Process', 'Dead', 'Unidentified'],
  ),
);

/** With Control or Command: select all, copy, cut, paste, undo, redo. */
const EDITING = new Set(['a', 'c', 'x', 'v', 'z', 'y']);

/**
 * May the key reach the page? Typing, moving and editing may; whatever reloads, prints, zooms, closes or opens
 * something may not. AltGr, which is Control and Alt at once, makes letters on some keyboards.
 */
export function isAllowedKey({ key, control, alt, meta }: Pick<Input, 'key' | 'control' | 'alt' | 'meta'>) {
  const isCharacter = [...key].length === 1;
  if (control && alt && !meta) return isCharacter;
  if (alt) return key === 'Alt';
  if (control || meta) return EDITING.has(key.toLowerCase()) || key === 'Control' || key === 'Shift';
  return isCharacter || NAMED.has(key);
}
