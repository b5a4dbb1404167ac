import type { SignOutView } from '../../api/attendance-api.ts';
import type { PlannedVisit } from '../../api/sign-outs-api.ts';
import { minutesOf } from '../../domain/hours.ts';
import type { LeftAsItIs } from '../../domain/left-out.ts';
import { visitsOfPerson, type State } from '../../domain/state.ts';
import type { SignOut, Visit } from '../../domain/visit.ts';
import { calledAs } from './called-as.ts';
import { requireLed, requireVisitsLed } from './led-by.ts';
import { withLeftAsItIs } from './left-out.ts';
import type { HandlersOf, Parts } from './parts.ts';

/** Answers `signOuts.*`. */
export function signOutHandlers({ ledger }: Parts): HandlersOf<'signOuts'> {
  return {
    async 'signOuts.one'(input, { role }) {
      const { visitId } = input;
      const answer = await ledger.run<{ visitId: string; minutes: number }>(
        { type: 'sign-out', visitId },
        input,
        role,
      );
      const { visits, people } = ledger.state;
      const { personId } = visits.get(visitId) ?? { personId: '' };
      const { name } = calledAs(people.get(personId), { personId });
      return { ...answer, name, minutesSoFar: minutesSoFar(ledger.state, personId) };
    },
    'signOuts.stay': (input, { role }) =>
      ledger.run({ type: 'announce-stay', visitId: input.visitId }, input, role),
    'signOuts.all'(input, caller) {
      requireLed(ledger.state, input.activityId, caller);
      const { activityId, postId } = input;
      const only = postId !== undefined && { postId };
      return ledger.run({ type: 'sign-out-all', activityId, ...only }, input, caller.role);
    },
    async 'signOuts.undo'(input, caller) {
      requireVisitsLed(ledger.state, input.visitIds, caller);
      const answer = await ledger.run<{ visitIds: string[]; leftOut?: LeftAsItIs[] }>(
        { type: 'undo-sign-outs', visitIds: input.visitIds },
        input,
        caller.role,
      );
      return withLeftAsItIs(ledger.state, answer, caller.role);
    },
    'signOuts.correct'(input, { role }) {
      const { visitId, at, reason } = input;
      return ledger.run({ type: 'correct-sign-out', visitId, at, reason }, input, role);
    },
    'signOuts.accept': (input, { role }) =>
      ledger.run({ type: 'accept-sign-outs', visitIds: input.visitIds }, input, role),
    'signOuts.review': ({ activityId }) => ({ visits: unreviewed(ledger.state, activityId) }),
  };
}

/** Whole minutes of all visits of a person that are over and count. */
export function minutesSoFar(state: State, personId: string): number {
  return visitsOfPerson(state, personId).reduce((sum, visit) => sum + (minutesOf(visit) ?? 0), 0);
}

/** The end of a visit, and whether it was one step for several (`stepsForSeveral`). */
export function signOutView(signOut: SignOut, several: ReadonlySet<number>): SignOutView {
  return { ...signOut, ...(several.has(signOut.seq) && { together: true }) };
}

/** Visits that count and whose end nobody measured, accepted or said in advance; in order of arrival. */
function unreviewed(state: State, activityId: string | undefined): PlannedVisit[] {
  const visits = [...state.visits.values()].filter(
    (visit) => isUnreviewed(visit) && (activityId === undefined || visit.activityId === activityId),
  );
  return visits.map((visit) => {
    const { visitId, activityId, personId, postId, takingPlace, signedInAt } = visit;
    const day = takingPlace !== undefined && { takingPlace };
    const called = calledAs(state.people.get(personId), visit);
    const minutes = minutesOf(visit) ?? 0;
    const ended = { signedInAt, signOut: visit.signOut!, minutes };
    return { visitId, activityId, personId, ...called, postId, ...day, ...ended };
  });
}

/** Is there still somebody to say whether the planned end of the visit holds? */
export function isUnreviewed({ signOut, undoneAt, staysToEnd, timeDropped }: Visit): boolean {
  return signOut?.how === 'planned' && !signOut.accepted && !undoneAt && !staysToEnd && !timeDropped;
}
