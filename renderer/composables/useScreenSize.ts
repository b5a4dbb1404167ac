import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue';

const MILLIMETRES_AN_INCH = 25.4;
/** What a gloved finger hits (DESIGN.md section 6). */
const TARGET_MILLIMETRES = 20;

/** The target's height in rem where nobody has told the screen's size (styles/tokens.css). */
export const STANDARD_TARGET = 11.2;
/** Between these the gate's pages keep their shape: below, words leave their cards; above, names lose their room. */
const LEAST_TARGET = 9;
const MOST_TARGET = 15;

const target = ref(STANDARD_TARGET);

/** CSS pixels a millimetre on this window's screen, when its diagonal is so many inches. */
export function pixelsAMillimetre(inches: number): number {
  // CSS pixels, as lengths in styles are: a scaled display needs no further factor.
  const { width, height } = window.screen;
  return Math.hypot(width, height) / (inches * MILLIMETRES_AN_INCH);
}

/**
 * Makes a target 20 mm high on a screen with that diagonal, as far as the pages allow; null: as on 15.6 inches.
 * Follows the window to another size.
 */
export function useScreenSize(inches: () => number | null): void {
  const root = document.documentElement;

  function apply(): void {
    const diagonal = inches();
    if (diagonal === null) {
      target.value = STANDARD_TARGET;
      root.style.removeProperty('--target');
      return;
    }
    const rem = parseFloat(getComputedStyle(root).fontSize);
    const wanted = (TARGET_MILLIMETRES * pixelsAMillimetre(diagonal)) / rem;
    target.value = Math.min(MOST_TARGET, Math.max(LEAST_TARGET, wanted));
    root.style.setProperty('--target', `${target.value}rem`);
  }

  watch(inches, apply, { immediate: true });
  window.addEventListener('resize', apply);
  onScopeDispose(() => window.removeEventListener('resize', apply));
}

/** The height of a target in rem, for what counts how many fit. */
export function useTargetSize(): Readonly<Ref<number>> {
  return readonly(target);
}
