import { activityById } from './activity-view.ts';
import { calledAs } from './called-as.ts';
import type { HandlersOf, Parts } from './parts.ts';

/** Answers `attempts.*`. */
export function attemptHandlers({ ledger }: Parts): HandlersOf<'attempts'> {
  return {
    'attempts.list'({ activityId }) {
      const { state } = ledger;
      activityById(state, activityId);
      const attempts = state.attempts.filter((attempt) => attempt.activityId === activityId);
      return {
        attempts: attempts.reverse().map((attempt) => {
          const { seq, at, takingPlace, personId, postId = null, code } = attempt;
          const place = takingPlace !== undefined && { takingPlace };
          const person = state.people.get(personId);
          const guest = person?.guest && { guest: true as const };
          return { seq, at, ...place, personId, ...calledAs(person, attempt), ...guest, postId, code };
        }),
      };
    },
  };
}
