import type { RefusalView } from '../../../src/api/answer.ts';
import { CallRefused } from '../../../src/api/client.ts';
import type { Elsewhere, OpenVisit } from './gate-page.ts';

/** A business "no" to one person, which trying again does not change. */
const SAYS_NO = new Set([
  'not-open',
  'not-eligible',
  'activity-full',
  'post-full',
  'undo-too-late',
  'person-unknown',
  'open-elsewhere',
  'activity-unknown',
  'post-unknown',
  'visit-unknown',
  'visit-undone',
  'signed-out',
  'not-signed-out',
  'came-again',
  'closed-already',
  'corrected-by-staff',
  'visits-overlap',
  'times-dropped',
  'badge-taken',
  'too-many-badges',
  'badges-wait',
  'no-guests',
]);

/** What a kiosk says that cannot save; it says the same to everybody. */
const CANNOT_SAVE = new Set(['cannot-save', 'store-read-only', 'store-damaged', 'store-not-writable']);

/** Does a "no" mean that nothing can be saved, whatever anybody does at the gate? */
export function keepsFromSaving(refusal: RefusalView | undefined): boolean {
  return refusal !== undefined && CANNOT_SAVE.has(refusal.code);
}

/** Does a "no" concern this person only, so that the next one may succeed? */
export function saysNo(refusal: RefusalView | undefined): refusal is RefusalView {
  return refusal !== undefined && SAYS_NO.has(refusal.code);
}

/** Was the post filled meanwhile, so that it needs a reason now? */
export function asksReason(error: unknown): boolean {
  return error instanceof CallRefused && error.refusal.code === 'reason-missing';
}

/** The open visit that an `already-signed-in` refusal tells of. */
export function openVisitIn({ refusal }: CallRefused): OpenVisit | undefined {
  if (refusal.code !== 'already-signed-in') return undefined;
  const { visitId, postId, signedInAt } = refusal as unknown as OpenVisit;
  return { visitId, postId, signedInAt };
}

/** Where else somebody is, as an `open-elsewhere` refusal says. */
export function elsewhereIn({ refusal }: CallRefused): Elsewhere | undefined {
  if (refusal.code !== 'open-elsewhere') return undefined;
  const { title, signedInAt } = refusal as unknown as Elsewhere;
  return { title, signedInAt };
}
