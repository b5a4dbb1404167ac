import { closingOf, occurrenceOf } from './activity.ts';
import { isCrowded, isPostFull } from './admission.ts';
import type { Asking } from './command.ts';
import { clockInDoubt } from './correct-clock.ts';
import { openVisitsAt } from './counts.ts';
import type { Decision } from './decision.ts';
import type { SignOutData, SignOutsUndone } from './event.ts';
import { minutesBetween } from './hours.ts';
import { undoable } from './left-out.ts';
import { refuseElsewhere } from './open-elsewhere.ts';
import { beganAfter, endOfStay, otherVisitsThere, overlapWith, refuseOverlap } from './overlap.ts';
import { Refusal } from './refusal.ts';
import { roleAllows } from './role.ts';
import type { State } from './state.ts';
import { isoWithOffsetOf } from './time.ts';
import { takingPlaceKey, UNDO_SECONDS, type Visit } from './visit.ts';
import { exactVisit, goingVisit } from './visits-asked-for.ts';

/** Signs somebody out now; the answer says how long they were there. */
export function signOut(state: State, visitId: string, asking: Asking): Decision {
  const visit = goingVisit(state, visitId);
  return {
    event: signedOut({ how: 'measured', visits: [{ visitId }] }),
    answer: { visitId, minutes: minutesBetween(visit.signedInAt, asking.at) },
  };
}

/**
 * Signs out everybody who is still at the activity, or at one post of it: one step, which `undoSignOuts` takes back as
 * one.
 */
export function signOutAll(
  state: State,
  { activityId, postId }: { activityId: string; postId?: string },
  asking: Asking,
): Decision {
  const activity = state.activities.get(activityId);
  if (!activity) throw new Refusal({ code: 'activity-unknown' });
  if (postId !== undefined && !activity.posts.some((post) => post.postId === postId)) {
    throw new Refusal({ code: 'post-unknown' });
  }
  const visits = openVisitsAt(state, activity, asking.at).filter(
    (visit) => !visit.timeDropped && (postId === undefined || visit.postId === postId),
  );
  if (visits.length === 0) throw new Refusal({ code: 'nobody-there' });
  return ofAll({ how: 'measured', visits: visits.map(({ visitId }) => ({ visitId })) });
}

/**
 * Ends the visits of whoever forgot to sign out, at the planned end (`forgottenVisits`). Not while the clock is in doubt:
 * the evening may not be over.
 */
export function closeForgotten(state: State, asking: Asking): Decision {
  const visits = clockInDoubt(state) ? [] : forgottenVisits(state, asking.at);
  if (visits.length === 0) return { answer: { visitIds: [] } };
  return ofAll({
    how: 'planned',
    visits: visits.map((visit) => ({ visitId: visit.visitId, at: plannedEnd(state, visit) })),
  });
}

/**
 * The open visits that nobody will sign out any more at `at`: of whoever said they stay, once the activity has ended,
 * of everybody else when its time to sign out is over.
 */
export function forgottenVisits(state: State, at: string): Visit[] {
  const forgotten: Visit[] = [];
  for (const visitIds of state.openVisits.values()) {
    for (const visitId of visitIds.values()) {
      const visit = state.visits.get(visitId)!;
      if (isForgotten(state, visit, at)) forgotten.push(visit);
    }
  }
  return forgotten;
}

function isForgotten(state: State, visit: Visit, at: string): boolean {
  const activity = state.activities.get(visit.activityId);
  if (!activity || visit.timeDropped) return false;
  const { endsAt, closesAt } = closingOf(activity, visit);
  return Date.parse(at) >= Date.parse(visit.staysToEnd ? endsAt : closesAt);
}

/** The end of the activity; who came later was there for no time. */
function plannedEnd(state: State, visit: Visit): string {
  const { activityId, signedInAt } = visit;
  const { endsAt } = occurrenceOf(state.activities.get(activityId)!, visit);
  return Date.parse(endsAt) < Date.parse(signedInAt) ? signedInAt : isoWithOffsetOf(endsAt, signedInAt);
}

/** Somebody says that they stay to the end: the visit then ends by itself, and nobody has to look at it. */
export function announceStay(state: State, visitId: string): Decision {
  const visit = goingVisit(state, visitId);
  if (visit.staysToEnd) return { answer: { visitId } };
  return { event: { type: 'stay-announced', data: { visitId } }, answer: { visitId } };
}

/** Staff say when somebody left, whether that was noted or not. */
export function correctSignOut(
  state: State,
  { visitId, at, reason }: { visitId: string; at: string; reason: string },
  asking: Asking,
): Decision {
  const visit = exactVisit(state, visitId);
  const endedAt = endOfStay(at, visit, asking);
  refuseLonger(state, visit, endedAt);
  const kept = !state.receipts.has(visit.personId) && { reason };
  return {
    event: signedOut({ how: 'corrected', by: asking.role, ...kept, visits: [{ visitId, at: endedAt }] }),
    answer: { visitId, minutes: minutesBetween(visit.signedInAt, endedAt) },
  };
}

