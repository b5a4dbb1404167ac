import type { Visit } from './visit.ts';

/**
 * Numbers of the events that signed out several of these visits at once: nobody of them touched the screen. Planned ends
 * are no such step, though they are noted together.
 */
export function stepsForSeveral(visits: readonly Visit[]): ReadonlySet<number> {
  const [once, several] = [new Set<number>(), new Set<number>()];
  for (const { signOut } of visits) {
    if (signOut?.how !== 'measured') continue;
    if (once.has(signOut.seq)) several.add(signOut.seq);
    once.add(signOut.seq);
  }
  return several;
}
