import { computed, ref, type Ref } from 'vue';
import { useClock } from './useClock.ts';

/**
 * How far the kiosk's clock is ahead of this window's, in milliseconds. They differ where staff corrected the kiosk's
 * clock, and where the window is another machine's.
 */
const aheadMs = ref(0);

/** The kiosk has just said that it is `now` (ISO 8601). */
export function setKioskClock(now: string): void {
  aheadMs.value = Date.parse(now) - Date.now();
}

/** The kiosk's time in milliseconds since 1970: what times of visits and activities are compared with. */
export function kioskTime(): number {
  return Date.now() + aheadMs.value;
}

/** The kiosk's time now, renewed every second. For how long something takes on this screen `useClock` is enough. */
export function useKioskClock(): Readonly<Ref<Date>> {
  const now = useClock();
  return computed(() => new Date(now.value.getTime() + aheadMs.value));
}
