import { takingPlaceAt, type Activity } from './activity.ts';
import type { ActivityDraft, Asking, Command } from './command.ts';
import { openVisitsAt } from './counts.ts';
import { decideOnPeople, decideOnPerson } from './decide-people.ts';
import type { Decision, Next } from './decision.ts';
import { eventId } from './event.ts';
import { Refusal } from './refusal.ts';
import { roleAllows } from './role.ts';
import { openVisitOf, type State } from './state.ts';
import { UNDO_SECONDS } from './visit.ts';

/**
 * Decides on a command: an event and an answer, or a thrown `Refusal`. Changes nothing. A gesture that is
 * known already gets its first answer again and no event.
 */
export function decide(state: State, gateId: string, command: Command, asking: Asking): Decision {
  const known = state.gestures.get(asking.gesture.id);
  if (known) {
    if (known.fingerprint !== asking.gesture.fingerprint) throw new Refusal({ code: 'gesture-reused' });
    return { answer: known.answer };
  }
  const seq = state.lastSeq + 1;
  const decision = decideNew(state, { seq, id: eventId(gateId, seq) }, command, asking);
  const { event, answer } = decision;
  if (!event) return { answer };
  return { event: { ...event, gesture: { ...asking.gesture, answer } }, answer };
}

function decideNew(state: State, next: Next, command: Command, asking: Asking): Decision {
  switch (command.type) {
    case 'sign-in':
      return signIn(state, next, command, asking);
    case 'undo-sign-in':
      return undoSignIn(state, command.visitId, asking);
    case 'save-activity':
      return saveActivity(state, next, command.activity);
    case 'save-person':
      return decideOnPerson(state, next, command.person);
    case 'import-people':
      return decideOnPeople(state, next, command.people);
    case 'save-slogan':
      return saveSlogan(state, next, command.slogan);
    case 'add-photos':
      return addPhotos(state, next, command);
    case 'hide-photo':
      return hidePhoto(state, command.photoId, command.hidden);
    case 'change-settings': {
      const data = { ...state.settings, ...command.settings };
      return { event: { type: 'settings-changed', data }, answer: data };
    }
    case 'add-sample':
      if ([...state.activities.values()].some((activity) => activity.sample)) {
        throw new Refusal({ code: 'sample-present' });
      }
      return { event: { type: 'sample-added', data: command.sample }, answer: {} };
    case 'remove-sample':
      if (!hasSample(state)) throw new Refusal({ code: 'sample-absent' });
      return { event: { type: 'sample-removed', data: {} }, answer: { visits: sampleVisits(state) } };
  }
}

function signIn(
  state: State,
  next: Next,
  command: Extract<Command, { type: 'sign-in' }>,
  asking: Asking,
): Decision {
  const { activityId, personId } = command;
  const activity = state.activities.get(activityId);
  if (!activity) throw new Refusal({ code: 'activity-unknown' });
  if (!state.people.has(personId)) throw new Refusal({ code: 'person-unknown' });
  const postId = command.postId ?? null;
  if (postId !== null && !activity.posts.some((post) => post.postId === postId)) {
    throw new Refusal({ code: 'post-unknown' });
  }
  const place = takingPlaceAt(activity, asking.at);
  const open = openVisitOf(state, personId, { activityId, ...place });
  if (open) {
    const { visitId, postId, signedInAt } = open;
    throw new Refusal({ code: 'already-signed-in', visitId, postId, signedInAt });
  }
  const full = postId !== null && isFull(state, activity, postId, asking.at);
  return {
    event: {
      type: 'visit-signed-in',
      data: {
        activityId,
        personId,
        postId,
        ...place,
        ...(full && { overLimit: true as const }),
        ...(command.reason !== undefined && { reason: command.reason }),
      },
    },
    answer: { visitId: next.id, seq: next.seq },
  };
}

function isFull(state: State, activity: Activity, postId: string, at: string): boolean {
  const limit = activity.posts.find((post) => post.postId === postId)?.limit;
  if (limit === undefined) return false;
  return openVisitsAt(state, activity, at).filter((visit) => visit.postId === postId).length >= limit;
}

function undoSignIn(state: State, visitId: string, asking: Asking): Decision {
  const visit = state.visits.get(visitId);
  if (!visit) throw new Refusal({ code: 'visit-unknown' });
  if (visit.undoneAt) throw new Refusal({ code: 'visit-undone', undoneAt: visit.undoneAt });
  const age = (Date.parse(asking.at) - Date.parse(visit.signedInAt)) / 1000;
  if (age > UNDO_SECONDS && !roleAllows(asking.role, 'editor')) {
    throw new Refusal({ code: 'undo-too-late', seconds: UNDO_SECONDS });
  }
  return { event: { type: 'visit-undone', data: { visitId } }, answer: { visitId } };
}

