import type { State } from '../domain/state.ts';
import type { Clock } from './clock.ts';

/** Looks each second whether the moment of an album that was kept back has come, and tells so. Returns how to stop. */
export function watchReveals(
  state: () => Readonly<State>,
  clock: Pick<Clock, 'now'>,
  onReveal: () => void,
): () => void {
  let before = Date.parse(clock.now());
  const timer = setInterval(() => {
    const now = Date.parse(clock.now());
    if (isAnyRevealed(state(), before, now)) onReveal();
    before = now;
  }, 1000).unref();
  return () => clearInterval(timer);
}

function isAnyRevealed({ albums }: Readonly<State>, before: number, now: number): boolean {
  return [...albums.values()].some(({ revealAt }) => {
    const at = revealAt === undefined ? NaN : Date.parse(revealAt);
    return at > before && at <= now;
  });
}
