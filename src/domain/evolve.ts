import type { Event } from './event.ts';
import { dropActivity, putVisit, type State } from './state.ts';

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
      state.settings = event.data;
      return;
    case 'activity-saved':
      state.activities.set(event.data.activity.activityId, event.data.activity);
      return;
    case 'people-saved':
      for (const person of event.data.people) state.people.set(person.personId, person);
      return;
    case 'visit-signed-in':
      putVisit(state, { visitId: event.id, seq: event.seq, signedInAt: event.at, ...event.data });
      return;
    case 'visit-undone': {
      const visit = state.visits.get(event.data.visitId);
      if (visit) putVisit(state, { ...visit, undoneAt: event.at });
      return;
    }
    case 'slogan-saved':
      state.slogans.set(event.data.slogan.sloganId, event.data.slogan);
      return;
    case 'photos-added':
      state.albums.set(event.data.album.albumId, event.data.album);
      for (const photo of event.data.photos) state.photos.set(photo.photoId, photo);
      return;
    case 'photo-hidden': {
      const photo = state.photos.get(event.data.photoId);
      if (!photo) return;
      const { hidden: _, ...shown } = photo;
      state.photos.set(photo.photoId, event.data.hidden ? { ...shown, hidden: true } : shown);
      return;
    }
    case 'sample-added':
      for (const activity of event.data.activities) state.activities.set(activity.activityId, activity);
      for (const person of event.data.people) state.people.set(person.personId, person);
      for (const slogan of event.data.slogans) state.slogans.set(slogan.sloganId, slogan);
      state.sampleRemoved = false;
      return;
    case 'sample-removed':
      removeSample(state);
      return;
  }
}

/** Forgets what is marked as sample, but for people whom an activity that stays names: visitors and leaders. */
function removeSample(state: State): void {
  for (const activity of state.activities.values()) {
    if (activity.sample) dropActivity(state, activity.activityId);
  }
  const visitors = new Set([...state.visits.values()].map((visit) => visit.personId));
  for (const activity of state.activities.values()) {
    for (const post of activity.posts) if (post.leaderId) visitors.add(post.leaderId);
  }
  for (const person of state.people.values()) {
    if (!person.sample) continue;
    if (!visitors.has(person.personId)) {
      state.people.delete(person.personId);
      continue;
    }
    const { sample: _, ...kept } = person;
    state.people.set(person.personId, kept);
  }
  for (const slogan of state.slogans.values()) if (slogan.sample) state.slogans.delete(slogan.sloganId);
  for (const photo of state.photos.values()) if (photo.sample) state.photos.delete(photo.photoId);
  for (const album of state.albums.values()) if (album.sample) state.albums.delete(album.albumId);
  state.sampleRemoved = true;
}
