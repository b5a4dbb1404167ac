import { endOf, mapEnds } from './ends.ts';
import { withoutWords } from './erase-people.ts';
import { rollCallVisitId, type Event, type EventData, type SignOutData } from './event.ts';
import { erasedPerson, type Person } from './person.ts';
import { leaveKey } from './leave.ts';
import type { Guest } from './guest.ts';
import type { SnapshotRecord } from './snapshot.ts';
import type { State } from './state.ts';
import { midnightOf } from './time.ts';
import type { SignOut, Visit } from './visit.ts';

/*
 * What is written again in place of events and snapshot records once people are erased and times are dropped. `state`
 * is what those events fold to, erasures and drops included (`erasePeople`, `dropTimes`): it knows who is erased,
 * whose times are gone and which gestures are forgotten. What it has no trace of any more (people who were removed, the
 * sample's visits) goes, too. Folding what comes out gives that state again.
 */

/** The event as it may stay on disk: number, id and type as they were; `at` is midnight where its time is dropped. */
export function redactEvent(event: Event, state: State): Event {
  // Of what came after it, the state knows nothing.
  if (event.seq > state.lastSeq) return event;
  const { gesture, ...rest } = redactData(event, state);
  const kept = gesture && state.gestures.get(gesture.id);
  return { ...rest, ...(kept && { gesture: { ...gesture, fingerprint: kept.fingerprint } }) } as Event;
}

/** The snapshot record as it may stay on disk; undefined where nothing of it may. */
export function redactRecord(stored: SnapshotRecord, state: State): SnapshotRecord | undefined {
  switch (stored.kind) {
    case 'person':
      return { kind: 'person', record: redactPerson(stored.record, state) };
    case 'leave': {
      const kept = state.leaves.get(leaveKey(stored.record));
      const reason = kept?.seq === stored.record.seq ? kept.reason : '';
      return { kind: 'leave', record: { ...stored.record, reason } };
    }
    case 'attempt': {
      const { seq, at } = stored.record;
      const isKept = state.attempts.some((attempt) => attempt.seq === seq);
      return isKept ? stored : { kind: 'attempt', record: { ...stored.record, at: midnightOf(at) } };
    }
    case 'visit':
      return { kind: 'visit', record: redactVisit(stored.record, state) };
    case 'gesture': {
      const kept = state.gestures.get(stored.record.id);
      return kept && { kind: 'gesture', record: { ...stored.record, fingerprint: kept.fingerprint } };
    }
    default:
      return stored;
  }
}

function redactData(event: Event, state: State): Event {
  switch (event.type) {
    case 'people-saved':
      return { ...event, data: { people: event.data.people.map((person) => redactPerson(person, state)) } };
    case 'sample-added': {
      const people = event.data.people.map((person) => redactPerson(person, state));
      return { ...event, data: { ...event.data, people } };
    }
    case 'visit-signed-in':
      return redactSignIn(event, state);
    case 'evidence-added': {
      const { visitId } = event.data;
      const kept = state.visits.get(visitId)?.evidence;
      return { ...event, at: timeOf(event, [visitId], state), data: kept ? event.data : { visitId } };
    }
    case 'leave-noted': {
      const kept = state.leaves.get(leaveKey(event.data));
      return { ...event, data: { ...event.data, reason: kept?.seq === event.seq ? kept.reason : '' } };
    }
    case 'attempt-refused': {
      const isKept = state.attempts.some(({ seq }) => seq === event.seq);
      const data = withGuestAsKept(event.data, state);
      return { ...event, data, at: isKept ? event.at : midnightOf(event.at) };
    }
    case 'roll-called':
      return redactRollCall(event, state);
    case 'visit-undone':
      return { ...event, at: undoneAtOf(event, [event.data.visitId], state) };
    case 'visits-undone':
      return { ...event, at: undoneAtOf(event, event.data.visitIds, state) };
    case 'stay-announced':
      return { ...event, at: timeOf(event, [event.data.visitId], state) };
    case 'sign-outs-undone':
    case 'sign-outs-accepted':
      return { ...event, at: timeOf(event, event.data.visitIds, state) };
    case 'post-changed': {
      const { reason, ...change } = event.data;
      const words = reason !== undefined && !isSilent(event, change.visitId, state) && { reason };
      return { ...event, at: timeOf(event, [change.visitId], state), data: { ...change, ...words } };
    }
    case 'visits-signed-out':
      return redactSignOuts(event, state);
    case 'visit-voided': {
      const { visitId, reason } = event.data;
      const silent = isSilent(event, visitId, state);
      return {
        ...event,
        at: undoneAtOf(event, [visitId], state),
        data: { visitId, reason: silent ? '' : reason },
      };
    }
    default:
      return event;
  }
}

