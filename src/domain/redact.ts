import { withoutWords } from './erase-people.ts';
import type { Event, EventData } from './event.ts';
import { erasedPerson, type Person } from './person.ts';
import type { SnapshotRecord } from './snapshot.ts';
import type { State } from './state.ts';
import { midnightOf } from './time.ts';
import type { Visit } from './visit.ts';

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
    case 'visit-undone':
      return { ...event, at: endOf(event, state) };
    case 'visit-voided': {
      const { visitId, reason } = event.data;
      const silent = isForgotten(event, state) || isOfErased(state, state.visits.get(visitId)?.personId);
      return { ...event, at: endOf(event, state), data: { visitId, reason: silent ? '' : reason } };
    }
    default:
      return event;
  }
}

function redactSignIn(event: Extract<Event, { type: 'visit-signed-in' }>, state: State): Event {
  const visit = state.visits.get(event.id);
  if (visit && !visit.timeDropped) {
    return isOfErased(state, visit.personId) ? { ...event, data: withoutReason(event.data) } : event;
  }
  const { signedInAt, enteredAt, ...data } = withoutReason(event.data);
  return {
    ...event,
    at: visit?.signedInAt ?? midnightOf(event.at),
    data: {
      ...data,
      ...datesOf(
        visit ?? { signedInAt: signedInAt ?? event.at, ...(enteredAt !== undefined && { enteredAt }) },
      ),
      timeDropped: true,
    },
  };
}

function redactVisit(visit: Visit, state: State): Visit {
  const known = state.visits.get(visit.visitId);
  if (known && !known.timeDropped) return isOfErased(state, visit.personId) ? withoutWords(visit) : visit;
  const { undoneAt, voidReason, ...kept } = visit;
  const dates = datesOf(known ?? visit);
  return {
    ...withoutWords(kept),
    ...dates,
    ...(undoneAt !== undefined && { undoneAt: midnightOf(known?.undoneAt ?? undoneAt) }),
    ...(voidReason !== undefined && { voidReason: known?.voidReason ?? '' }),
    timeDropped: true,
  };
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
function endOf(event: Extract<Event, { type: 'visit-undone' | 'visit-voided' }>, state: State): string {
  if (!isForgotten(event, state)) return event.at;
  return midnightOf(state.visits.get(event.data.visitId)?.undoneAt ?? event.at);
}

/** Is it about a visit that is gone, or whose times went after it had happened? Its gesture went with them. */
function isForgotten(
  { data, gesture }: Extract<Event, { type: 'visit-undone' | 'visit-voided' }>,
  state: State,
): boolean {
  const visit = state.visits.get(data.visitId);
  return !visit || (visit.timeDropped === true && !(gesture && state.gestures.has(gesture.id)));
}

function withoutReason({ reason: _, ...data }: EventData['visit-signed-in']): EventData['visit-signed-in'] {
  return data;
}

function redactPerson(person: Person, state: State): Person {
  const known = state.people.get(person.personId);
  if (known && !known.erased) return person;
  const { personId, categoryId, sample } = person;
  return { ...erasedPerson(personId, categoryId), ...(sample && { sample }) };
}

function isOfErased(state: State, personId: string | undefined): boolean {
  return personId !== undefined && state.receipts.has(personId);
}
