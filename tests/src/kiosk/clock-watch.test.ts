import { expect, test } from 'vitest';
import { ClockWatch } from '../../../src/kiosk/clock-watch.ts';
import { machineClock } from './test-ledger.ts';

const HOUR = 3600_000;

function watch() {
  const clock = machineClock();
  return { clock, watch: new ClockWatch(clock) };
}

test('time that goes by is no jump, however long nobody looks', () => {
  const { clock, watch: watching } = watch();
  for (const seconds of [0, 1, 60, 86_400 * 30]) {
    clock.forward(seconds);
    expect(watching.look()).toBeUndefined();
  }
});

test('a machine that sleeps over the weekend wakes up without a jump', () => {
  const { clock, watch: watching } = watch();
  clock.sleep(60 * 3600);
  clock.forward(5);
  expect(watching.look()).toBeUndefined();
});

test.each([
  ['forward', 2 * HOUR, '2026-11-22T18:00:10.000+08:00', '2026-11-22T20:00:10.000+08:00'],
  ['back', -8 * HOUR, '2026-11-22T18:00:10.000+08:00', '2026-11-22T10:00:10.000+08:00'],
])('a clock that is set %s is noticed once, with what it should have shown', (_, byMs, before, after) => {
  const { clock, watch: watching } = watch();
  clock.forward(10);
  clock.set(byMs);
  expect(watching.look()).toEqual({ byMs, before, after });
  expect(watching.look()).toBeUndefined();
});

test('a clock that is set while the machine sleeps is noticed by what it was set by', () => {
  const { clock, watch: watching } = watch();
  clock.sleep(12 * 3600);
  clock.set(-HOUR);
  expect(watching.look()).toMatchObject({ byMs: -HOUR, before: '2026-11-23T06:00:00.000+08:00' });
});

test('a step below a minute is nobody’s concern, and a minute is a jump', () => {
  const { clock, watch: watching } = watch();
  for (const byMs of [59_999, -59_999]) {
    clock.set(byMs);
    expect(watching.look()).toBeUndefined();
  }
  for (const byMs of [60_000, -60_000]) {
    clock.set(byMs);
    expect(watching.look()).toMatchObject({ byMs });
  }
});

test('another time zone is no jump: the moment is the same', () => {
  const { clock, watch: watching } = watch();
  const now = clock.now;
  clock.now = () => new Date(now()).toISOString().replace('Z', '+00:00');
  expect(watching.look()).toBeUndefined();
});