function saveActivity(state: State, next: Next, draft: ActivityDraft): Decision {
  const { schedule } = draft;
  if (schedule.kind === 'once' && Date.parse(schedule.startsAt) >= Date.parse(schedule.endsAt)) {
    throw new Refusal({ code: 'times-in-wrong-order' });
  }
  if (draft.activityId !== undefined && !state.activities.has(draft.activityId)) {
    throw new Refusal({ code: 'activity-unknown' });
  }
  const activityId = draft.activityId ?? next.id;
  refuseToDropVisitedPost(state, activityId, draft);
  const posts = draft.posts.map((post, index) => ({
    ...post,
    postId: post.postId ?? `${next.id}-${index + 1}`,
  }));
  const seen = new Set<string>();
  for (const { postId, leaderId } of posts) {
    if (seen.has(postId)) throw new Refusal({ code: 'post-twice', postId });
    seen.add(postId);
    if (leaderId !== undefined && !state.people.has(leaderId)) {
      throw new Refusal({ code: 'leader-unknown', leaderId });
    }
  }
  const activity: Activity = {
    ...draft,
    activityId,
    posts,
    ...(state.activities.get(activityId)?.sample && { sample: true }),
  };
  return {
    event: { type: 'activity-saved', data: { activity } },
    answer: { activityId, posts: posts.map(({ postId }) => postId) },
  };
}

/** A post that people have signed in to stays with its activity: their visits name it. */
function refuseToDropVisitedPost(state: State, activityId: string, { posts }: ActivityDraft): void {
  const kept = new Set(posts.map(({ postId }) => postId));
  const dropped = state.activities.get(activityId)?.posts.filter(({ postId }) => !kept.has(postId)) ?? [];
  if (dropped.length === 0) return;
  const visited = new Set(
    Array.from(state.visitsByActivity.get(activityId) ?? [], (visitId) => state.visits.get(visitId)?.postId),
  );
  const post = dropped.find(({ postId }) => visited.has(postId));
  if (post) throw new Refusal({ code: 'post-has-visits', postId: post.postId, name: post.name });
}

function saveSlogan(
  state: State,
  next: Next,
  draft: Extract<Command, { type: 'save-slogan' }>['slogan'],
): Decision {
  const known = draft.sloganId === undefined ? undefined : state.slogans.get(draft.sloganId);
  if (draft.sloganId !== undefined && !known) throw new Refusal({ code: 'slogan-unknown' });
  const slogan = {
    ...draft,
    sloganId: draft.sloganId ?? next.id,
    ...(known?.sample && { sample: true as const }),
  };
  return { event: { type: 'slogan-saved', data: { slogan } }, answer: { sloganId: slogan.sloganId } };
}

function addPhotos(state: State, next: Next, command: Extract<Command, { type: 'add-photos' }>): Decision {
  const known = [...state.albums.values()].find(
    (album) => album.name === command.albumName && album.sample === command.sample,
  );
  const sample = command.sample && { sample: command.sample };
  const album = known ?? { albumId: next.id, name: command.albumName, ...sample };
  const { albumId } = album;
  const unknown = command.photos.filter((photo) => !state.photos.has(photo.photoId));
  const byId = new Map(unknown.map((photo) => [photo.photoId, { ...photo, albumId, ...sample }]));
  const photos = [...byId.values()];
  const answer = { albumId, added: photos.length };
  if (photos.length === 0) return { answer };
  return { event: { type: 'photos-added', data: { album, photos } }, answer };
}

function hidePhoto(state: State, photoId: string, hidden: boolean): Decision {
  const photo = state.photos.get(photoId);
  if (!photo) throw new Refusal({ code: 'photo-unknown' });
  const answer = { photoId, hidden };
  if ((photo.hidden ?? false) === hidden) return { answer };
  return { event: { type: 'photo-hidden', data: { photoId, hidden } }, answer };
}

/** How many sign-ins go with the sample's activities. */
function sampleVisits(state: State): number {
  const visits = [...state.visits.values()];
  return visits.filter(({ activityId }) => state.activities.get(activityId)?.sample).length;
}

function hasSample(state: State): boolean {
  return [state.activities, state.people, state.slogans, state.photos].some((records) =>
    [...records.values()].some((record) => record.sample),
  );
}
