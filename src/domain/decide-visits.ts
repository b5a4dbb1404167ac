import { takingPlaceAt, type Activity } from './activity.ts';
import type { Asking, Command } from './command.ts';
import { openVisitsAt } from './counts.ts';
import type { Decision, Next } from './decision.ts';
import { Refusal } from './refusal.ts';
import { roleAllows } from './role.ts';
import { openVisitOf, type State } from './state.ts';
import { addMinutes, isoWithOffsetOf } from './time.ts';
import { UNDO_SECONDS, type Visit } from './visit.ts';

/** Signs somebody in now, or refuses: who is in already is asked, never toggled. */
export function signIn(
  state: State,
  next: Next,
  command: Extract<Command, { type: 'sign-in' }>,
  asking: Asking,
): Decision {
  const visit = newVisit(state, command, asking.at);
  const reason = command.reason !== undefined && { reason: command.reason };
  return {
    event: { type: 'visit-signed-in', data: { ...visit, ...reason } },
    answer: { visitId: next.id, seq: next.seq },
  };
}

/** Enters somebody who was there but is not in the list; the time is what staff say, the reason is kept. */
export function addVisit(
  state: State,
  next: Next,
  command: Extract<Command, { type: 'add-visit' }>,
  asking: Asking,
): Decision {
  // Written with the plant's own offset: its date says which taking place it was.
  const signedInAt = isoWithOffsetOf(command.signedInAt ?? asking.at, asking.at);
  if (Date.parse(signedInAt) > Date.parse(asking.at)) {
    throw new Refusal({ code: 'time-in-future', at: signedInAt });
  }
  const visit = newVisit(state, command, signedInAt);
  refuseOutside(state.activities.get(command.activityId)!, signedInAt);
  return {
    event: {
      type: 'visit-signed-in',
      data: { ...visit, signedInAt, enteredAt: asking.at, reason: command.reason },
    },
    answer: { visitId: next.id, seq: next.seq },
  };
}

/** Hours around an activity that takes place once in which somebody may have come. */
const MARGIN_HOURS = 6;

function refuseOutside(activity: Activity, at: string): void {
  const { schedule } = activity;
  if (schedule.kind === 'daily') return;
  const { startsAt, endsAt, opensMinutesBefore } = schedule;
  const from = addMinutes(startsAt, -Math.max(opensMinutesBefore, MARGIN_HOURS * 60));
  const to = addMinutes(endsAt, MARGIN_HOURS * 60);
  const time = Date.parse(at);
  if (time >= Date.parse(from) && time <= Date.parse(to)) return;
  throw new Refusal({
    code: 'time-outside-activity',
    from: isoWithOffsetOf(startsAt, at),
    to: isoWithOffsetOf(endsAt, at),
  });
}

/** The visit that somebody may make at `at`. */
function newVisit(
  state: State,
  command: { activityId: string; personId: string; postId?: string },
  at: string,
) {
  const { activityId, personId } = command;
  const activity = state.activities.get(activityId);
  if (!activity) throw new Refusal({ code: 'activity-unknown' });
  const person = state.people.get(personId);
  if (!person || person.left) throw new Refusal({ code: 'person-unknown' });
  const postId = command.postId ?? null;
  if (postId !== null && !activity.posts.some((post) => post.postId === postId)) {
    throw new Refusal({ code: 'post-unknown' });
  }
  const place = takingPlaceAt(activity, at);
  const open = openVisitOf(state, personId, { activityId, ...place });
  if (open) {
    const { visitId, postId, signedInAt } = open;
    throw new Refusal({ code: 'already-signed-in', visitId, postId, signedInAt });
  }
  const full = postId !== null && isFull(state, activity, postId, at);
  return { activityId, personId, postId, ...place, ...(full && { overLimit: true as const }) };
}

function isFull(state: State, activity: Activity, postId: string, at: string): boolean {
  const limit = activity.posts.find((post) => post.postId === postId)?.limit;
  if (limit === undefined) return false;
  return openVisitsAt(state, activity, at).filter((visit) => visit.postId === postId).length >= limit;
}

/** Undoes a sign-in: for a while anybody at the screen, later only staff. */
export function undoSignIn(state: State, visitId: string, asking: Asking): Decision {
  const visit = standingVisit(state, visitId);
  const age = Math.abs(Date.parse(asking.at) - Date.parse(visit.signedInAt)) / 1000;
  // A clock that was set back does not open old visits, and what staff entered only staff take back.
  const mayPerson = age <= UNDO_SECONDS && visit.enteredAt === undefined;
  if (!mayPerson && !roleAllows(asking.role, 'editor')) {
    throw new Refusal({ code: 'undo-too-late', seconds: UNDO_SECONDS });
  }
  return { event: { type: 'visit-undone', data: { visitId } }, answer: { visitId } };
}

/** Declares a visit void, with the reason; it stays in the list. */
export function voidVisit(state: State, visitId: string, reason: string): Decision {
  const { personId } = standingVisit(state, visitId);
  // Nothing is written about who was erased.
  const kept = state.receipts.has(personId) ? '' : reason;
  return { event: { type: 'visit-voided', data: { visitId, reason: kept } }, answer: { visitId } };
}

function standingVisit(state: State, visitId: string): Visit {
  const visit = state.visits.get(visitId);
  if (!visit) throw new Refusal({ code: 'visit-unknown' });
  if (visit.undoneAt) throw new Refusal({ code: 'visit-undone', undoneAt: visit.undoneAt });
  return visit;
}
