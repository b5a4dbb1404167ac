import { takingPlaceAt } from './activity.ts';
import type { AttemptData } from './attempt.ts';
import type { Asking } from './command.ts';
import type { Decision } from './decision.ts';
import { Refusal } from './refusal.ts';
import type { State } from './state.ts';

/** Who tries again within so many seconds is not written down twice. */
const SAME_WITHIN = 60;

/** Writes a refused attempt down, unless the same one has just been. */
export function noteAttempt(
  state: State,
  { activityId, personId, postId, code }: Omit<AttemptData, 'takingPlace'>,
  { at }: Asking,
): Decision {
  const activity = state.activities.get(activityId);
  if (!activity) throw new Refusal({ code: 'activity-unknown' });
  const answer = { personId };
  const latest = state.attempts.findLast((one) => one.personId === personId && one.activityId === activityId);
  const age = latest && Math.abs(Date.parse(at) - Date.parse(latest.at)) / 1000;
  if (latest?.code === code && age! < SAME_WITHIN) return { answer };
  const data = {
    activityId,
    ...takingPlaceAt(activity, at),
    personId,
    ...(postId !== undefined && { postId }),
    code,
  };
  return { event: { type: 'attempt-refused', data }, answer };
}
