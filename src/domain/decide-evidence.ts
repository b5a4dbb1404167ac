import type { Asking } from './command.ts';
import type { Decision } from './decision.ts';
import type { Evidence } from './evidence.ts';
import { Refusal } from './refusal.ts';
import { roleAllows } from './role.ts';
import type { State } from './state.ts';
import { exactVisit } from './visits-asked-for.ts';

/** For how long after a sign-in its evidence may be added at the gate, in seconds. */
const EVIDENCE_SECONDS = 300;

/**
 * Adds a signature or a photo to a visit; the activity must ask for it. What is there stays: the next person at the gate
 * does not write over it; staff may.
 */
export function addEvidence(
  state: State,
  { visitId, ...evidence }: { visitId: string } & Evidence,
  asking: Asking,
): Decision {
  const visit = exactVisit(state, visitId);
  const { evidence: asked } = state.activities.get(visit.activityId)!;
  if ((evidence.signature && !asked?.signature) || (evidence.photo !== undefined && !asked?.photo)) {
    throw new Refusal({ code: 'evidence-not-asked' });
  }
  const isStaff = roleAllows(asking.role, 'editor');
  const { signature, photo } = visit.evidence ?? {};
  if (
    !isStaff &&
    ((evidence.signature && signature) || (evidence.photo !== undefined && photo !== undefined))
  ) {
    throw new Refusal({ code: 'evidence-there' });
  }
  const age = Math.abs(Date.parse(asking.at) - Date.parse(visit.signedInAt)) / 1000;
  if (age > EVIDENCE_SECONDS && !isStaff) throw new Refusal({ code: 'evidence-too-late' });
  return { event: { type: 'evidence-added', data: { visitId, ...evidence } }, answer: { visitId } };
}
