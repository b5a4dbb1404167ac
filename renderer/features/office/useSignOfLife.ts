import { onScopeDispose } from 'vue';
import type { Client } from '../../../src/api/client.ts';

/** The kiosk is told at most this often, in milliseconds; it ends an office after ten minutes without. */
const TELL_EVERY = 60_000;

/** Tells the kiosk that somebody is at work here, while they touch, type or scroll. */
export function useSignOfLife(client: Client, onTrouble: (error: unknown) => void): void {
  let toldAt = performance.now();
  const tell = () => {
    if (performance.now() - toldAt < TELL_EVERY) return;
    toldAt = performance.now();
    client.call('access.stay', {}).catch(onTrouble);
  };
  const signs = ['pointerdown', 'keydown', 'wheel'] as const;
  for (const sign of signs) window.addEventListener(sign, tell, { passive: true });
  onScopeDispose(() => {
    for (const sign of signs) window.removeEventListener(sign, tell);
  });
}
