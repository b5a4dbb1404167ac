import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Answer } from '../../../src/api/answer.ts';
import { withPatience } from '../../../renderer/api/with-patience.ts';

const OK: Answer = { ok: true, result: {} };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A kiosk that owes an answer to `attendance.signIn` and says how it is until `dies`. */
function slowKiosk() {
  const saved = Promise.withResolvers<Answer>();
  const asked: string[] = [];
  let alive = true;
  const call = withPatience((operation, _input, _token, giveUp) => {
    asked.push(operation);
    return new Promise((resolve, reject) => {
      giveUp.addEventListener('abort', () => reject(giveUp.reason as Error));
      if (operation === 'attendance.signIn') void saved.promise.then(resolve);
      else if (alive) resolve(OK);
      // As fetch does with a signal of its own time limit, which no fake clock moves.
      else setTimeout(() => reject(new Error('the kiosk does not say how it is')), 10_000);
    });
  });
  return { saved, asked, call, die: () => void (alive = false) };
}

test('a call is waited for while the kiosk says how it is, and then asked no more', async () => {
  const { saved, asked, call } = slowKiosk();
  const answer = call('attendance.signIn', {});
  await vi.advanceTimersByTimeAsync(62_000);
  saved.resolve(OK);
  expect(await answer).toBe(OK);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual(['attendance.signIn', ...Array<string>(12).fill('system.health')]);
});

test('a kiosk that does not say how it is has lost the call after 15 s', async () => {
  const { call, die } = slowKiosk();
  die();
  const answer = call('attendance.signIn', {});
  const failed = expect(answer).rejects.toThrow('does not say how it is');
  let settled = false;
  answer.catch(() => (settled = true));
  await vi.advanceTimersByTimeAsync(14_900);
  expect(settled).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  await failed;
  expect(settled).toBe(true);
});

test('after 90 s a call is given up although the kiosk lives', async () => {
  const { call } = slowKiosk();
  const failed = expect(call('attendance.signIn', {})).rejects.toThrow('no answer for 90 s');
  await vi.advanceTimersByTimeAsync(90_000);
  await failed;
});
