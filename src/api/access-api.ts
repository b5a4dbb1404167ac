import { z } from 'zod';
import { operation, resultOf } from './operation.ts';

const pin = z.string().max(64);

/**
 * The PIN of the office. A PIN is 6 to 12 digits. A "no" has one of the codes `pin-weak`, `pin-wrong` and
 * `pin-locked` (both with `seconds` to wait), `pin-set`, `pin-missing`.
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
};
