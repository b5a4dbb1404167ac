import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { Client } from '../../src/api/client.ts';
import { CallRefused } from '../../src/api/client.ts';
import { dropToken, hasToken, keepToken } from '../api/session.ts';

/** Who works at this window: nobody known, or staff who have given the PIN. The PIN itself is never kept. */
export const useSessionStore = defineStore('session', () => {
  const open = ref(hasToken());
  /** Is there a PIN at all? Undefined until the kiosk has said so. */
  const pinSet = ref<boolean>();
  /** Until when no PIN may be tried, in milliseconds of this window's clock. */
  const waitUntil = ref(0);

  const isOpen = computed(() => open.value);

  /** Asks the kiosk how things stand; an office that it does not know any more is closed. */
  async function look(client: Client): Promise<void> {
    const state = await client.call('access.state', {});
    pinSet.value = state.pinSet;
    if (!state.open) end();
    waitFor(state.waitSeconds);
  }

  /** @throws CallRefused with the reason when the PIN is not taken. */
  async function unlock(client: Client, pin: string): Promise<void> {
    await withWait(async () => begin((await client.call('access.unlock', { pin })).token));
  }

  /** @throws CallRefused `pin-weak`, `pin-set`. */
  async function setPin(client: Client, pin: string): Promise<void> {
    begin((await client.call('access.setPin', { pin })).token);
    pinSet.value = true;
  }

  /** @throws CallRefused with the reason. */
  async function changePin(client: Client, current: string, pin: string): Promise<void> {
    await withWait(async () => begin((await client.call('access.changePin', { current, pin })).token));
  }

  /** Leaves the office; the token ends on the kiosk, too. */
  async function lock(client: Client): Promise<void> {
    if (!open.value) return;
    const ending = client.call('access.lock', {});
    end();
    await ending;
  }

  /** The kiosk does not know the token any more. */
  function end(): void {
    dropToken();
    open.value = false;
  }

  function begin(token: string): void {
    keepToken(token);
    open.value = true;
    waitUntil.value = 0;
  }

  async function withWait(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof CallRefused) waitFor(Number(error.refusal.seconds ?? 0));
      throw error;
    }
  }

  function waitFor(seconds: number): void {
    waitUntil.value = seconds > 0 ? Date.now() + seconds * 1000 : 0;
  }

  return { isOpen, pinSet, waitUntil, look, unlock, setPin, changePin, lock, end };
});
