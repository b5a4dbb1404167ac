import { Refusal } from '../../domain/refusal.ts';
import type { HandlersOf, Parts } from './parts.ts';

/** Answers `evidence.*`. */
export function evidenceHandlers({ ledger }: Parts): HandlersOf<'evidence'> {
  return {
    'evidence.add'(input, { role }) {
      const { gestureId: _, ...evidence } = input;
      return ledger.run({ type: 'add-evidence', ...evidence }, input, role);
    },
    'evidence.get'({ visitId }) {
      const visit = ledger.state.visits.get(visitId);
      if (!visit) throw new Refusal({ code: 'visit-unknown' });
      return { evidence: visit.evidence ?? null };
    },
  };
}
