import { expect, test } from 'vitest';
import { photoPace } from '../../../src/kiosk/photo-pace.ts';

/** A pace by a clock that is set by hand, in milliseconds. */
function paceAt() {
  let now = 5000;
  const pace = photoPace(() => now);
  return { pace, pass: (milliseconds: number) => (now += milliseconds) };
}

test('of the first few files nothing is said, then what they took', () => {
  const { pace, pass } = paceAt();
  for (let done = 1; done <= 10; done++) {
    pass(1000);
    pace.step(done);
    const expected = done < 5 ? null : { perMinute: 60, secondsLeft: 100 - done };
    expect(pace.of(done, 100)).toEqual(expected);
  }
  expect(pace.of(10, null)).toBeNull();
});

test('thousands that are here already do not promise the same of what is new', () => {
  const { pace, pass } = paceAt();
  for (let done = 1; done <= 5000; done++) {
    pass(1);
    pace.step(done);
  }
  expect(pace.of(5000, 5100)!.perMinute).toBeGreaterThan(50_000);
  for (let done = 5001; done <= 5060; done++) {
    pass(1000);
    pace.step(done);
  }
  expect(pace.of(5060, 5100)).toEqual({ perMinute: 60, secondsLeft: 40 });
});

test('one file that takes long makes the rest longer while it lasts', () => {
  const { pace, pass } = paceAt();
  for (let done = 1; done <= 20; done++) {
    pass(1000);
    pace.step(done);
  }
  const before = pace.of(20, 40)!.secondsLeft;
  pass(20_000);
  expect(pace.of(20, 40)!.secondsLeft).toBeGreaterThan(before + 15);
});
