import type { Command } from '../../../src/domain/command.ts';
import type { Event } from '../../../src/domain/event.ts';
import { addMs } from '../../../src/domain/time.ts';
import type { Clock } from '../../../src/kiosk/clock.ts';
import { Ledger } from '../../../src/kiosk/ledger.ts';
import type { FileSystem } from '../../../src/store/file-system.ts';
import { kioskClock } from '../../support/kiosk-clock.ts';

/** A ledger with everything that it has told. */
export interface TestLedger {
  ledger: Ledger;
  events: Event[];
  /** What it reported without failing. */
  faults: unknown[];
  /** How often everything was read anew. */
  replaced(): number;
}

export async function openLedger(
  folder: string,
  { clock = kioskClock(), fs }: { clock?: Clock; fs?: FileSystem } = {},
): Promise<TestLedger> {
  const events: Event[] = [];
  const faults: unknown[] = [];
  let times = 0;
  const listeners = {
    onEvent: (event: Event) => void events.push(event),
    onReplaced: () => void times++,
    onFault: (error: unknown) => void faults.push(error),
  };
  const ledger = await Ledger.open(folder, clock, listeners, fs);
  return { ledger, events, faults, replaced: () => times };
}

let gestures = 0;

export function run<Answer>(
  ledger: Ledger,
  command: Command,
  gestureId = `touch-${++gestures}`,
): Promise<Answer> {
  return ledger.run<Answer>(command, { gestureId, ...command }, 'screen');
}

export function addPerson(ledger: Ledger, name: string): Promise<{ personId: string }> {
  return run(ledger, { type: 'save-person', person: { name } });
}

export type SignIn = Extract<Command, { type: 'sign-in' }>;

/** One activity and one person, ready to sign in. */
export async function evening(ledger: Ledger): Promise<SignIn> {
  const { activityId } = await run<{ activityId: string }>(ledger, {
    type: 'save-activity',
    activity: {
      title: { en: 'Evening', zh: '活动' },
      place: { en: 'Hall', zh: '车间' },
      schedule: { kind: 'daily', start: '18:00', end: '20:00' },
      posts: [],
    },
  });
  return { type: 'sign-in', activityId, ...(await addPerson(ledger, '陈杰')) };
}

/** A machine's clocks: time goes on, the machine sleeps, and somebody sets the clock. */
export interface MachineClock extends Clock {
  forward(seconds: number): void;
  /** The machine sleeps: its wall clock and its time since the start go on, the process stands still. */
  sleep(seconds: number): void;
  /** The wall clock is set to another time. */
  set(byMs: number): void;
}

export function machineClock(): MachineClock {
  const clock = kioskClock();
  let slept = 0;
  let moved = 0;
  return {
    now: () => addMs(clock.now(), slept * 1000 + moved),
    monotonic: () => clock.monotonic(),
    uptime: () => clock.uptime() + slept,
    forward: (seconds) => clock.forward(seconds),
    sleep: (seconds) => void (slept += seconds),
    set: (byMs) => void (moved += byMs),
  };
}
