import { onScopeDispose } from 'vue';

/** Calls `leave` when the page has been shown so long, in milliseconds. */
export function useLeaveAfter(shownFor: number, leave: () => void): void {
  const timer = setTimeout(leave, shownFor);
  onScopeDispose(() => clearTimeout(timer));
}
