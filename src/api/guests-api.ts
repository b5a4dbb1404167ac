import { z } from 'zod';
import { changing, id, line, operation, resultOf } from './operation.ts';

/** A guest and the visit that names them. */
export interface GuestView {
  personId: string;
  name: string;
  organisation: string | null;
  visitId: string;
  activityId: string;
  /** Which taking place of a daily activity: its local date. */
  takingPlace?: string;
  signedInAt: string;
  undoneAt?: string;
  /** Whom they turned out to be: the visit is that person's now. */
  matchedTo?: { personId: string; name: string };
}

/** People who are on no roster. Refusals: `no-guests`, `guest-unknown`, `guest-not-matched`, `visits-overlap` and those of a sign-in. */
export const guestsApi = {
  /**
   * Signs in somebody who is not on the roster, by name. Where a guest of that name is inside it is refused
   * (`already-signed-in`), unless they say that they are `another`.
   */
  'guests.signIn': operation(
    'screen',
    changing({
      activityId: id,
      postId: id.exactOptional(),
      name: line(64),
      organisation: line(64).exactOptional(),
      another: z.literal(true).exactOptional(),
      reason: line(200).exactOptional(),
      notice: z.int().min(1).exactOptional(),
    }),
    resultOf<{ visitId: string; seq: number; signedInAt: string; personId: string }>(),
  ),
  /** The guests, latest first, those too who were matched since; those of `activityId` only where it is named. */
  'guests.list': operation(
    'editor',
    z.strictObject({ activityId: id.exactOptional() }),
    resultOf<{ guests: GuestView[] }>(),
  ),
  /** A guest turns out to be somebody on the roster: the visits become theirs, with the hours. */
  'guests.match': operation(
    'editor',
    changing({ guestId: id, personId: id }),
    resultOf<{ personId: string; visits: number }>(),
  ),
  /** Takes a match back: the visits are the guest's again, with the name they wrote. */
  'guests.unmatch': operation(
    'editor',
    changing({ guestId: id }),
    resultOf<{ personId: string; visits: number }>(),
  ),
};
