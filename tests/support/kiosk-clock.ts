import { isoFromEpoch } from '../../src/domain/time.ts';
import type { Clock } from '../../src/kiosk/clock.ts';

/** A clock in UTC+8, at 18:00 of an evening, that stands still until a test moves it. */
export interface KioskClock extends Clock {
  forward(seconds: number): void;
}

export function kioskClock(): KioskClock {
  const begin = Date.parse('2026-11-22T18:00:00.000+08:00');
  let elapsed = 0;
  return {
    now: () => isoFromEpoch(begin + elapsed, '+08:00'),
    monotonic: () => elapsed,
    uptime: () => 3600 + elapsed / 1000,
    forward: (seconds) => void (elapsed += seconds * 1000),
  };
}
