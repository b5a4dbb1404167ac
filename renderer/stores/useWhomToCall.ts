import { computed } from 'vue';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.ts';
import { useWords } from '../composables/useWords.ts';
import { useKioskStore } from './kiosk-store.ts';

/** Whom an error page asks people to call, in their language; until the kiosk has said so, as a new kiosk has it. */
export function useWhomToCall() {
  const kiosk = useKioskStore();
  const { words } = useWords();
  return computed(() => words((kiosk.settings ?? DEFAULT_SETTINGS).whomToCall));
}
