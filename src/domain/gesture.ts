import type { Gesture } from './event.ts';
import type { Visit } from './visit.ts';

/** The visit that a gesture made, undid or voided, as its answer says; undefined for other gestures. */
export function visitIdOf(gesture: Gesture): string | undefined {
  return answerOf(gesture).visitId;
}

/** What answers say of what the gesture was about; an import's only counts, and lists what it skipped. */
function answerOf({ answer }: Gesture): { visitId?: string; personId?: string; skipped?: unknown } {
  return typeof answer === 'object' && answer !== null ? answer : {};
}

/** Forgets the gestures that made, undid or voided these visits. */
export function forgetGesturesOf(
  { gestures }: { gestures: Map<string, Gesture> },
  visitIds: ReadonlySet<string>,
): void {
  if (visitIds.size === 0) return;
  for (const gesture of gestures.values()) {
    if (visitIds.has(visitIdOf(gesture) ?? '')) gestures.delete(gesture.id);
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
    const { visitId = '', personId = visits.get(visitId)?.personId ?? '', skipped } = answerOf(gesture);
    const isImport = skipped !== undefined;
    // Anybody may have been in a file that was imported.
    if (isImport || personIds.has(personId)) gestures.set(gesture.id, { ...gesture, fingerprint: '' });
  }
}
