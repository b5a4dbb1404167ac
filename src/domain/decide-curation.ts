import type { Asking, Command } from './command.ts';
import type { Decision } from './decision.ts';
import type { Photo } from './photo.ts';
import { Refusal } from './refusal.ts';
import type { State } from './state.ts';

/** For how long whoever took a photo down may put it back, in seconds; later staff can. */
export const PUT_BACK_SECONDS = 30;

/** Hides a photo everywhere, or shows it again. */
export function hidePhoto(state: State, photoId: string, hidden: boolean): Decision {
  const photo = photoOf(state, photoId);
  const answer = { photoId, hidden };
  if ((photo.hidden ?? false) === hidden) return { answer };
  return { event: { type: 'photo-hidden', data: { photoId, hidden } }, answer };
}

/** Hides a photo because somebody at a screen does not want to be seen. */
export function takePhotoDown(state: State, photoId: string): Decision {
  const photo = photoOf(state, photoId);
  if (photo.hidden) return { answer: { photoId } };
  return { event: { type: 'photo-taken-down', data: { photoId } }, answer: { photoId } };
}

/** Puts back what the gesture `takenDownBy` took down. */
export function putPhotoBack(
  state: State,
  { photoId, takenDownBy }: Extract<Command, { type: 'put-photo-back' }>,
  { at }: Asking,
): Decision {
  const photo = photoOf(state, photoId);
  if (!photo.hidden) return { answer: { photoId } };
  if (photo.takenDown?.gestureId !== takenDownBy) throw new Refusal({ code: 'not-taken-down' });
  const age = Math.abs(Date.parse(at) - Date.parse(photo.takenDown.at)) / 1000;
  if (age > PUT_BACK_SECONDS) throw new Refusal({ code: 'put-back-too-late', seconds: PUT_BACK_SECONDS });
  return { event: { type: 'photo-hidden', data: { photoId, hidden: false } }, answer: { photoId } };
}

/** Lets photos out of the waiting room. */
export function acceptPhotos(state: State, photoIds: string[]): Decision {
  const waiting = [...new Set(photoIds)].filter((photoId) => photoOf(state, photoId).waiting);
  const answer = { accepted: waiting.length };
  if (waiting.length === 0) return { answer };
  return { event: { type: 'photos-accepted', data: { photoIds: waiting } }, answer };
}

/** Sets what staff say of a photo: only what is given; null takes it away. */
export function describePhoto(
  state: State,
  { type: _, ...data }: Extract<Command, { type: 'describe-photo' }>,
): Decision {
  photoOf(state, data.photoId);
  return { event: { type: 'photo-described', data }, answer: { photoId: data.photoId } };
}

/** Notes that the copies of a photo have been made anew, turned that far in all. */
export function turnPhoto(
  state: State,
  { type: _, ...data }: Extract<Command, { type: 'turn-photo' }>,
): Decision {
  const photo = photoOf(state, data.photoId);
  const answer = { photoId: data.photoId, turned: data.turned };
  if ((photo.turned ?? 0) === data.turned) return { answer };
  return { event: { type: 'photo-turned', data }, answer };
}

/** Deletes photos for good; that they were there is kept, so that no import brings them back. */
export function deletePhotos(state: State, photoIds: string[]): Decision {
  const known = [...new Set(photoIds)].filter((photoId) => state.photos.has(photoId));
  const gone = photoIds.find((photoId) => !state.photos.has(photoId) && !state.deletedPhotos.has(photoId));
  if (gone !== undefined) throw new Refusal({ code: 'photo-unknown' });
  const answer = { deleted: known.length };
  if (known.length === 0) return { answer };
  return { event: { type: 'photos-deleted', data: { photoIds: known } }, answer };
}

/** Lets deleted photos come in again with a next import. */
export function readmitPhotos(state: State, photoIds: string[]): Decision {
  const deleted = [...new Set(photoIds)].filter((photoId) => state.deletedPhotos.has(photoId));
  const answer = { readmitted: deleted.length };
  if (deleted.length === 0) return { answer };
  return { event: { type: 'photos-readmitted', data: { photoIds: deleted } }, answer };
}

/** @throws Refusal `photo-unknown`. */
function photoOf(state: State, photoId: string): Photo {
  const photo = state.photos.get(photoId);
  if (!photo) throw new Refusal({ code: 'photo-unknown' });
  return photo;
}
