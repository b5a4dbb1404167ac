import { mapEnds } from './ends.ts';
import { withoutWords } from './erase-people.ts';
import { forgetGesturesOf, visitIdsOf } from './gesture.ts';
import { minutesUntil } from './hours.ts';
import { dropAttempts, type State, type TimesDropped } from './state.ts';
import { localDateOf, midnightOf } from './time.ts';
import type { Visit } from './visit.ts';

/**
 * Drops the exact times, reasons, evidence and gestures of visits whose local date is earlier than `before`, older
 * refused attempts and the reasons of older leaves.
 */
export function dropTimes(state: State, before: string): void {
  const old = timesToDrop(state, before);
  for (const visitId of old) state.visits.set(visitId, withDatesOnly(state.visits.get(visitId)!));
  forgetGesturesOf(state, old);
  dropAttempts(state, ({ at }) => localDateOf(at) < before);
  for (const [key, leave] of state.leaves) {
    if (leave.notedOn < before) state.leaves.set(key, { ...leave, reason: '' });
  }
}

/** Is there anything but visits that `dropTimes` changes: refused attempts, reasons of leaves? */
export function hasOldNotes({ attempts, leaves }: State, before: string): boolean {
  return (
    attempts.some(({ at }) => localDateOf(at) < before) ||
    [...leaves.values()].some(({ notedOn, reason }) => notedOn < before && reason !== '')
  );
}

/** What two events that dropped times amount to: the later day, by the later event. */
export function laterDrop(one: TimesDropped | null, other: TimesDropped | null): TimesDropped | null {
  if (!one || !other) return one ?? other;
  return {
    before: one.before > other.before ? one.before : other.before,
    seq: Math.max(one.seq, other.seq),
  };
}

/** The visits that `dropTimes` changes, by id; those among them that were undone after their times had gone. */
export function timesToDrop(state: State, before: string): Set<string> {
  const old = new Set<string>();
  for (const { visitId, timeDropped, signedInAt } of state.visits.values()) {
    if (!timeDropped && localDateOf(signedInAt) < before) old.add(visitId);
  }
  for (const gesture of state.gestures.values()) {
    for (const visitId of visitIdsOf(gesture)) {
      const visit = state.visits.get(visitId);
      if (visit?.timeDropped && localDateOf(visit.undoneAt ?? visit.signedInAt) < before) old.add(visitId);
    }
  }
  return old;
}

/** The visit with midnight for every time, and without reasons; how long it was stays (DESIGN.md section 5). */
function withDatesOnly(visit: Visit): Visit {
  const { signOut, ...silent } = withoutWords(visit);
  const { signedInAt, enteredAt, undoneAt } = visit;
  return {
    ...silent,
    ...(signOut && {
      signOut: mapEnds(signOut, (end) => ({
        ...end,
        at: midnightOf(end.at),
        minutes: minutesUntil(visit, end),
      })),
    }),
    signedInAt: midnightOf(signedInAt),
    ...(enteredAt !== undefined && { enteredAt: midnightOf(enteredAt) }),
    ...(undoneAt !== undefined && { undoneAt: midnightOf(undoneAt) }),
    timeDropped: true,
  };
}
