import type { Asking } from './command.ts';
import { Refusal } from './refusal.ts';
import { visitsOfPerson, type State } from './state.ts';
import { isoWithOffsetOf } from './time.ts';
import { takingPlaceKey, type Visit } from './visit.ts';

/** From when to when; without an end it goes on. */
export interface Span {
  signedInAt: string;
  endedAt?: string | undefined;
}

/**
 * Nobody is in two visits at once. @throws Refusal `visits-overlap` where the person has another visit that counts in the
 * time of `span`, to the minute, as times are shown. A visit that goes on is in the way at its own taking place alone: by
 * itself it ends with that one. Where only dates are kept, nobody can tell.
 */
export function refuseOverlap(
  state: State,
  visit: Pick<Visit, 'personId' | 'activityId' | 'takingPlace'> & { visitId?: string },
  span: Span,
): void {
  const key = takingPlaceKey(visit);
  const other = visitsOfPerson(state, visit.personId).find((one) => {
    if (one.visitId === visit.visitId || one.undoneAt || one.timeDropped) return false;
    const isThere = takingPlaceKey(one) === key;
    const [a, b] = [spanOf(one), span].map((each) => (isThere ? each : withEnd(each)));
    return overlap(a!, b!);
  });
  if (other) throw overlapWith(other);
}

function withEnd({ signedInAt, endedAt = signedInAt }: Span): Span {
  return { signedInAt, endedAt };
}

/** When somebody left, as staff say it, with the plant's own offset. @throws Refusal `time-in-future`, `left-before-arrival`. */
export function endOfStay(
  leftAt: string,
  { signedInAt }: Pick<Visit, 'signedInAt'>,
  { at }: Pick<Asking, 'at'>,
): string {
  const endedAt = isoWithOffsetOf(leftAt, at);
  if (Date.parse(endedAt) > Date.parse(at)) throw new Refusal({ code: 'time-in-future', at: endedAt });
  if (Date.parse(endedAt) < Date.parse(signedInAt)) {
    throw new Refusal({ code: 'left-before-arrival', signedInAt });
  }
  return endedAt;
}

/** The refusal that names the visit in the way. */
export function overlapWith({ visitId, signedInAt, signOut }: Visit): Refusal {
  return new Refusal({ code: 'visits-overlap', visitId, signedInAt, endedAt: signOut?.at ?? null });
}

/** From when to when the visit was, or since when it goes on. */
export function spanOf({ signedInAt, signOut }: Visit): Span {
  return { signedInAt, endedAt: signOut?.at };
}

/** Other visits of the person at the same taking place that count, in order of arrival. */
export function otherVisitsThere(state: State, visit: Visit): Visit[] {
  const key = takingPlaceKey(visit);
  return visitsOfPerson(state, visit.personId).filter(
    (other) => other.visitId !== visit.visitId && !other.undoneAt && takingPlaceKey(other) === key,
  );
}

/** Did `one` begin after `other`? In order of sequence; what staff entered, by what they said. */
export function beganAfter(one: Visit, other: Visit): boolean {
  if (one.enteredAt === undefined && other.enteredAt === undefined) return one.seq > other.seq;
  return Date.parse(one.signedInAt) > Date.parse(other.signedInAt);
}

function overlap(one: Span, other: Span): boolean {
  return (
    minuteOf(one.signedInAt) < minuteOf(other.endedAt) && minuteOf(other.signedInAt) < minuteOf(one.endedAt)
  );
}

function minuteOf(at: string | undefined): number {
  return at === undefined ? Infinity : Math.floor(Date.parse(at) / 60_000);
}
