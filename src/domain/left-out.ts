import { Refusal, type RefusalReason } from './refusal.ts';

/** A visit that an undoing of several left as it is, and why. */
export interface LeftAsItIs {
  visitId: string;
  reason: RefusalReason;
}

/**
 * Of the visits those that `check` lets through, each once; the others with what it throws about them. One change since
 * then does not keep the rest from being undone.
 * @throws Refusal, the first one, where none is left.
 */
export function undoable(
  visitIds: readonly string[],
  check: (visitId: string) => void,
): { undoing: string[]; leftOut: LeftAsItIs[] } {
  const undoing: string[] = [];
  const leftOut: LeftAsItIs[] = [];
  for (const visitId of new Set(visitIds)) {
    try {
      check(visitId);
      undoing.push(visitId);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      leftOut.push({ visitId, reason: error.reason });
    }
  }
  const [first] = leftOut;
  if (undoing.length === 0 && first) throw new Refusal(first.reason);
  return { undoing, leftOut };
}
