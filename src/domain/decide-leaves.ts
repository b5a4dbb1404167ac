import { takingPlaceAt } from './activity.ts';
import type { Asking } from './command.ts';
import type { Decision } from './decision.ts';
import { leaveKey, type LeavePlace } from './leave.ts';
import { Refusal } from './refusal.ts';
import { roleAllows } from './role.ts';
import type { State } from './state.ts';

/** Excuses somebody from a taking place (`takingPlace` of a daily activity; without it the present one). A later word replaces an earlier one. */
export function noteLeave(state: State, command: LeavePlace & { reason: string }, asking: Asking): Decision {
  const place = placeOf(state, command, asking);
  const person = state.people.get(command.personId);
  if (!person || person.left) throw new Refusal({ code: 'person-unknown' });
  return {
    event: { type: 'leave-noted', data: { ...place, reason: command.reason } },
    answer: { personId: command.personId },
  };
}

/** Takes a leave back. */
export function withdrawLeave(state: State, command: LeavePlace, asking: Asking): Decision {
  const place = placeOf(state, command, asking);
  if (!state.leaves.has(leaveKey(place))) throw new Refusal({ code: 'leave-unknown' });
  return { event: { type: 'leave-withdrawn', data: place }, answer: { personId: command.personId } };
}

function placeOf(
  state: State,
  { activityId, takingPlace, personId }: LeavePlace,
  { at, role }: Asking,
): LeavePlace {
  const activity = state.activities.get(activityId);
  if (!activity) throw new Refusal({ code: 'activity-unknown' });
  const present = takingPlaceAt(activity, at);
  const place = present.takingPlace === undefined ? {} : { takingPlace: takingPlace ?? present.takingPlace };
  // What was on a day that is over is staff's to say; days are compared as text.
  const isOver = (place.takingPlace ?? '') < (present.takingPlace ?? '');
  if (isOver && !roleAllows(role, 'editor')) throw new Refusal({ code: 'leave-in-past' });
  return { activityId, personId, ...place };
}
