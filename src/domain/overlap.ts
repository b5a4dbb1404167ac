import { Refusal } from './refusal.ts';
import { visitsOfPerson, type State } from './state.ts';
import { takingPlaceKey, type Visit } from './visit.ts';

/** From when to when; without an end it goes on. */
export interface Span {
  signedInAt: string;
  endedAt?: string | undefined;
}

/**
 * Nobody is in two visits at once. @throws Refusal `visits-overlap` where somebody has another visit that counts in that
 * time, to the minute, as times are shown. Where only dates are kept, nobody can tell.
 */
export function refuseOverlap(
  state: State,
  personId: string,
  span: Span,
  { except }: { except?: string } = {},
): void {
  const other = visitsOfPerson(state, personId).find(
    (visit) =>
      visit.visitId !== except && !visit.undoneAt && !visit.timeDropped && overlap(spanOf(visit), span),
  );
  if (other) throw overlapWith(other);
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
