import { takingPlaceAt } from '../../domain/activity.ts';
import { activityById } from './activity-view.ts';
import { calledAs } from './called-as.ts';
import { requireLed } from './led-by.ts';
import type { HandlersOf, Parts } from './parts.ts';

/** Answers `leaves.*`. */
export function leaveHandlers({ ledger, clock }: Parts): HandlersOf<'leaves'> {
  return {
    'leaves.note'(input, caller) {
      requireLed(ledger.state, input.activityId, caller);
      const { gestureId: _, ...leave } = input;
      return ledger.run({ type: 'note-leave', ...leave }, input, caller.role);
    },
    'leaves.withdraw'(input, caller) {
      requireLed(ledger.state, input.activityId, caller);
      const { gestureId: _, ...place } = input;
      return ledger.run({ type: 'withdraw-leave', ...place }, input, caller.role);
    },
    'leaves.list'({ activityId, takingPlace }) {
      const { state } = ledger;
      const present = takingPlaceAt(activityById(state, activityId), clock.now()).takingPlace;
      const wanted = present === undefined ? undefined : (takingPlace ?? present);
      const all = [...state.leaves.values()].filter((leave) => leave.activityId === activityId);
      const leaves = all.filter((leave) => leave.takingPlace === wanted);
      const days = new Set(all.flatMap((leave) => leave.takingPlace ?? []));
      return {
        days: [...days].sort(),
        leaves: leaves.map(({ activityId: _, seq: _seq, ...leave }) => ({
          ...leave,
          ...calledAs(state.people.get(leave.personId), leave),
        })),
      };
    },
  };
}
