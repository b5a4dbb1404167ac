import { addMinutes, isoAt, isoWithOffsetOf, localDateOf } from '../../../../src/domain/time.ts';

/** Minutes of a day. */
const DAY = 24 * 60;

/**
 * The moment at which somebody left, from the time of day "HH:MM" that was typed: the first such time that is not
 * before they came, to the minute; past midnight it is on the next day.
 * @param signedInAt when they came, whose offset is used
 */
export function leftAt(clock: string, signedInAt: string): string {
  const at = isoAt(localDateOf(signedInAt), clock, signedInAt);
  if (at.slice(0, 16) === signedInAt.slice(0, 16)) return signedInAt;
  return at < signedInAt ? addMinutes(at, DAY) : at;
}

/**
 * When somebody probably left: the end that is noted; else the activity's, if it lies between their coming and `now`;
 * else `now`, for while it goes on nobody is past its end, and who came after it did not leave before.
 */
export function likelyEnd(
  { signedInAt, signOut }: { signedInAt: string; signOut?: { at: string } },
  endsAt: string,
  now: string,
): string {
  if (signOut) return signOut.at;
  const end = Date.parse(endsAt);
  return Date.parse(signedInAt) < end && end < Date.parse(now) ? isoWithOffsetOf(endsAt, now) : now;
}
