import { correctClock, noteJump } from './correct-clock.ts';
import { dropTimes, laterDrop } from './drop-times.ts';
import { erasePeople } from './erase-people.ts';
import { evolvePhotos } from './evolve-photos.ts';
import { rollCallVisitId, type Event, type SignOutData, type SignOutsUndone } from './event.ts';
import { guestAsPerson } from './guest.ts';
import { leaveKey } from './leave.ts';
import type { Person } from './person.ts';
import { Problem } from './problem.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { dropActivity, namedPeople, putVisit, visitsOfGuest, visitsOfPerson, type State } from './state.ts';
import { localDateOf, midnightOf } from './time.ts';
import type { SignOut, Visit } from './visit.ts';

/**
 * Folds one event into the state it is given and returns that state. Deterministic: no clock, no chance, no
 * input but its arguments. It changes the maps in place, because a start folds a hundred thousand events
 * (docs/adr/0002-evolve-in-place.md).
 */
export function evolve(state: State, event: Event): State {
  apply(state, event);
  if (event.gesture) state.gestures.set(event.gesture.id, event.gesture);
  state.lastSeq = event.seq;
  return state;
}

function apply(state: State, event: Event): void {
  switch (event.type) {
    case 'settings-changed':
      state.settings = { ...DEFAULT_SETTINGS, ...event.data };
      return;
    case 'activity-saved':
      state.activities.set(event.data.activity.activityId, event.data.activity);
      return;
    case 'activity-removed':
      dropActivity(state, event.data.activityId);
      return;
    case 'people-saved':
      putPeople(state, event.data.people);
      return;
    case 'people-removed':
      removePeople(state, event.data.personIds);
      return;
    case 'visit-signed-in':
      signIn(state, event);
      return;
    case 'guest-matched':
      matchGuest(state, event.data);
      return;
    case 'guest-unmatched':
      unmatchGuest(state, event.data.guestId);
      return;
    case 'evidence-added': {
      const { visitId, ...evidence } = event.data;
      if (Object.keys(evidence).length === 0) return;
      change(state, [visitId], (visit) => ({ ...visit, evidence: { ...visit.evidence, ...evidence } }));
      return;
    }
    case 'leave-noted': {
      const notedOn = localDateOf(event.at);
      state.leaves.set(leaveKey(event.data), { ...event.data, seq: event.seq, notedOn });
      return;
    }
    case 'leave-withdrawn':
      state.leaves.delete(leaveKey(event.data));
      return;
    case 'attempt-refused': {
      const { guest, ...attempt } = event.data;
      if (guest) state.people.set(attempt.personId, guestAsPerson(attempt.personId, guest));
      state.attempts.push({ ...attempt, seq: event.seq, at: event.at });
      return;
    }
    case 'roll-called':
      callRoll(state, event);
      return;
    case 'visit-undone':
      change(state, [event.data.visitId], (visit) => ({ ...visit, ...undoneBy(event, visit) }));
      return;
    case 'visits-undone':
      change(state, event.data.visitIds, (visit) => ({ ...visit, ...undoneBy(event, visit) }));
      return;
    case 'post-changed': {
      const { visitId, ...changed } = event.data;
      change(state, [visitId], (visit) => atPost(visit, changed));
      return;
    }
    case 'stay-announced':
      change(state, [event.data.visitId], (visit) => ({ ...visit, staysToEnd: true }));
      return;
    case 'visits-signed-out':
      endVisits(state, event, event.data);
      return;
    case 'sign-outs-undone':
      undoSignOuts(state, event.data);
      return;
    case 'sign-outs-accepted':
      change(state, event.data.visitIds, (visit) =>
        visit.signOut ? { ...visit, signOut: { ...visit.signOut, accepted: true } } : visit,
      );
      return;
    case 'visit-voided': {
      const { visitId, reason: voidReason } = event.data;
      change(state, [visitId], (visit) => ({ ...visit, ...undoneBy(event, visit), voidReason }));
      return;
    }
    case 'slogan-saved':
      state.slogans.set(event.data.slogan.sloganId, event.data.slogan);
      return;
    case 'slogan-removed':
      state.slogans.delete(event.data.sloganId);
      return;
    case 'photos-added':
      state.albums.set(event.data.album.albumId, event.data.album);
      for (const photo of event.data.photos) state.photos.set(photo.photoId, photo);
      return;
    case 'photo-hidden':
    case 'photo-taken-down':
    case 'photos-accepted':
    case 'photo-described':
    case 'photo-turned':
    case 'photos-moved':
    case 'photos-deleted':
    case 'photos-readmitted':
      evolvePhotos(state, event);
      return;
    case 'album-saved':
      state.albums.set(event.data.album.albumId, event.data.album);
      return;
    case 'show-saved':
      state.shows.set(event.data.show.showId, event.data.show);
      return;
    case 'show-removed':
      state.shows.delete(event.data.showId);
      return;
    case 'sample-added':
      for (const activity of event.data.activities) state.activities.set(activity.activityId, activity);
      putPeople(state, event.data.people);
      for (const slogan of event.data.slogans) state.slogans.set(slogan.sloganId, slogan);
      state.sampleRemoved = false;
      return;
    case 'sample-removed':
      removeSample(state);
      return;
    case 'clock-jumped':
      noteJump(state, { jumpId: event.id, seq: event.seq }, event.data);
      return;
    case 'clock-corrected':
      correctClock(state, event.data, event.at);
      return;
    case 'people-erased':
      erasePeople(state, event.data.personIds, event);
      return;
    case 'times-dropped':
      dropTimes(state, event.data.before);
      state.timesDropped = laterDrop(state.timesDropped, { before: event.data.before, seq: event.seq });
      return;
    case 'store-repaired':
      state.repairs.push({ seq: event.seq, at: event.at, ...event.data });
      return;
    case 'backup-begun': {
      const { path, dropped } = event.data;
      for (const gone of dropped) state.begunBackups.delete(gone);
      state.begunBackups.delete(path);
      const begun = { path, seq: event.seq, at: event.at, bytes: 0, photos: false, lastSeq: event.seq };
      state.begunBackups.set(path, begun);
      return;
    }
    case 'backup-made': {
      const { dropped, ...backup } = event.data;
      for (const path of dropped) state.backups.delete(path);
      // One that was overwritten stands where it is now: last.
      state.backups.delete(backup.path);
      state.begunBackups.delete(backup.path);
      state.backups.set(backup.path, { seq: event.seq, at: event.at, ...backup });
      return;
    }
    case 'backup-redacted': {
      const { path, bytes } = event.data;
      for (const backups of [state.backups, state.begunBackups]) {
        const backup = backups.get(path);
        if (backup) backups.set(path, { ...backup, bytes, redactedAt: event.at, redactedSeq: event.seq });
      }
      return;
    }
    default:
      throw writtenByNewer((event as Event).type);
  }
}

