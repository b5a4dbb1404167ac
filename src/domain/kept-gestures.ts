import type { Event } from './event.ts';
import { aboutOf, type KeptGesture } from './gesture.ts';
import type { State } from './state.ts';

/*
 * Whose a gesture was. A fingerprint is made from all that was sent, names and reasons included: whoever guesses the
 * words can check the guess against it, so it goes when they go.
 */

/** Keeps an event's gesture, so that a repeated one gets its first answer again. */
export function keepGesture(state: State, event: Event): void {
  const { gesture } = event;
  if (!gesture) return;
  const kept = event.type === 'people-saved' && event.data.people.length > 1;
  const about: KeptGesture = kept
    ? { ...gesture, personIds: event.data.people.map(({ personId }) => personId) }
    : gesture;
  const erased = state.receipts.size > 0 && peopleOf(state, about).some((id) => state.receipts.has(id));
  state.gestures.set(gesture.id, erased ? { ...about, fingerprint: '' } : about);
}

/** Makes the gestures that were about these people say nothing about them. */
export function blankGesturesOf(state: State, personIds: ReadonlySet<string>): void {
  for (const gesture of state.gestures.values()) {
    if (gesture.fingerprint === '' || !peopleOf(state, gesture).some((id) => personIds.has(id))) continue;
    state.gestures.set(gesture.id, { ...gesture, fingerprint: '' });
  }
}

/** Whom a gesture was about: its answer names the person or the visit, but for an import's, which only counts. */
function peopleOf(state: State, gesture: KeptGesture): string[] {
  if (gesture.personIds) return gesture.personIds;
  const { personId, visitId } = aboutOf(gesture);
  const whose = personId ?? (visitId === undefined ? undefined : state.visits.get(visitId)?.personId);
  return whose === undefined ? [] : [whose];
}