/**
 * Takes sign-outs back: at the gate for half a minute, leaders and staff at any time, corrections staff alone: then the
 * end before holds again. All that can be are taken back as one step; the
 * others are named. Where none can be, it is refused.
 */
export function undoSignOuts(state: State, visitIds: readonly string[], asking: Asking): Decision {
  const { undoing, leftOut } = undoable(visitIds, (visitId) => refuseUndo(state, visitId, asking));
  const toEarlierEnd = undoing.filter((visitId) => state.visits.get(visitId)?.signOut?.replaced);
  const earlier = toEarlierEnd.length > 0 && { toEarlierEnd };
  const goingOn = undoing.filter((visitId) => !toEarlierEnd.includes(visitId));
  return {
    event: { type: 'sign-outs-undone', data: { visitIds: undoing, ...earlier, ...marksOf(state, goingOn) } },
    answer: { visitIds: undoing, leftOut },
  };
}

function refuseUndo(state: State, visitId: string, asking: Asking): void {
  const visit = exactVisit(state, visitId);
  const { signOut } = visit;
  if (!signOut) throw new Refusal({ code: 'not-signed-out' });
  if (signOut.how === 'corrected' && !roleAllows(asking.role, 'editor')) {
    throw new Refusal({ code: 'corrected-by-staff' });
  }
  const age = Math.abs(Date.parse(asking.at) - Date.parse(signOut.at)) / 1000;
  const mayPerson = signOut.how === 'measured' && age <= UNDO_SECONDS;
  if (!mayPerson && !roleAllows(asking.role, 'leader')) {
    throw new Refusal({ code: 'undo-too-late', seconds: UNDO_SECONDS });
  }
  if (!signOut.replaced && signOut.how === 'planned') refuseIfClosed(state, visit, asking);
  if (signOut.replaced) refuseLonger(state, visit, signOut.replaced.at);
  else refuseSecondOpen(state, visit, asking.at);
}

/** @throws Refusal `closed-already` where the visit, going on again, would be ended as planned within the minute. */
function refuseIfClosed(state: State, visit: Visit, { at }: Asking): void {
  if (!isForgotten(state, visit, at)) return;
  throw new Refusal({ code: 'closed-already', at: visit.signOut!.at });
}

/** @throws Refusal `visits-overlap` where an end that is later than the present one reaches into another visit. */
function refuseLonger(state: State, visit: Visit, endedAt: string): void {
  const { signedInAt, signOut } = visit;
  if (signOut && Date.parse(endedAt) <= Date.parse(signOut.at)) return;
  refuseOverlap(state, visit, { signedInAt: signOut?.at ?? signedInAt, endedAt });
}

/** Who comes back where it has become full is let in, and marked as at a sign-in by staff. */
function marksOf(
  state: State,
  visitIds: readonly string[],
): Pick<SignOutsUndone, 'overLimit' | 'overCapacity'> {
  const overLimit: string[] = [];
  const overCapacity: string[] = [];
  const back: Visit[] = [];
  for (const visitId of visitIds) {
    const visit = state.visits.get(visitId)!;
    const activity = state.activities.get(visit.activityId)!;
    const before = back.filter((one) => takingPlaceKey(one) === takingPlaceKey(visit));
    const inside = [...openVisitsAt(state, activity, visit.signedInAt), ...before];
    const isKnownPost = activity.posts.some(({ postId }) => postId === visit.postId);
    if (isCrowded(activity, inside.length)) overCapacity.push(visitId);
    const isFull = isKnownPost && isPostFull(activity, visit.postId!, inside, { isStaff: true });
    if (isFull || overCapacity.includes(visitId)) overLimit.push(visitId);
    back.push(visit);
  }
  return {
    ...(overLimit.length > 0 && { overLimit }),
    ...(overCapacity.length > 0 && { overCapacity }),
  };
}

/** @throws Refusal where the visit, going on again, would go on beside another one or into it. */
function refuseSecondOpen(state: State, visit: Visit, at: string): void {
  for (const other of otherVisitsThere(state, visit)) {
    if (beganAfter(other, visit)) throw new Refusal({ code: 'came-again' });
    if (!other.signOut) throw overlapWith(other);
  }
  refuseElsewhere(state, visit.personId, visit, at);
}

/** Staff have looked at planned ends and let them stand. */
export function acceptSignOuts(state: State, visitIds: readonly string[]): Decision {
  const accepting = [...new Set(visitIds)];
  for (const visitId of accepting) {
    const visit = state.visits.get(visitId);
    if (!visit) throw new Refusal({ code: 'visit-unknown' });
    if (visit.signOut?.how !== 'planned') throw new Refusal({ code: 'not-planned' });
  }
  return {
    event: { type: 'sign-outs-accepted', data: { visitIds: accepting } },
    answer: { visitIds: accepting },
  };
}

function ofAll(data: SignOutData): Decision {
  return { event: signedOut(data), answer: { visitIds: data.visits.map(({ visitId }) => visitId) } };
}

function signedOut(data: SignOutData) {
  return { type: 'visits-signed-out' as const, data };
}
