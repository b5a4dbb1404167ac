import { takingPlaceAt } from './activity.ts';
import type { Attempt, Attempted } from './attempt.ts';
import type { Asking } from './command.ts';
import type { Decision, Next } from './decision.ts';
import { Refusal, type RefusalCode } from './refusal.ts';
import type { State } from './state.ts';

/** Who tries the same again within so many seconds is not written down twice. */
const SAME_WITHIN = 60;

/** Writes a refused attempt down, unless the same one has just been. A guest becomes a person whom it names. */
export function noteAttempt(
  state: State,
  next: Next,
  command: Attempted & { code: RefusalCode },
  { at }: Asking,
): Decision {
  const { activityId, postId, code } = command;
  const activity = state.activities.get(activityId);
  if (!activity) throw new Refusal({ code: 'activity-unknown' });
  const latest = state.attempts.findLast((one) => one.activityId === activityId && isBy(state, one, command));
  const age = latest && Math.abs(Date.parse(at) - Date.parse(latest.at)) / 1000;
  if (latest?.code === code && latest.postId === postId && age! < SAME_WITHIN) {
    return { answer: { personId: latest.personId } };
  }
  const who =
    'guest' in command
      ? { personId: `${next.id}-guest`, guest: command.guest }
      : { personId: command.personId };
  const data = {
    activityId,
    ...takingPlaceAt(activity, at),
    ...who,
    ...(postId !== undefined && { postId }),
    code,
  };
  return { event: { type: 'attempt-refused', data }, answer: { personId: who.personId } };
}

/** Is it an earlier attempt of the same person, or of a guest who calls themselves the same? */
function isBy({ people }: State, { personId }: Attempt, who: Attempted): boolean {
  if (!('guest' in who)) return personId === who.personId;
  const person = people.get(personId);
  return (
    person?.guest === true && person.name === who.guest.name && person.organisation === who.guest.organisation
  );
}