function signIn(state: State, { id, seq, at, data }: Extract<Event, { type: 'visit-signed-in' }>): void {
  const { guest, ended, left = [], ...visit } = data;
  endVisits(state, { seq, at }, { how: 'measured', visits: left });
  if (guest) state.people.set(visit.personId, guestAsPerson(visit.personId, guest));
  const why = visit.reason !== undefined && { reason: visit.reason };
  const signOut = ended && { signOut: { ...ended, seq, how: 'corrected' as const, ...why } };
  putVisit(state, { visitId: id, seq, signedInAt: at, ...visit, ...signOut });
}

function matchGuest(state: State, { guestId, personId }: { guestId: string; personId: string }): void {
  for (const visit of visitsOfPerson(state, guestId)) putVisit(state, { ...visit, personId, guestId });
  const guest = state.people.get(guestId);
  // Who they said they were is kept: only so can a wrong match be taken back.
  if (guest) state.people.set(guestId, { ...guest, matchedTo: personId });
}

function unmatchGuest(state: State, guestId: string): void {
  for (const { guestId: _, ...visit } of visitsOfGuest(state, guestId)) {
    putVisit(state, { ...visit, personId: guestId });
  }
  const { matchedTo: _, ...guest } = state.people.get(guestId)!;
  state.people.set(guestId, guest);
}

function change(state: State, visitIds: readonly string[], changed: (visit: Visit) => Visit): void {
  for (const visitId of visitIds) {
    const visit = state.visits.get(visitId);
    if (visit) putVisit(state, changed(visit));
  }
}

function callRoll(state: State, { id, seq, at, data }: Extract<Event, { type: 'roll-called' }>): void {
  const { people, ...common } = data;
  for (const [index, person] of people.entries()) {
    const visitId = rollCallVisitId(id, index);
    putVisit(state, { visitId, seq, signedInAt: at, ...common, ...person });
  }
}