function redactSignIn(signedIn: Extract<Event, { type: 'visit-signed-in' }>, state: State): Event {
  const event = { ...signedIn, data: withEndsAsKept(signedIn, state) };
  const visit = state.visits.get(event.id);
  if (visit && !visit.timeDropped) {
    return isOfErased(state, visit.personId) ? { ...event, data: withoutReason(event.data) } : event;
  }
  const { signedInAt, enteredAt, ended, ...data } = withoutReason(event.data);
  const { at = '', minutes = 0 } = ended ?? {};
  return {
    ...event,
    at: visit?.signedInAt ?? midnightOf(event.at),
    data: {
      ...data,
      ...datesOf(
        visit ?? { signedInAt: signedInAt ?? event.at, ...(enteredAt !== undefined && { enteredAt }) },
      ),
      ...(ended && { ended: { ...ended, ...endAsKept(visit, { seq: event.seq, at, minutes }) } }),
      timeDropped: true,
    },
  };
}

/** The data with whom it names, and with the ends of other visits, as they may stay. */
function withEndsAsKept(
  event: Extract<Event, { type: 'visit-signed-in' }>,
  state: State,
): EventData['visit-signed-in'] {
  const data = withGuestAsKept(event.data, state);
  const visit = state.visits.get(event.id);
  const keepsTime = visit && !visit.timeDropped;
  // Where the event loses its time, an end that keeps it says so itself.
  const left = data.left?.map((one) => ({
    ...(!keepsTime && { at: event.at }),
    ...endIn(event, one, state),
  }));
  return { ...data, ...(left && { left }) };
}

/** All visits of a roll-call have one time, which is dropped for all of them at once. */
function redactRollCall(event: Extract<Event, { type: 'roll-called' }>, state: State): Event {
  const visit = state.visits.get(rollCallVisitId(event.id, 0));
  if (visit && !visit.timeDropped) return event;
  const { signedInAt = event.at, ...data } = event.data;
  return {
    ...event,
    at: visit?.signedInAt ?? midnightOf(event.at),
    data: { ...data, ...datesOf(visit ?? { signedInAt }), timeDropped: true },
  };
}

function redactSignOuts(event: Extract<Event, { type: 'visits-signed-out' }>, state: State): Event {
  const { how, by, reason, visits } = event.data;
  const words = reason !== undefined &&
    visits.every(({ visitId }) => !isSilent(event, visitId, state)) && { reason };
  return {
    ...event,
    at: timeOf(
      event,
      visits.map(({ visitId }) => visitId),
      state,
    ),
    data: {
      how,
      ...(by && { by }),
      ...words,
      visits: visits.map((one) => endIn(event, one, state)),
    },
  };
}

/** What the event says about the end of one visit, as it may stay. */
function endIn(
  event: Pick<Event, 'seq' | 'at'>,
  one: SignOutData['visits'][number],
  state: State,
): SignOutData['visits'][number] {
  const { visitId, at = event.at, minutes = 0 } = one;
  const visit = state.visits.get(visitId);
  if (visit && !visit.timeDropped) return one;
  return { visitId, ...endAsKept(visit, { seq: event.seq, at, minutes }) };
}

/** The day on which a visit ended, and how long it was, as they ended up; of an end that was taken back no length. */
function endAsKept(
  visit: Visit | undefined,
  { seq, at, minutes }: Pick<SignOut, 'seq' | 'at'> & { minutes: number },
): { at: string; minutes: number } {
  const kept = endOf(visit?.signOut, seq);
  return { at: midnightOf(kept?.at ?? at), minutes: kept?.minutes ?? minutes };
}

