import type { Activity, Post } from './activity.ts';
import { visitsOfPerson, type State } from './state.ts';
import type { Visit } from './visit.ts';

/** Where somebody belongs, and how that is known. */
export interface SuggestedPost {
  postId: string;
  why: 'assigned' | 'last-time';
}

/**
 * The post that somebody was assigned to; else, of those that there are here, the one they were at last, be it, by its
 * name, at another activity; undefined where nobody knows.
 */
export function suggestedPost(state: State, activity: Activity, personId: string): SuggestedPost | undefined {
  const assigned = activity.assignments?.[personId];
  if (activity.posts.some(({ postId }) => postId === assigned)) return { postId: assigned!, why: 'assigned' };
  const leads = activity.posts.find(({ leaderId }) => leaderId === personId);
  if (leads) return { postId: leads.postId, why: 'assigned' };
  for (const visit of visitsOfPerson(state, personId).reverse()) {
    const again = visit.undoneAt ? undefined : samePostHere(state, activity, visit);
    if (again) return { postId: again.postId, why: 'last-time' };
  }
  return undefined;
}

/** The post of the activity that is the one of the visit, by its id or by its name. */
function samePostHere(state: State, { posts }: Activity, { activityId, postId }: Visit): Post | undefined {
  if (postId === null) return undefined;
  const name = state.activities.get(activityId)?.posts.find((post) => post.postId === postId)?.name;
  return posts.find(
    ({ postId: id, name: here }) => id === postId || (here.zh === name?.zh && here.en === name.en),
  );
}
