import type { Activity } from './activity.ts';
import type { Attempt } from './attempt.ts';
import type { Leave } from './leave.ts';
import { DEFAULT_CATEGORIES, type Category } from './category.ts';
import type { ClockJump } from './clock-jump.ts';
import type { BackupData, Gesture, RepairData } from './event.ts';
import { forgetGesturesOf } from './gesture.ts';
import type { Person, Receipt } from './person.ts';
import type { Album, DeletedPhoto, Photo } from './photo.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import type { Show } from './show.ts';
import type { Slogan } from './slogan.ts';
import { takingPlaceKey, type Visit } from './visit.ts';

/**
 * Everything the kiosk knows: the events so far, folded. The records in the maps are never changed, only
 * replaced, so copies of the state may share them.
 */
export interface State {
  /** Sequence number of the last event folded in; 0 for none. */
  lastSeq: number;
  settings: Settings;
  categories: Map<string, Category>;
  activities: Map<string, Activity>;
  people: Map<string, Person>;
  visits: Map<string, Visit>;
  slogans: Map<string, Slogan>;
  albums: Map<string, Album>;
  photos: Map<string, Photo>;
  /** Photos that staff deleted, by photoId. */
  deletedPhotos: Map<string, DeletedPhoto>;
  shows: Map<string, Show>;
  gestures: Map<string, Gesture>;
  /** Who was erased, by personId. */
  receipts: Map<string, Receipt>;
  /** Who was taken off the roster and named by nothing, by personId: older events and backups may still hold them. */
  removedPeople: Set<string>;
  /** The latest day whose visits keep no exact times, and the last event that dropped any; null where none has. */
  timesDropped: TimesDropped | null;
  /** In the order in which they were noticed, by the id of their event. */
  clockJumps: Map<string, ClockJump>;
  /** What the kiosk adds to the system's clock, in milliseconds: not 0 where staff said the clock was right before a jump. */
  clockShiftMs: number;
  /** Damage that staff went on without, oldest first. */
  repairs: Repair[];
  /** Backups that should still be there, by path, oldest first. */
  backups: Map<string, Backup>;
  /** Files that a backup was begun in and that nobody knows to be whole, by path, oldest first. */
  begunBackups: Map<string, Backup>;
  /** The sample was removed here, so a start does not bring it back unasked. */
  sampleRemoved: boolean;
  /** Who is excused from what, by `leaveKey`. */
  leaves: Map<string, Leave>;
  /** Refused attempts, oldest first. */
  attempts: Attempt[];
  /** Derived: visits of each activity, in order of arrival. */
  visitsByActivity: Map<string, Set<string>>;
  /** Derived: by `takingPlaceKey` and person, the open visits. */
  openVisits: Map<string, Map<string, string>>;
  /** Derived: likewise the latest visit that counts, whether it is over or goes on. */
  attendedVisits: Map<string, Map<string, string>>;
  /** Derived: visits of each person. */
  visitsByPerson: Map<string, Set<string>>;
}

/** A repair with the number and time of its event. */
export type Repair = RepairData & { seq: number; at: string };

/** Visits before the local date `before` lost their exact times, the last of them by the event `seq`. */
export interface TimesDropped {
  before: string;
  seq: number;
}

/** A backup with the number and time of its event. */
export type Backup = Omit<BackupData, 'dropped'> & {
  seq: number;
  at: string;
  /** When it was last written again without what had been erased, and by which event that was noted. */
  redactedAt?: string;
  redactedSeq?: number;
};

