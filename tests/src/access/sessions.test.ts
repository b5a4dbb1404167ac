import { expect, test } from 'vitest';
import { openSessions, type Opener } from '../../../src/access/sessions.ts';

const MINUTE = 60_000;
const OFFICE: Opener = { role: 'admin', key: 'pin' };
const LEADER: Opener = { role: 'leader', personId: 'p-1', key: 'own' };
/** Opens while the key is the present one. */
const whileKeyIs = (key: string | undefined) => (opener: Opener) => opener.key === key;
const always = () => true;

function sessionsAt() {
  const clock = { now: 0 };
  return { clock, sessions: openSessions(() => clock.now) };
}

test('an office where nobody works for ten minutes is closed, whatever its page asks by itself', () => {
  const { clock, sessions } = sessionsAt();
  const [idle, busy] = [sessions.begin(OFFICE), sessions.begin(OFFICE)];
  for (let minute = 0; minute < 10; minute++) {
    clock.now += MINUTE;
    expect(sessions.openerOf(idle, always)).toEqual(OFFICE);
    sessions.renew(busy);
  }
  clock.now += 1;
  expect([sessions.openerOf(idle, always), sessions.openerOf(busy, always)]).toEqual([undefined, OFFICE]);
  expect(sessions.openerOf(idle, always)).toBeUndefined();
});

test('kiosk left open: a roll-call that nobody uses for two minutes is over; who opened it is known until then', () => {
  const { clock, sessions } = sessionsAt();
  const [idle, busy] = [sessions.begin(LEADER), sessions.begin(LEADER)];
  clock.now += 2 * MINUTE;
  expect(sessions.openerOf(idle, always)).toEqual(LEADER);
  sessions.renew(busy);
  clock.now += 1;
  expect([sessions.openerOf(idle, always), sessions.openerOf(busy, always)]).toEqual([undefined, LEADER]);
});

test('a session of another PIN, or of one that is gone, is over for good', () => {
  const { sessions } = sessionsAt();
  const [changed, gone] = [sessions.begin(OFFICE), sessions.begin(OFFICE)];
  expect([
    sessions.openerOf(changed, whileKeyIs('new')),
    sessions.openerOf(gone, whileKeyIs(undefined)),
  ]).toEqual([undefined, undefined]);
  expect([sessions.openerOf(changed, whileKeyIs('pin')), sessions.openerOf(gone, whileKeyIs('pin'))]).toEqual(
    [undefined, undefined],
  );
});

test('locking ends one session and leaves the others', () => {
  const { sessions } = sessionsAt();
  const [mine, other] = [sessions.begin(OFFICE), sessions.begin(LEADER)];
  sessions.end(mine);
  expect([sessions.openerOf(mine, always), sessions.openerOf(other, always)]).toEqual([undefined, LEADER]);
});

test('a token is long, of its own, and nothing else fits', () => {
  const { sessions } = sessionsAt();
  const tokens = Array.from({ length: 20 }, () => sessions.begin(OFFICE));
  expect(new Set(tokens).size).toBe(20);
  expect(tokens.every((token) => /^[A-Za-z0-9_-]{43}$/.test(token))).toBe(true);
  for (const guess of ['', 'pin', '__proto__', 'constructor', tokens[0]!.slice(1)]) {
    expect(sessions.openerOf(guess, always)).toBeUndefined();
  }
});

test('the twenty-first session takes the place of the oldest', () => {
  const { sessions } = sessionsAt();
  const tokens = Array.from({ length: 21 }, () => sessions.begin(OFFICE));
  expect(tokens.map((token) => sessions.openerOf(token, always) !== undefined)).toEqual([
    false,
    ...Array(20).fill(true),
  ]);
});
