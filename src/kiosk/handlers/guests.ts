import type { GuestView } from '../../api/guests-api.ts';
import type { State } from '../../domain/state.ts';
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
  };
}

function guestViews(state: State, ofActivity: string | undefined): GuestView[] {
  const views: GuestView[] = [];
  for (const { visitId, activityId, takingPlace, personId, signedInAt, undoneAt } of state.visits.values()) {
    const person = state.people.get(personId);
    if (!person?.guest || (ofActivity !== undefined && activityId !== ofActivity)) continue;
    const { name, organisation = null } = person;
    const undone = undoneAt !== undefined && { undoneAt };
    const place = { activityId, ...(takingPlace !== undefined && { takingPlace }) };
    views.push({ personId, name, organisation, visitId, ...place, signedInAt, ...undone });
  }
  return views.reverse();
}
