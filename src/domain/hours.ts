import { occurrenceOf, type Activity } from './activity.ts';
import { beganAfter, otherVisitsThere } from './overlap.ts';
import type { State } from './state.ts';
import type { SignOut, Visit } from './visit.ts';

/** Whole minutes between sign-in and the end of the visit; undefined while it goes on, and for one that does not count. */
export function minutesOf(visit: Visit): number | undefined {
  return visit.signOut && !visit.undoneAt ? minutesUntil(visit, visit.signOut) : undefined;
}

/** Whole minutes from the sign-in to this end of the visit. */
export function minutesUntil({ signedInAt }: Visit, { at, minutes }: SignOut): number {
  return minutes ?? minutesBetween(signedInAt, at);
}

/** Whole minutes from one time to a later one; 0 where it is not later. */
export function minutesBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 60_000));
}

/**
 * Whole minutes after the start at which the person came, told with the first of their visits to the taking place; 0 for
 * in time, and where only the date is kept.
 */
export function lateMinutes(state: State, activity: Activity, visit: Visit): number {
  const { signedInAt, timeDropped } = visit;
  if (timeDropped || otherVisitsThere(state, visit).some((other) => beganAfter(visit, other))) return 0;
  return minutesBetween(occurrenceOf(activity, visit).startsAt, signedInAt);
}

/**
 * Whole minutes before the end at which the person left, told with the last of their visits to the taking place; 0 for
 * nobody knows, or not early.
 */
export function earlyMinutes(state: State, activity: Activity, visit: Visit): number {
  const { signOut, timeDropped } = visit;
  if (!signOut || signOut.how === 'planned' || timeDropped) return 0;
  if (otherVisitsThere(state, visit).some((other) => beganAfter(other, visit))) return 0;
  return minutesBetween(signOut.at, occurrenceOf(activity, visit).endsAt);
}
