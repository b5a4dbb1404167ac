import { expect, test } from 'vitest';
import { openSessions } from '../../../src/access/sessions.ts';

const MINUTE = 60_000;

function sessionsAt() {
  const clock = { now: 0 };
  return { clock, sessions: openSessions(() => clock.now) };
}

test('an office where nobody works for ten minutes is closed, whatever its page asks by itself', () => {
  const { clock, sessions } = sessionsAt();
  const [idle, busy] = [sessions.begin('pin'), sessions.begin('pin')];
  for (let minute = 0; minute < 10; minute++) {
    clock.now += MINUTE;
    expect(sessions.isOpen(idle, 'pin')).toBe(true);
    sessions.renew(busy);
  }
  clock.now += 1;
  expect([sessions.isOpen(idle, 'pin'), sessions.isOpen(busy, 'pin')]).toEqual([false, true]);
  expect(sessions.isOpen(idle, 'pin')).toBe(false);
});

test('a session of another PIN, or of one that is gone, is over for good', () => {
  const { sessions } = sessionsAt();
  const [changed, gone] = [sessions.begin('old'), sessions.begin('old')];
  expect([sessions.isOpen(changed, 'new'), sessions.isOpen(gone, undefined)]).toEqual([false, false]);
  expect([sessions.isOpen(changed, 'old'), sessions.isOpen(gone, 'old')]).toEqual([false, false]);
});

test('locking ends one session and leaves the others', () => {
  const { sessions } = sessionsAt();
  const [mine, other] = [sessions.begin('pin'), sessions.begin('pin')];
  sessions.end(mine);
  expect([sessions.isOpen(mine, 'pin'), sessions.isOpen(other, 'pin')]).toEqual([false, true]);
});

test('a token is long, of its own, and nothing else fits', () => {
  const { sessions } = sessionsAt();
  const tokens = Array.from({ length: 20 }, () => sessions.begin('pin'));
  expect(new Set(tokens).size).toBe(20);
  expect(tokens.every((token) => /^[A-Za-z0-9_-]{43}$/.test(token))).toBe(true);
  for (const guess of ['', 'pin', '__proto__', 'constructor', tokens[0]!.slice(1)]) {
    expect(sessions.isOpen(guess, 'pin')).toBe(false);
  }
});

test('the twenty-first session takes the place of the oldest', () => {
  const { sessions } = sessionsAt();
  const tokens = Array.from({ length: 21 }, () => sessions.begin('pin'));
  expect(tokens.map((token) => sessions.isOpen(token, 'pin'))).toEqual([false, ...Array(20).fill(true)]);
});
