import type { Activity } from './activity.ts';
import { admit, isPostFull, refuseWithoutReason } from './admission.ts';
import type { Asking, Command } from './command.ts';
import { openVisitsAt } from './counts.ts';
import type { Decision, Next } from './decision.ts';
import { openElsewhere } from './open-elsewhere.ts';
import { endOfStay, refuseOverlap } from './overlap.ts';
import { Refusal } from './refusal.ts';
import { roleAllows } from './role.ts';
import type { State } from './state.ts';
import { addMinutes, isoWithOffsetOf } from './time.ts';
import { UNDO_SECONDS } from './visit.ts';
import { goingVisit, standingVisit } from './visits-asked-for.ts';

/**
 * Signs somebody in now, or refuses: who is in already, here or elsewhere, is asked, never toggled. With `leaveOther` their
 * visit elsewhere ends in the same event.
 */
export function signIn(
  state: State,
  next: Next,
  command: Extract<Command, { type: 'sign-in' }>,
  asking: Asking,
): Decision {
  const { reason, by, notice } = command;
  const admitted = admit(state, command, asking);
  refuseWithoutReason(state, admitted, { reason, role: asking.role });
  const left = openElsewhere(state, command.personId, admitted, asking.at);
  const data = {
    ...admitted,
    ...(left.length > 0 && { left: left.map(({ visitId }) => ({ visitId })) }),
    ...(reason !== undefined && { reason }),
    ...(by && { by }),
    ...(notice !== undefined && { notice }),
  };
  return {
    event: { type: 'visit-signed-in', data },
    answer: { visitId: next.id, seq: next.seq },
  };
}

/** Enters somebody who was there but is not in the list; the times are what staff say, the reason is kept. */
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
  const { leftAt, reason } = command;
  const endedAt = leftAt === undefined ? undefined : endOfStay(leftAt, { signedInAt }, asking);
  const isOver = endedAt !== undefined;
  const visit = admit(state, command, { at: signedInAt, role: 'editor' }, { isOver });
  refuseOutside(state.activities.get(command.activityId)!, signedInAt);
  refuseOverlap(state, visit, { signedInAt, endedAt });
  const ended = isOver && { ended: { at: endedAt, by: asking.role } };
  return {
    event: {
      type: 'visit-signed-in',
      data: { ...visit, signedInAt, ...ended, enteredAt: asking.at, reason },
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

/** Moves somebody who is signed in to another post; they stay signed in. A full post takes one more and is marked. */
export function changePost(
  state: State,
  { visitId, postId, reason }: { visitId: string; postId: string; reason?: string },
  asking: Asking,
): Decision {
  const visit = goingVisit(state, visitId);
  const activity = state.activities.get(visit.activityId)!;
  if (visit.postId === postId) return { answer: { visitId } };
  const inside = openVisitsAt(state, activity, visit.signedInAt);
  const coming = { isStaff: roleAllows(asking.role, 'editor'), personId: visit.personId };
  const full = isPostFull(activity, postId, inside, coming);
  const overLimit = full && { overLimit: true as const };
  const { activityId, personId } = visit;
  refuseWithoutReason(state, { activityId, personId, postId, ...overLimit }, { reason, role: asking.role });
  const why = reason !== undefined && !state.receipts.has(visit.personId) && { reason };
  return {
    event: { type: 'post-changed', data: { visitId, postId, ...overLimit, ...why } },
    answer: { visitId },
  };
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
