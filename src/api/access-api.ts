import { z } from 'zod';
import { id, operation, resultOf } from './operation.ts';

const pin = z.string().max(64);

/** Somebody who leads a post tonight, with the token of their roll-call. */
export interface LeaderOpened {
  token: string;
  personId: string;
  /** The posts of the activity that they lead. */
  postIds: string[];
}

/**
 * The PIN of the office and those of the leaders. A PIN is 6 to 12 digits. A "no" has one of the codes `pin-weak`,
 * `pin-wrong` and `pin-locked` (both with `seconds` to wait), `pin-set`, `pin-missing`; of a leader also `not-leading`,
 * `not-open`, `badge-unknown` and `leader-pin-missing`.
 */
export const accessApi = {
  /** Is there a PIN, how many seconds must pass until one may be tried, and is the caller's token good (`open`)? */
  'access.state': operation(
    'screen',
    z.strictObject({}),
    resultOf<{ pinSet: boolean; waitSeconds: number; open: boolean }>(),
  ),
  /** Sets the first PIN, while there is none, and opens the office with it. */
  'access.setPin': operation('screen', z.strictObject({ pin }), resultOf<{ token: string }>()),
  /** Opens the office. The token goes along with later calls; ten minutes without a change or `access.stay` end it. */
  'access.unlock': operation('screen', z.strictObject({ pin }), resultOf<{ token: string }>()),
  /** A person is at work: the caller's token goes on for ten minutes. */
  'access.stay': operation('screen', z.strictObject({}), resultOf<Record<never, never>>()),
  /** Ends the caller's token. */
  'access.lock': operation('screen', z.strictObject({}), resultOf<Record<never, never>>()),
  /** Changes the PIN; all tokens end but the new one. */
  'access.changePin': operation(
    'admin',
    z.strictObject({ current: pin, pin }),
    resultOf<{ token: string }>(),
  ),
  /** Sets a leader's own PIN, or takes it away (null); the leader's tokens end. */
  'access.setLeaderPin': operation(
    'admin',
    z.strictObject({ personId: id, pin: pin.nullable() }),
    resultOf<{ personId: string }>(),
  ),
  /** Who has an own PIN. */
  'access.leaders': operation(
    'admin',
    z.strictObject({}),
    resultOf<{ leaders: { personId: string; name: string }[] }>(),
  ),
  /**
   * Opens the roll-call for somebody who leads a post of that activity, from its early window until people are signed
   * out by themselves; with their PIN, or with a badge that was linked to them. The token goes along with later calls;
   * two minutes without a change or `access.stay` end it, as does `access.lock`.
   */
  'access.unlockLeader': operation(
    'screen',
    z
      .strictObject({
        activityId: id,
        personId: id.exactOptional(),
        pin: pin.exactOptional(),
        badge: z.string().min(1).max(128).exactOptional(),
      })
      .refine(
        ({ personId, pin, badge }) =>
          [personId, pin].every((one) => (one === undefined) === (badge !== undefined)),
        'either personId and pin, or badge',
      ),
    resultOf<LeaderOpened>(),
  ),
};
