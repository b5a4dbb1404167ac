import type { Activity } from './activity.ts';
import { visitsOfPerson, type State } from './state.ts';

/** Where somebody belongs, and how that is known. */
export interface SuggestedPost {
  postId: string;
  why: 'assigned' | 'last-time';
}

/**
 * The post that somebody was assigned to; else the one they were at last time, here or, by its name, at another
 * activity; undefined where nobody knows.
 */
export function suggestedPost(state: State, activity: Activity, personId: string): SuggestedPost | undefined {
  const assigned = activity.assignments?.[personId];
  if (activity.posts.some(({ postId }) => postId === assigned)) return { postId: assigned!, why: 'assigned' };
  const leads = activity.posts.find(({ leaderId }) => leaderId === personId);
  if (leads) return { postId: leads.postId, why: 'assigned' };
  const last = visitsOfPerson(state, personId).findLast(
    ({ undoneAt, postId }) => !undoneAt && postId !== null,
  );
  if (!last) return undefined;
  const name = state.activities
    .get(last.activityId)
    ?.posts.find(({ postId }) => postId === last.postId)?.name;
  const again = activity.posts.find(
    ({ postId, name: here }) => postId === last.postId || (here.zh === name?.zh && here.en === name.en),
  );
  return again && { postId: again.postId, why: 'last-time' };
}
