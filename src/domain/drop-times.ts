import { withoutWords } from './erase-people.ts';
import { forgetGesturesOf, visitIdOf } from './gesture.ts';
import type { State, TimesDropped } from './state.ts';
import { localDateOf, midnightOf } from './time.ts';
import type { Visit } from './visit.ts';

/** Drops the exact times, the reasons and the gestures of visits whose local date is earlier than `before`. */
export function dropTimes(state: State, before: string): void {
  const old = timesToDrop(state, before);
  for (const visitId of old) state.visits.set(visitId, withDatesOnly(state.visits.get(visitId)!));
  forgetGesturesOf(state, old);
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
    const visit = state.visits.get(visitIdOf(gesture) ?? '');
    if (visit?.timeDropped && localDateOf(visit.undoneAt ?? visit.signedInAt) < before)
      old.add(visit.visitId);
  }
  return old;
}

/** The visit with midnight for every time, and without reasons. */
function withDatesOnly(visit: Visit): Visit {
  const { signedInAt, enteredAt, undoneAt } = visit;
  return {
    ...withoutWords(visit),
    signedInAt: midnightOf(signedInAt),
    ...(enteredAt !== undefined && { enteredAt: midnightOf(enteredAt) }),
    ...(undoneAt !== undefined && { undoneAt: midnightOf(undoneAt) }),
    timeDropped: true,
  };
}
