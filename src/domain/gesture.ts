import type { Gesture } from './event.ts';
import type { Visit } from './visit.ts';

/** The visits that a gesture made or changed, as its answer says; none for other gestures. */
export function visitIdsOf(gesture: Gesture): readonly string[] {
  const { visitId, visitIds } = answerOf(gesture);
  return visitIds ?? (visitId === undefined ? [] : [visitId]);
}

/** What answers say of what the gesture was about; an import's only counts, and lists what it skipped. */
function answerOf({ answer }: Gesture): {
  visitId?: string;
  visitIds?: string[];
  personId?: string;
  skipped?: unknown;
} {
  return typeof answer === 'object' && answer !== null ? answer : {};
}

/** Forgets the gestures that made or changed these visits; one that was about several goes with the last of them. */
export function forgetGesturesOf(
  { gestures }: { gestures: Map<string, Gesture> },
  visitIds: ReadonlySet<string>,
): void {
  if (visitIds.size === 0) return;
  for (const gesture of gestures.values()) {
    const about = visitIdsOf(gesture);
    if (about.length > 0 && about.every((visitId) => visitIds.has(visitId))) gestures.delete(gesture.id);
  }
}

/**
 * Empties the fingerprints of gestures that may have been about these people. They were made from all that was sent,
 * names and reasons included: whoever guesses the words could check the guess.
 */
export function blankGesturesOf(
  { gestures, visits }: { gestures: Map<string, Gesture>; visits: ReadonlyMap<string, Visit> },
  personIds: ReadonlySet<string>,
): void {
  for (const gesture of gestures.values()) {
    const { personId, visitIds, skipped } = answerOf(gesture);
    const about =
      personId === undefined ? visitIdsOf(gesture).map((id) => visits.get(id)?.personId) : [personId];
    // Anybody may have been in a file that was imported, or in a roll-call.
    const isOfMany = skipped !== undefined || visitIds !== undefined;
    if (isOfMany || about.some((id) => personIds.has(id ?? '')))
      gestures.set(gesture.id, { ...gesture, fingerprint: '' });
  }
}
