import type { Asking } from './command.ts';
import { clockInDoubt, correctionOf, doublesAmong, movedVisits } from './correct-clock.ts';
import type { Decision, Next } from './decision.ts';
import { hasOldNotes, timesToDrop } from './drop-times.ts';
import type { ClockJumpData } from './event.ts';
import { Refusal } from './refusal.ts';
import { visitsOfPerson, type State } from './state.ts';
import { localDateOf } from './time.ts';

/** Notes that the system's clock jumped. */
export function noteClockJump(next: Next, { byMs, before, after, sinceSeq }: ClockJumpData): Decision {
  return {
    event: { type: 'clock-jumped', data: { byMs, before, after, sinceSeq } },
    answer: { jumpId: next.id },
  };
}

/** Settles a jump of the clock, once; one of unknown size can only be acknowledged: nothing can be moved by it. */
export function correctClockOnce(
  state: State,
  { jumpId, right }: { jumpId: string; right: 'before' | 'after' },
  asking: Asking,
): Decision {
  const jump = state.clockJumps.get(jumpId);
  if (!jump) throw new Refusal({ code: 'jump-unknown' });
  if (jump.settled) throw new Refusal({ code: 'jump-settled' });
  if (jump.byMs === null && right === 'before') throw new Refusal({ code: 'jump-size-unknown' });
  const moved = movedVisits(state, correctionOf(state, jump, right, asking.at));
  const doubles = doublesAmong(state, moved);
  return {
    event: { type: 'clock-corrected', data: { jumpId, right, ...(doubles.length > 0 && { doubles }) } },
    answer: { jumpId, visits: moved.length, doubles: doubles.length },
  };
}

/**
 * Erases people, those too who are on the roster no more; who is erased already is not erased again. A receipt alone
 * does not say that: a restored backup may have brought somebody back.
 */
export function erasePeopleOnce(state: State, personIds: readonly string[]): Decision {
  const { people, removedPeople } = state;
  for (const personId of personIds) {
    if (!people.has(personId) && !removedPeople.has(personId)) throw new Refusal({ code: 'person-unknown' });
  }
  // What somebody wrote as a guest, before they were known, is theirs.
  const asGuests = personIds.flatMap((personId) =>
    visitsOfPerson(state, personId).flatMap(({ guestId }) => guestId ?? []),
  );
  const erasing = [...new Set([...personIds, ...asGuests])].filter(
    (personId) => !people.get(personId)?.erased,
  );
  const answer = { erased: new Set(personIds.filter((personId) => erasing.includes(personId))).size };
  if (erasing.length === 0) return { answer };
  return { event: { type: 'people-erased', data: { personIds: erasing } }, answer };
}

/** Drops the exact times of visits before a day that has come. Not while the clock is in doubt: dates may be wrong. */
export function dropOldTimes(state: State, before: string, asking: Asking): Decision {
  if (clockInDoubt(state)) throw new Refusal({ code: 'clock-in-doubt' });
  if (before > localDateOf(asking.at)) throw new Refusal({ code: 'date-in-future', date: before });
  const visits = timesToDrop(state, before).size;
  if (visits === 0 && !hasOldNotes(state, before)) return { answer: { visits } };
  return { event: { type: 'times-dropped', data: { before } }, answer: { visits } };
}
