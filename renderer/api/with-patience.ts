import type { Answer } from '../../src/api/answer.ts';
import type { Transport } from '../../src/api/client.ts';

/** Longest that a call is waited for, in milliseconds; with the same gesture it can be made again. */
const GIVE_UP_AFTER = 90_000;
/** So often a kiosk that owes an answer is asked how it is, and so soon it has to say it, in milliseconds. */
const LOOK_EVERY = 5000;
const LOOK_FOR = 10_000;

/** A call that fails with the signal's reason when that is given. */
type Call = (
  operation: string,
  input: unknown,
  token: string | undefined,
  giveUp: AbortSignal,
) => Promise<Answer>;

/**
 * Waits for an answer as long as the kiosk is there: a slow disk may take half a minute to confirm what was saved.
 * A kiosk that does not even say how it is has lost the call, which then fails after 15 s, as it does after 90 s in
 * any case.
 */
export function withPatience(call: Call): Transport['call'] {
  return async (operation, input, token) => {
    const giveUp = new AbortController();
    const late = setTimeout(
      () => giveUp.abort(new Error(`${operation}: no answer for ${GIVE_UP_AFTER / 1000} s`)),
      GIVE_UP_AFTER,
    );
    const looking = setInterval(() => {
      call('system.health', {}, undefined, AbortSignal.timeout(LOOK_FOR)).catch((error: unknown) =>
        giveUp.abort(error),
      );
    }, LOOK_EVERY);
    try {
      return await call(operation, input, token, giveUp.signal);
    } finally {
      clearTimeout(late);
      clearInterval(looking);
    }
  };
}
