import { onScopeDispose } from 'vue';

/** Keeps the screen on where the browser can; asks again whenever the page becomes visible. */
export function useWakeLock(): void {
  async function ask(): Promise<void> {
    if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return;
    try {
      await navigator.wakeLock.request('screen');
    } catch (error) {
      console.warn('the screen may go dark by itself:', error);
    }
  }
  void ask();
  document.addEventListener('visibilitychange', ask);
  onScopeDispose(() => document.removeEventListener('visibilitychange', ask));
}
