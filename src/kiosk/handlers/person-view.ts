import type { PersonView } from '../../api/people-api.ts';
import { takingPlaceAt, type Activity } from '../../domain/activity.ts';
import { leaveKey } from '../../domain/leave.ts';
import { maskedName } from '../../domain/names-shown.ts';
import type { Person } from '../../domain/person.ts';
import type { NamesShown } from '../../domain/settings.ts';
import type { State } from '../../domain/state.ts';
import { suggestedPost } from '../../domain/suggest-post.ts';
import { takingPlaceKey } from '../../domain/visit.ts';

/** What a screen may know of somebody: with an activity, what they are there at `at`. */
export function personView(
  state: State,
  person: Person,
  {
    matched,
    isShared,
    activity,
    at,
  }: { matched: number; isShared: boolean; activity?: Activity; at: string },
): PersonView {
  const { personId, name, categoryId } = person;
  return {
    personId,
    name,
    categoryId: categoryId ?? null,
    matched,
    ...((isShared || person.organisation !== undefined) && { distinguish: distinction(person) }),
    ...(activity && atActivity(state, activity, personId, at)),
  };
}

/** The same as bystanders may see it. */
export function maskedView(view: PersonView, names: NamesShown): PersonView {
  if (names === 'full') return view;
  const { distinguish: _, ...rest } = view;
  return { ...rest, name: maskedName(view.name, names), masked: true };
}

/** What tells somebody from a namesake: team, or a guest's organisation, and the last three digits of the staff number, nothing more. */
export function distinction({ team, organisation, staffNo }: Person): NonNullable<PersonView['distinguish']> {
  return { team: team ?? organisation ?? null, staffNoTail: staffNo?.slice(-3) ?? null };
}

function atActivity(
  state: State,
  activity: Activity,
  personId: string,
  at: string,
): Pick<PersonView, 'visit' | 'left' | 'suggested' | 'onLeave'> {
  const place = { activityId: activity.activityId, ...takingPlaceAt(activity, at) };
  const key = takingPlaceKey(place);
  const visit = state.visits.get(state.openVisits.get(key)?.get(personId) ?? '');
  if (visit) {
    const { visitId, postId, signedInAt, staysToEnd } = visit;
    return { visit: { visitId, postId, signedInAt, ...(staysToEnd && { staysToEnd }) } };
  }
  const last = state.visits.get(state.attendedVisits.get(key)?.get(personId) ?? '');
  const suggested = suggestedPost(state, activity, personId);
  return {
    ...(last?.signOut && {
      left: { visitId: last.visitId, signedInAt: last.signedInAt, signedOutAt: last.signOut.at },
    }),
    ...(suggested && { suggested }),
    ...(!last && state.leaves.has(leaveKey({ ...place, personId })) && { onLeave: true }),
  };
}
