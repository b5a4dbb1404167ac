import { z } from 'zod';
import type { RefusalView } from './answer.ts';
import { changing, id, operation, resultOf } from './operation.ts';
import type { PersonView } from './people-api.ts';

/** Whom a roll-call left out, and why, in words. */
export interface LeftOutPerson {
  personId: string;
  name: string;
  refusal: RefusalView;
}

/** A visit that an undoing of several left as it is: whose, and why, in words. */
export interface LeftAsItIsView extends LeftOutPerson {
  visitId: string;
}

/** A leader's roll-call. Who leads, and so who vouches, is known from the caller's token; staff vouch as staff. */
export const rollCallApi = {
  /** Whom to call: the expected people (without a list the roster), those of the post first, each group by pinyin; at most `limit`. */
  'rollCall.list': operation(
    'leader',
    z.strictObject({
      activityId: id,
      postId: id.nullable(),
      limit: z.int().min(1).max(1000).default(200),
    }),
    resultOf<{ people: PersonView[]; total: number }>(),
  ),
  /** Signs several people in to a post, a leader to their own (`not-your-post`). Who cannot be signed in is left out and named. */
  'rollCall.call': operation(
    'leader',
    changing({ activityId: id, postId: id.nullable(), personIds: z.array(id).min(1).max(1000) }),
    resultOf<{ visitIds: string[]; leftOut: LeftOutPerson[] }>(),
  ),
  /**
   * Undoes a roll-call, or some of it, as one step; at any time. Who was undone or declared void since is named and left;
   * leaders undo what they called themselves (`not-your-call`).
   */
  'rollCall.undo': operation(
    'leader',
    changing({ visitIds: z.array(id).min(1).max(1000) }),
    resultOf<{ visitIds: string[]; leftOut: LeftAsItIsView[] }>(),
  ),
};
