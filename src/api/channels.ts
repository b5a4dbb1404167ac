/*
 * The names that Electron's main process and the preload share: one channel each way. The preload imports
 * nothing else of ours.
 */

/** Renderer to main, answered: `(operation, input, token)`, as `src/api/client.ts` calls. */
export const CALL_CHANNEL = 'muster:call';
/** Main to renderer: the topic that changed. */
export const CHANGE_CHANNEL = 'muster:change';
/** What the preload puts on `window`. */
export const BRIDGE_NAME = 'muster';

/** The bridge as the renderer sees it. `token`: who calls, from `access.unlock`; none for a screen. */
export interface Bridge {
  call(operation: string, input: unknown, token?: string): Promise<unknown>;
  /** Calls `onChange` with every topic that changes; the returned function stops that. */
  subscribe(onChange: (topic: string) => void): () => void;
}
