import type { ClockJumpData } from './event.ts';

/** A jump of the system's clock, and what is known about it by now. */
export interface ClockJump extends ClockJumpData {
  jumpId: string;
  seq: number;
  /** What the kiosk's times just before it, and just after, have been moved by, in milliseconds. */
  movedBeforeMs: number;
  movedAfterMs: number;
  /** Which side staff said was right; `undone`: another correction or the system's clock itself made up for it. */
  settled?: 'before' | 'after' | 'undone';
  settledAt?: string;
}

/** So close, in milliseconds, two sides of a jump are one: people set clocks by the minute. */
const CLOSE = 60_000;

/** By how much the kiosk's times still jump there, in milliseconds; null where nobody knows. */
export function remainingMs({ byMs, movedBeforeMs, movedAfterMs }: ClockJump): number | null {
  return byMs === null ? null : byMs - movedBeforeMs + movedAfterMs;
}

/** A jump that is made up for, because one of its sides was moved, needs no answer any more. */
export function settledByItself(jump: ClockJump, at: string): ClockJump {
  const size = remainingMs(jump);
  const moved = jump.movedBeforeMs !== 0 || jump.movedAfterMs !== 0;
  if (jump.settled || !moved || size === null || Math.abs(size) > CLOSE) return jump;
  return { ...jump, settled: 'undone', settledAt: at };
}