/** The state before the first event: the default categories and settings, nothing else. */
export function emptyState(): State {
  return {
    lastSeq: 0,
    settings: DEFAULT_SETTINGS,
    categories: new Map(DEFAULT_CATEGORIES.map((category) => [category.categoryId, category])),
    activities: new Map(),
    people: new Map(),
    visits: new Map(),
    slogans: new Map(),
    albums: new Map(),
    photos: new Map(),
    deletedPhotos: new Map(),
    shows: new Map(),
    gestures: new Map(),
    receipts: new Map(),
    removedPeople: new Set(),
    timesDropped: null,
    clockJumps: new Map(),
    clockShiftMs: 0,
    repairs: [],
    backups: new Map(),
    begunBackups: new Map(),
    sampleRemoved: false,
    leaves: new Map(),
    attempts: [],
    visitsByActivity: new Map(),
    openVisits: new Map(),
    attendedVisits: new Map(),
    visitsByPerson: new Map(),
  };
}

/** A state that can go its own way: maps are copied, the records in them shared. */
export function copyState(state: State): State {
  return {
    lastSeq: state.lastSeq,
    settings: state.settings,
    categories: new Map(state.categories),
    activities: new Map(state.activities),
    people: new Map(state.people),
    visits: new Map(state.visits),
    slogans: new Map(state.slogans),
    albums: new Map(state.albums),
    photos: new Map(state.photos),
    deletedPhotos: new Map(state.deletedPhotos),
    shows: new Map(state.shows),
    gestures: new Map(state.gestures),
    receipts: new Map(state.receipts),
    removedPeople: new Set(state.removedPeople),
    timesDropped: state.timesDropped,
    clockJumps: new Map(state.clockJumps),
    clockShiftMs: state.clockShiftMs,
    repairs: [...state.repairs],
    backups: new Map(state.backups),
    begunBackups: new Map(state.begunBackups),
    sampleRemoved: state.sampleRemoved,
    leaves: new Map(state.leaves),
    attempts: [...state.attempts],
    visitsByActivity: new Map([...state.visitsByActivity].map(([id, visits]) => [id, new Set(visits)])),
    openVisits: new Map([...state.openVisits].map(([key, visits]) => [key, new Map(visits)])),
    attendedVisits: new Map([...state.attendedVisits].map(([key, visits]) => [key, new Map(visits)])),
    visitsByPerson: new Map([...state.visitsByPerson].map(([id, visits]) => [id, new Set(visits)])),
  };
}

/** Everybody whom a visit or an activity names: they are never forgotten, only taken off the roster. */
export function namedPeople(state: State): Set<string> {
  const named = new Set<string>();
  for (const { personId, vouchedBy, guestId } of state.visits.values()) {
    named.add(personId);
    if (guestId !== undefined) named.add(guestId);
    if (vouchedBy) named.add(vouchedBy);
  }
  for (const { personId } of [...state.leaves.values(), ...state.attempts]) named.add(personId);
  for (const { posts, expectedIds, assignments } of state.activities.values()) {
    for (const personId of Object.keys(assignments ?? {})) named.add(personId);
    for (const { leaderId } of posts) if (leaderId !== undefined) named.add(leaderId);
    for (const personId of expectedIds ?? []) named.add(personId);
  }
  return named;
}

/** Stores a visit and keeps what is derived from visits in step. */
export function putVisit(state: State, visit: Visit): void {
  const before = state.visits.get(visit.visitId);
  state.visits.set(visit.visitId, visit);
  addTo(state.visitsByActivity, visit.activityId, visit.visitId);
  addTo(state.visitsByPerson, visit.personId, visit.visitId);
  if (before) leavePlace(state, before, visit);
  takePlace(state, visit);
}

/** Somebody's open visit at a taking place of an activity. */
export function openVisitOf(
  state: State,
  personId: string,
  place: Pick<Visit, 'activityId' | 'takingPlace'>,
): Visit | undefined {
  const visitId = state.openVisits.get(takingPlaceKey(place))?.get(personId);
  return visitId === undefined ? undefined : state.visits.get(visitId);
}

/** Somebody's visits, in order of arrival. */
export function visitsOfPerson(state: State, personId: string): Visit[] {
  const visits = Array.from(state.visitsByPerson.get(personId) ?? [], (visitId) =>
    state.visits.get(visitId)!,
  );
  return visits.sort((a, b) => a.seq - b.seq);
}

