import type { Asking } from './command.ts';
import type { Decision, Next } from './decision.ts';
import { rollCallVisitId, type RollCallData } from './event.ts';
import { admit } from './admission.ts';
import { undoable } from './left-out.ts';
import { Refusal, type RefusalReason } from './refusal.ts';
import type { State } from './state.ts';
import { standingVisit } from './visits-asked-for.ts';

/** Whom a roll-call left out, and why. */
export interface LeftOut {
  personId: string;
  reason: RefusalReason;
}

/**
 * Signs several people in to a post, vouched for by its leader (`leaderId`) or by staff (null). Whoever cannot be signed
 * in is left out and named; with nobody left it changes nothing.
 */
export function callRoll(
  state: State,
  next: Next,
  command: { activityId: string; postId: string | null; personIds: string[]; leaderId: string | null },
  asking: Asking,
): Decision {
  const { activityId, postId, leaderId } = command;
  const activity = state.activities.get(activityId);
  if (!activity) throw new Refusal({ code: 'activity-unknown' });
  if (leaderId !== null && !activity.posts.some((post) => post.leaderId === leaderId)) {
    throw new Refusal({ code: 'leader-unknown', leaderId });
  }
  const post = activity.posts.find((one) => one.postId === postId);
  if (leaderId !== null && post && post.leaderId !== leaderId) {
    throw new Refusal({ code: 'not-your-post', postId: post.postId, name: post.name });
  }
  const people: RollCallData['people'] = [];
  const leftOut: LeftOut[] = [];
  let takingPlace: string | undefined;
  for (const personId of new Set(command.personIds)) {
    try {
      const choice = { activityId, personId, ...(postId !== null && { postId }) };
      const admitted = admit(state, choice, asking, { alsoComing: people.length });
      const { overLimit, overCapacity } = admitted;
      takingPlace = admitted.takingPlace;
      people.push({ personId, ...(overLimit && { overLimit }), ...(overCapacity && { overCapacity }) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      leftOut.push({ personId, reason: error.reason });
    }
  }
  const visitIds = people.map((_, index) => rollCallVisitId(next.id, index));
  if (people.length === 0) return { answer: { visitIds, leftOut } };
  const place = takingPlace !== undefined && { takingPlace };
  return {
    event: { type: 'roll-called', data: { activityId, ...place, postId, vouchedBy: leaderId, people } },
    answer: { visitIds, leftOut },
  };
}

/**
 * Undoes a roll-call that was a mistake, or part of it, as one step. Who was undone or declared void meanwhile is named in
 * the answer; where nobody is left it is refused. A leader (`leaderId`) undoes what they called themselves, staff any.
 */
export function undoRollCall(
  state: State,
  { visitIds, leaderId }: { visitIds: readonly string[]; leaderId?: string },
): Decision {
  const calls = new Set<number>();
  const { undoing, leftOut } = undoable(visitIds, (visitId) => {
    const { vouchedBy, seq } = standingVisit(state, visitId);
    // What people did themselves is theirs to undo, or staff's one by one.
    if (vouchedBy === undefined) throw new Refusal({ code: 'not-vouched' });
    if (leaderId !== undefined && vouchedBy !== leaderId) throw new Refusal({ code: 'not-your-call' });
    calls.add(seq);
  });
  if (calls.size > 1) throw new Refusal({ code: 'not-vouched' });
  return {
    event: { type: 'visits-undone', data: { visitIds: undoing } },
    answer: { visitIds: undoing, leftOut },
  };
}
