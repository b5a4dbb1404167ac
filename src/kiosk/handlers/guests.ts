import type { GuestView } from '../../api/guests-api.ts';
import type { State } from '../../domain/state.ts';
import { calledAs } from './called-as.ts';
import { keepingAttempt } from './keep-attempt.ts';
import type { HandlersOf, Parts } from './parts.ts';

/** Answers `guests.*`. */
export function guestHandlers({ ledger }: Parts): HandlersOf<'guests'> {
  return {
    async 'guests.signIn'(input, { role }) {
      const { gestureId: _, name, organisation, ...place } = input;
      const guest = { name, ...(organisation !== undefined && { organisation }) };
      const { activityId, postId } = place;
      const attempted = { activityId, guest, ...(postId !== undefined && { postId }) };
      const answer = await keepingAttempt(
        ledger,
        () => attempted,
        ledger.run<{ visitId: string; seq: number; personId: string }>(
          { type: 'sign-in-guest', ...place, guest },
          input,
          role,
        ),
      );
      return { ...answer, signedInAt: ledger.state.visits.get(answer.visitId)!.signedInAt };
    },
    'guests.list': ({ activityId }) => ({ guests: guestViews(ledger.state, activityId) }),
    'guests.match'(input, { role }) {
      const { guestId, personId } = input;
      return ledger.run({ type: 'match-guest', guestId, personId }, input, role);
    },
    'guests.unmatch': (input, { role }) =>
      ledger.run({ type: 'unmatch-guest', guestId: input.guestId }, input, role),
  };
}

function guestViews(state: State, ofActivity: string | undefined): GuestView[] {
  const views: GuestView[] = [];
  for (const visit of state.visits.values()) {
    const { visitId, activityId, takingPlace, signedInAt, undoneAt, guestId } = visit;
    const guest = state.people.get(guestId ?? visit.personId);
    if (!guest?.guest || (ofActivity !== undefined && activityId !== ofActivity)) continue;
    const { personId, name, organisation = null, matchedTo } = guest;
    views.push({
      personId,
      name,
      organisation,
      visitId,
      activityId,
      ...(takingPlace !== undefined && { takingPlace }),
      signedInAt,
      ...(undoneAt !== undefined && { undoneAt }),
      ...(matchedTo !== undefined && {
        matchedTo: { personId: matchedTo, ...calledAs(state.people.get(matchedTo), { personId: matchedTo }) },
      }),
    });
  }
  return views.reverse();
}
