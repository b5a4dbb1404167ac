import { uptime } from 'node:os';
import { isoFromEpoch } from '../domain/time.ts';

/** The wall's clock, which people read and may set, and two that only run forward. */
export interface Clock {
  /** Local time, ISO 8601 with milliseconds and offset. */
  now(): string;
  /** Milliseconds since the start of the process, to a thousandth. */
  monotonic(): number;
  /** Seconds since the machine was started: goes on when the process does not. */
  uptime(): number;
}

/** The machine's own clocks. */
export const systemClock: Clock = {
  now() {
    const now = new Date();
    return isoFromEpoch(now.getTime(), offsetOf(now));
  },
  monotonic: () => Math.round(performance.now() * 1000) / 1000,
  uptime,
};

/** The system's offset at that moment, "+08:00". */
function offsetOf(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const sign = minutes < 0 ? '-' : '+';
  const hours = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0');
  return `${sign}${hours}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`;
}