/** At another post; what was about the post before goes, what was about coming at all stays. */
function atPost(
  { overLimit: _, reason: before, postReason: _before, earlierPosts = [], ...visit }: Visit,
  { postId, overLimit, reason }: Pick<Visit, 'postId' | 'overLimit' | 'reason'>,
): Visit {
  const isEntered = visit.enteredAt !== undefined;
  return {
    ...visit,
    postId,
    ...((overLimit || visit.overCapacity) && { overLimit: true }),
    ...(isEntered && before !== undefined && { reason: before }),
    ...(reason !== undefined && { [isEntered ? 'postReason' : 'reason']: reason }),
    earlierPosts: [...earlierPosts, visit.postId],
  };
}

function undoSignOuts(state: State, data: SignOutsUndone): void {
  const { visitIds, toEarlierEnd = [], overLimit = [], overCapacity = [] } = data;
  const [ending, full, crowded] = [toEarlierEnd, overLimit, overCapacity].map((some) => new Set(some));
  change(state, visitIds, ({ signOut, ...visit }) => {
    const earlier = ending!.has(visit.visitId) ? signOut?.replaced : undefined;
    return {
      ...visit,
      ...(earlier && { signOut: earlier }),
      ...(full!.has(visit.visitId) && { overLimit: true }),
      ...(crowded!.has(visit.visitId) && { overCapacity: true }),
    };
  });
}

function endVisits(
  state: State,
  { seq, at }: Pick<Event, 'seq' | 'at'>,
  { how, reason, by, visits }: SignOutData,
): void {
  for (const one of visits) {
    const ended: SignOut = {
      at: one.at ?? at,
      seq,
      how,
      ...(reason !== undefined && { reason }),
      ...(by && { by }),
      ...(one.minutes !== undefined && { minutes: one.minutes }),
    };
    change(state, [one.visitId], (visit) => {
      const replaced = how === 'corrected' && visit.signOut && { replaced: visit.signOut };
      return { ...visit, signOut: { ...ended, ...replaced } };
    });
  }
}

/** When a visit was undone: of an old one, whose times are dropped, the date only. */
function undoneBy({ seq, at }: Event, { timeDropped }: Visit): Pick<Visit, 'undoneAt' | 'undoneSeq'> {
  return { undoneAt: timeDropped ? midnightOf(at) : at, undoneSeq: seq };
}

/** Nothing is guessed about what a newer Muster has written. */
export function writtenByNewer(type: string): Problem {
  return new Problem('store-newer', {
    en: `The data folder holds records ("${type}") that this version of Muster does not know: a newer one has written them. Please start that newer version. Nothing was changed.`,
    zh: `数据文件夹中有本版本不认识的记录（“${type}”），由更新的版本写入。请使用更新的版本启动。未做任何改动。`,
  });
}

function putPeople(state: State, people: readonly Person[]): void {
  for (const person of people) {
    state.people.set(person.personId, person);
    state.removedPeople.delete(person.personId);
  }
}

function forgetPerson(state: State, personId: string): void {
  state.people.delete(personId);
  state.removedPeople.add(personId);
}

/** Takes people off the roster; whom a visit or an activity names stays known to them. */
function removePeople(state: State, personIds: readonly string[]): void {
  const named = namedPeople(state);
  for (const personId of personIds) {
    const person = state.people.get(personId);
    if (!person) continue;
    if (named.has(personId)) state.people.set(personId, { ...person, left: true });
    else forgetPerson(state, personId);
  }
}

/** Forgets what is marked as sample, but for people whom an activity or a visit that stays names. */
function removeSample(state: State): void {
  for (const activity of state.activities.values()) {
    if (activity.sample) dropActivity(state, activity.activityId);
  }
  const named = namedPeople(state);
  for (const person of state.people.values()) {
    if (person.guest && !named.has(person.personId)) forgetPerson(state, person.personId);
    if (!person.sample) continue;
    if (!named.has(person.personId)) {
      forgetPerson(state, person.personId);
      continue;
    }
    const { sample: _, ...kept } = person;
    state.people.set(person.personId, kept);
  }
  for (const slogan of state.slogans.values()) if (slogan.sample) state.slogans.delete(slogan.sloganId);
  for (const photo of state.photos.values()) if (photo.sample) state.photos.delete(photo.photoId);
  const filled = new Set([...state.photos.values()].map(({ albumId }) => albumId));
  for (const album of state.albums.values()) {
    if (!album.sample) continue;
    const { sample: _, ...kept } = album;
    // Photos of one's own may have been moved into it.
    if (filled.has(album.albumId)) state.albums.set(album.albumId, kept);
    else state.albums.delete(album.albumId);
  }
  state.sampleRemoved = true;
}
