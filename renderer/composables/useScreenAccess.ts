import { onScopeDispose, ref, watchEffect, type Ref } from 'vue';
import type { ScreenAccess } from '../../src/domain/settings.ts';

/**
 * Writes the switches for everybody on the document, where styles/access.css reads them; what the system says about
 * motion and contrast counts as well. In the office, which is for other hands, the controls stay where they are.
 */
export function useScreenAccess(chosen: () => ScreenAccess | undefined, inOffice: () => boolean): void {
  const lessMotion = useMedia('(prefers-reduced-motion: reduce)');
  const moreContrast = useMedia('(prefers-contrast: more)');
  watchEffect(() => {
    const access = chosen();
    const hands = inOffice() ? undefined : access;
    mark('reach', 'low', hands?.lowReach);
    mark('layout', 'mirrored', hands?.mirrored);
    mark('type', 'large', hands?.largeType);
    mark('contrast', 'high', access?.highContrast || moreContrast.value);
    mark('motion', 'reduced', access?.reducedMotion || lessMotion.value);
  });
}

/** Does nothing move any more than it must? For what moves without a style. */
export function movesLess(): boolean {
  return document.documentElement.dataset['motion'] === 'reduced';
}

function mark(name: string, value: string, isOn: boolean | undefined): void {
  const { dataset } = document.documentElement;
  if (isOn) dataset[name] = value;
  else delete dataset[name];
}

function useMedia(query: string): Ref<boolean> {
  const media = window.matchMedia(query);
  const matches = ref(media.matches);
  const follow = () => (matches.value = media.matches);
  media.addEventListener('change', follow);
  onScopeDispose(() => media.removeEventListener('change', follow));
  return matches;
}