/** The visits that somebody made as a guest before they were matched to a person. */
export function visitsOfGuest(state: State, guestId: string): Visit[] {
  const personId = state.people.get(guestId)?.matchedTo;
  if (personId === undefined) return [];
  return visitsOfPerson(state, personId).filter((visit) => visit.guestId === guestId);
}

function takePlace({ openVisits, attendedVisits, visits }: State, visit: Visit): void {
  if (visit.undoneAt) return;
  const { personId, visitId, seq } = visit;
  const key = takingPlaceKey(visit);
  const latest = visits.get(attendedVisits.get(key)?.get(personId) ?? '');
  if (!latest || latest.seq <= seq) setIn(attendedVisits, key, personId, visitId);
  if (!visit.signOut) setIn(openVisits, key, personId, visitId);
}

/** Takes back what `before` stood for, as far as `after` does not stand for it. */
function leavePlace(state: State, before: Visit, after: Visit): void {
  const { personId, visitId } = before;
  const key = takingPlaceKey(before);
  const moved = after.personId !== personId;
  if (moved) removeFrom(state.visitsByPerson, personId, visitId);
  if (state.openVisits.get(key)?.get(personId) === visitId) removeFrom(state.openVisits, key, personId);
  if (!moved && !after.undoneAt) return;
  if (state.attendedVisits.get(key)?.get(personId) !== visitId) return;
  const earlier = visitsOfPerson(state, personId).findLast(
    (visit) => visit.visitId !== visitId && !visit.undoneAt && takingPlaceKey(visit) === key,
  );
  if (earlier) setIn(state.attendedVisits, key, personId, earlier.visitId);
  else removeFrom(state.attendedVisits, key, personId);
}

/** Works out anew who is where, after some visits have moved to another taking place. */
export function reindexPlaces(state: State): void {
  state.openVisits.clear();
  state.attendedVisits.clear();
  for (const visit of state.visits.values()) takePlace(state, visit);
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}

function setIn(maps: Map<string, Map<string, string>>, key: string, inner: string, value: string): void {
  const map = maps.get(key);
  if (map) map.set(inner, value);
  else maps.set(key, new Map([[inner, value]]));
}

function removeFrom(
  groups: Map<string, { delete(value: string): boolean; size: number }>,
  key: string,
  value: string,
): void {
  const group = groups.get(key);
  group?.delete(value);
  if (group?.size === 0) groups.delete(key);
}

/** Forgets refused attempts, and the guests whom nothing else names. */
export function dropAttempts(state: State, gone: (attempt: Attempt) => boolean): void {
  const dropped = state.attempts.filter(gone);
  state.attempts = state.attempts.filter((attempt) => !gone(attempt));
  for (const { personId } of dropped) {
    // Every refused attempt and every visit of a guest has a person of its own.
    if (!state.people.get(personId)?.guest || state.visitsByPerson.has(personId)) continue;
    state.people.delete(personId);
    state.removedPeople.add(personId);
  }
}

/** Forgets an activity with its visits and the gestures that made them. */
export function dropActivity(state: State, activityId: string): void {
  const visitIds = state.visitsByActivity.get(activityId) ?? new Set();
  for (const visitId of visitIds) {
    const visit = state.visits.get(visitId)!;
    leavePlace(state, visit, { ...visit, undoneAt: visit.signedInAt });
    removeFrom(state.visitsByPerson, visit.personId, visitId);
    state.visits.delete(visitId);
  }
  forgetGesturesOf(state, visitIds);
  for (const [key, leave] of state.leaves) if (leave.activityId === activityId) state.leaves.delete(key);
  dropAttempts(state, (attempt) => attempt.activityId === activityId);
  state.visitsByActivity.delete(activityId);
  state.activities.delete(activityId);
}
