import type { Gesture } from './event.ts';

/** A gesture, and of one that saved several people, whom: its fingerprint was made from words about them. */
export type KeptGesture = Gesture & { personIds?: string[] };

/** The visit that the gesture made, undid or voided, and the person whom it saved. */
export function aboutOf({ answer }: Gesture): { visitId?: string; personId?: string } {
  return typeof answer === 'object' && answer !== null ? answer : {};
}

/** Forgets the gestures that made, undid or voided these visits. */
export function forgetGesturesOf(gestures: Map<string, KeptGesture>, visitIds: ReadonlySet<string>): void {
  if (visitIds.size === 0) return;
  for (const gesture of gestures.values()) {
    const { visitId } = aboutOf(gesture);
    if (visitId !== undefined && visitIds.has(visitId)) gestures.delete(gesture.id);
  }
}
