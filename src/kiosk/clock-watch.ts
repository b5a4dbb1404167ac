import type { ClockJumpData } from '../domain/event.ts';
import { addMs } from '../domain/time.ts';
import type { Clock } from './clock.ts';

/** Smaller steps of the clock are nobody's concern: people set clocks by the minute. In milliseconds. */
const JUMP = 60_000;

/** Notices when the system's clock moves otherwise than time does. */
export class ClockWatch {
  readonly #clock: Clock;
  #wall: number;
  #uptime: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wall = Date.parse(clock.now());
    this.#uptime = clock.uptime();
  }

  /**
   * The jump since the last look, if there was one. Measured against the time since the machine was started, which
   * goes on while it sleeps: waking up is no jump (DESIGN.md section 4).
   */
  look(): Omit<ClockJumpData, 'sinceSeq'> | undefined {
    const now = this.#clock.now();
    const uptime = this.#clock.uptime();
    const expected = this.#wall + (uptime - this.#uptime) * 1000;
    const byMs = Math.round(Date.parse(now) - expected);
    this.#wall = Date.parse(now);
    this.#uptime = uptime;
    return Math.abs(byMs) < JUMP ? undefined : { byMs, before: addMs(now, -byMs), after: now };
  }
}
