import type { Client } from '../api/client.ts';

/** How often a kiosk at an address is told that somebody is still at work, in milliseconds. */
const STAY_EVERY = 60_000;

/** A function to be called again and again during long work, so that the kiosk does not forget who gave the PIN. */
export function stayer(client: Client): () => Promise<void> {
  let toldAt = performance.now();
  return async () => {
    if (performance.now() - toldAt < STAY_EVERY) return;
    toldAt = performance.now();
    await client.call('access.stay', {});
  };
}