function redactVisit(visit: Visit, state: State): Visit {
  const known = state.visits.get(visit.visitId);
  if (known && !known.timeDropped) return isOfErased(state, visit.personId) ? withoutWords(visit) : visit;
  const { undoneAt, voidReason, signOut, ...kept } = visit;
  const dates = datesOf(known ?? visit);
  return {
    ...withoutWords(kept),
    ...(signOut && { signOut: redactSignOut(signOut, known) }),
    ...dates,
    ...(undoneAt !== undefined && { undoneAt: midnightOf(known?.undoneAt ?? undoneAt) }),
    ...(voidReason !== undefined && { voidReason: known?.voidReason ?? '' }),
    timeDropped: true,
  };
}

function redactSignOut(signOut: SignOut, visit: Visit | undefined): SignOut {
  return mapEnds(signOut, ({ reason: _, ...end }) => {
    const { seq, at, minutes = 0 } = end;
    return { ...end, ...endAsKept(visit, { seq, at, minutes }) };
  });
}

/** Where and on which day a visit ended up. */
function datesOf(
  visit: Pick<Visit, 'signedInAt' | 'enteredAt' | 'takingPlace' | 'timeCorrected'>,
): Pick<Visit, 'signedInAt' | 'enteredAt' | 'takingPlace' | 'timeCorrected'> {
  const { signedInAt, enteredAt, takingPlace, timeCorrected } = visit;
  return {
    signedInAt: midnightOf(signedInAt),
    ...(enteredAt !== undefined && { enteredAt: midnightOf(enteredAt) }),
    ...(takingPlace !== undefined && { takingPlace }),
    ...(timeCorrected && { timeCorrected }),
  };
}

/** The time of an undoing: the date only, of the day on which it was by the right clock, where its gesture is forgotten. */
function undoneAtOf(event: Event, visitIds: readonly string[], state: State): string {
  if (!isForgotten(event, visitIds, state)) return event.at;
  const undone = visitIds
    .map((visitId) => state.visits.get(visitId))
    .find((visit) => visit?.undoneSeq === event.seq);
  return midnightOf(undone?.undoneAt ?? event.at);
}

/** The time of what the visits keep no time of: the date only, where its gesture is forgotten. */
function timeOf(event: Event, visitIds: readonly string[], state: State): string {
  return isForgotten(event, visitIds, state) ? midnightOf(event.at) : event.at;
}

/** Is it about visits that are gone, or whose times went after it had happened? Its gesture went with them. */
function isForgotten({ gesture }: Event, visitIds: readonly string[], state: State): boolean {
  const visits = visitIds.map((visitId) => state.visits.get(visitId));
  if (visits.every((visit) => !visit)) return true;
  const isKnown = gesture !== undefined && state.gestures.has(gesture.id);
  return !isKnown && visits.every((visit) => !visit || visit.timeDropped === true);
}

/** Is nothing kept any more of what was said there about the visit? */
function isSilent(event: Event, visitId: string, state: State): boolean {
  return isForgotten(event, [visitId], state) || isOfErased(state, state.visits.get(visitId)?.personId);
}

/** A guest's words are gone once they are erased or turned out to be somebody. */
function withGuestAsKept<Data extends { personId: string; guest?: Guest }>(data: Data, state: State): Data {
  if (!data.guest) return data;
  const person = state.people.get(data.personId);
  return { ...data, guest: person && !person.erased ? data.guest : { name: '' } };
}

function withoutReason({ reason: _, ...data }: EventData['visit-signed-in']): EventData['visit-signed-in'] {
  return data;
}

function redactPerson(person: Person, state: State): Person {
  const known = state.people.get(person.personId);
  if (known && !known.erased) return person;
  const { personId, categoryId, sample, guest } = person;
  return {
    ...erasedPerson(personId, categoryId),
    ...(sample && { sample }),
    // So that a guest who turned out to be somebody, or came to the sample only, goes as they went.
    ...(guest && !known && { guest }),
  };
}

function isOfErased(state: State, personId: string | undefined): boolean {
  return personId !== undefined && state.receipts.has(personId);
}
