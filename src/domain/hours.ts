import { occurrenceOf, type Activity } from './activity.ts';
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

/** Whole minutes after the start at which the person came; 0 for in time, and where only the date is kept. */
export function lateMinutes(activity: Activity, visit: Visit): number {
  return visit.timeDropped ? 0 : minutesBetween(occurrenceOf(activity, visit).startsAt, visit.signedInAt);
}

/** Whole minutes before the end at which the person left; 0 for nobody knows, or not early. */
export function earlyMinutes(activity: Activity, visit: Visit): number {
  const { signOut, timeDropped } = visit;
  if (!signOut || signOut.how === 'planned' || timeDropped) return 0;
  return minutesBetween(signOut.at, occurrenceOf(activity, visit).endsAt);
}
