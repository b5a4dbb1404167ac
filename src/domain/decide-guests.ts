import { placeFor, refuseOutsideWindow, refuseWithoutReason } from './admission.ts';
import type { Asking, Command } from './command.ts';
import type { Decision, Next } from './decision.ts';
import { refuseOverlap, spanOf } from './overlap.ts';
import { openVisitOfNamesake } from './off-roster.ts';
import { Refusal } from './refusal.ts';
import { roleAllows } from './role.ts';
import { openVisitOf, visitsOfGuest, visitsOfPerson, type State } from './state.ts';

/** Signs in somebody who is not on the roster. A guest of that name who is inside is asked about, not signed in twice. */
export function signInGuest(
  state: State,
  next: Next,
  command: Extract<Command, { type: 'sign-in-guest' }>,
  asking: Asking,
): Decision {
  const { activityId, postId, guest, another, reason, notice } = command;
  const activity = state.activities.get(activityId);
  if (!activity) throw new Refusal({ code: 'activity-unknown' });
  const open = another ? undefined : openVisitOfNamesake(state, activity, guest, asking.at);
  if (open) {
    const { visitId, postId, signedInAt } = open;
    throw new Refusal({ code: 'already-signed-in', visitId, postId, signedInAt });
  }
  const isStaff = roleAllows(asking.role, 'editor');
  if (!isStaff) {
    if (activity.noGuests) throw new Refusal({ code: 'no-guests' });
    refuseOutsideWindow(activity, asking.at);
  }
  const place = placeFor(state, activity, postId, { at: asking.at, isStaff });
  refuseWithoutReason(state, place, { reason, role: asking.role });
  const personId = `${next.id}-guest`;
  return {
    event: {
      type: 'visit-signed-in',
      data: {
        ...place,
        personId,
        guest,
        ...(reason !== undefined && { reason }),
        ...(notice !== undefined && { notice }),
      },
    },
    answer: { visitId: next.id, seq: next.seq, personId },
  };
}

/**
 * A guest turns out to be somebody on the roster: the visits become theirs, with the hours. Not where they were there at
 * the same time by themselves: one of the two then says something else than what happened.
 */
export function matchGuest(state: State, guestId: string, personId: string): Decision {
  const guest = state.people.get(guestId);
  if (!guest?.guest || guest.erased || guest.matchedTo !== undefined)
    throw new Refusal({ code: 'guest-unknown' });
  const person = state.people.get(personId);
  if (!person || person.left) throw new Refusal({ code: 'person-unknown' });
  const visits = visitsOfPerson(state, guestId);
  // Who was only refused has nothing to hand over.
  if (visits.length === 0) throw new Refusal({ code: 'guest-unknown' });
  for (const visit of visits) {
    if (visit.undoneAt) continue;
    const open = visit.signOut ? undefined : openVisitOf(state, personId, visit);
    if (open) {
      const { visitId, postId, signedInAt } = open;
      throw new Refusal({ code: 'already-signed-in', visitId, postId, signedInAt });
    }
    if (!visit.timeDropped) refuseOverlap(state, { ...visit, personId }, spanOf(visit));
  }
  return {
    event: { type: 'guest-matched', data: { guestId, personId } },
    answer: { personId, visits: visits.length },
  };
}

/** Takes a match back that was wrong: the visits, with their hours, are the guest's again. */
export function unmatchGuest(state: State, guestId: string): Decision {
  const guest = state.people.get(guestId);
  if (guest?.matchedTo === undefined || guest.name === '') throw new Refusal({ code: 'guest-not-matched' });
  return {
    event: { type: 'guest-unmatched', data: { guestId } },
    answer: { personId: guestId, visits: visitsOfGuest(state, guestId).length },
  };
}
